namespace AutoDiff;

/// <content>Keys and what they draw, word by word.</content>
internal sealed partial class Reference
{
    private static double[] Draw(Op.Draw op, double[] keys)
    {
        var row = Distributions.Of(op.Kind);
        return OfEach(
            op.Name,
            keys,
            op.To.Size,
            (key, _, y) =>
            {
                if (row.OfWord is null)
                    row.InDouble(key, op.First, op.Second, y);
                for (var i = 0; i < y.Length && row.OfWord is { } number; i++)
                    y[i] = number(key.Word((uint)i), op.First, op.Second);
            }
        );
    }

    private static double[] Gamma(double[] keys, double[] concentrations)
    {
        var size = concentrations.Length / Math.Max(1, keys.Length / KeyWords.Count);
        return OfEach(nameof(Op.Gamma), keys, size, (key, i, y) => Gammas.Fill(key, concentrations.AsSpan(i * size, size), y));
    }

    private static double[] SplitKey(int count, double[] keys) =>
        OfEach(
            nameof(Op.SplitKey),
            keys,
            count * KeyWords.Count,
            (key, _, y) =>
            {
                for (var i = 0; i < count; i++)
                    KeyWords.Write(key.Child((uint)i), y.AsSpan(i * KeyWords.Count, KeyWords.Count));
            }
        );

    private static double[] FoldIn(double[] keys, double[] numbers) =>
        OfEach(
            nameof(Op.FoldIn),
            keys,
            KeyWords.Count,
            (key, i, y) =>
                KeyWords.Write(
                    key.FoldIn(KeyWords.Number<double>(numbers.AsSpan(i * KeyWords.OfNumber, KeyWords.OfNumber), nameof(Op.FoldIn))),
                    y.AsSpan()
                )
        );

    private static double[] OfEach(string operation, double[] keys, int size, Action<PhiloxKey, int, double[]> draw)
    {
        var y = new double[keys.Length / KeyWords.Count * size];
        var own = new double[size];
        for (var i = 0; i < keys.Length / KeyWords.Count; i++)
        {
            draw(KeyWords.Key<double>(keys.AsSpan(i * KeyWords.Count, KeyWords.Count), operation), i, own);
            own.CopyTo(y, i * size);
        }
        return y;
    }
}
