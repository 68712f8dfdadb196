namespace AutoDiff.Tests.Execution;

public class StridedTests
{
    [Fact]
    public void Reads_any_stretch_of_runs_of_any_length()
    {
        Reads<double>(i => i);
        Reads<float>(i => i);
    }

    private static void Reads<T>(Func<int, T> value)
        where T : unmanaged
    {
        var source = new T[4000];
        for (var i = 0; i < source.Length; i++)
            source[i] = value(i);
        foreach (var inner in new[] { 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 128, 129 })
        {
            foreach (var (slow, middle, step) in new[] { (200, 1, 0), (0, 3, 1), (500, 0, 1), (7, 130, 2), (900, 260, -1) })
            {
                var (shape, strides) = (new[] { 2, 3, inner }, new[] { slow, middle, step });
                var (walk, expected) = (Strided.Of(shape, strides), new List<T>());
                for (var i = 0; i < 2; i++)
                for (var j = 0; j < 3; j++)
                for (var k = 0; k < inner; k++)
                    expected.Add(source[200 + (i * slow) + (j * middle) + (k * step)]);
                foreach (var start in new[] { 0, 1, inner, (2 * inner) - 1, 3 * inner })
                {
                    foreach (var count in new[] { 1, inner - 1, inner, (3 * inner) + 1, (6 * inner) - start })
                    {
                        if (count < 0 || start + count > expected.Count)
                            continue;
                        var target = new T[count + 2];
                        target[0] = target[^1] = value(-1);
                        walk.Read(source, 200, start, ref target[1], count);
                        Assert.Equal([value(-1), .. expected.Skip(start).Take(count), value(-1)], target);
                    }
                }
            }
        }
    }
}
