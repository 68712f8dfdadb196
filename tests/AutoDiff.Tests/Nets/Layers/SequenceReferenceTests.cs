using System.Text.Json;
using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Recurrent layers and attention against PyTorch's: values of layers_sequences.py.</summary>
public sealed class SequenceReferenceTests
{
    private const double Tolerance = 1e-12;

    private static readonly Dictionary<string, JsonElement> _rows = ReferenceData
        .Read("layers_sequences.json")
        .EnumerateArray()
        .ToDictionary(row => row.GetProperty("name").GetString()!);

    public static TheoryData<string> Rows => [.. _rows.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void OutputGradientAndHessianProductArePyTorchs(string name)
    {
        var row = _rows[name];
        var (at, direction, weights) = (Map(row, "at"), Map(row, "direction"), row.GetProperty("weights").ShapedTensor());
        foreach (var context in (Context[])[Context.Inference(), Context.Training(Key.Of(1))])
        {
            var (output, final) = Applied(row, at, context);
            Close(row.GetProperty("output").ShapedTensor(), output, "output");
            Assert.Equal(row.GetProperty("final").GetArrayLength(), final.Length);
            foreach (var (expected, state) in row.GetProperty("final").EnumerateArray().Zip(final))
                Close(expected.ShapedTensor(), state, "last state");
            Compared(Map(row, "gradient"), Compile(Grad<TensorMap>(Loss)).Invoke(at), "gradient");
            Compared(Map(row, "product"), Compile(Hvp<TensorMap>(Loss)).Invoke(at, direction), "Hessian product");

            Tensor Loss(TensorMap parameters)
            {
                var (y, states) = Applied(row, parameters, context);
                return Sum(weights * y)
                    + (0.5 * Sum(Square(y)))
                    + states.Aggregate((Tensor)0, (sum, state) => sum + (0.5 * Sum(Square(state))));
            }
        }
    }

    private static (Tensor Output, Tensor[] Final) Applied(JsonElement row, TensorMap at, Context context)
    {
        var layer = row.GetProperty("layer").GetString();
        if (layer is "dot product")
        {
            var mask = row.GetProperty("mask") is { ValueKind: JsonValueKind.Object } some ? some.ShapedTensor() : null;
            return (Attention.ScaledDotProductAttention(at["x"], at["keys"], at["values"], mask), []);
        }
        if (layer is "attention")
        {
            var attention = new MultiHeadAttention(Number("heads")) { Causal = Is("causal"), Bias = Is("bias") };
            return (attention.Apply(Projections(at), at["x"], context).Output, []);
        }
        RecurrentLayer recurrent = layer switch
        {
            "recurrent" => new Recurrent(Number("units")) { Relu = Is("relu") },
            "lstm" => new Lstm(Number("units")),
            _ => new Gru(Number("units")),
        };
        recurrent = recurrent with { Layers = Number("layers"), Bidirectional = Is("bidirectional"), Bias = Is("bias") };
        var initial = at.TryGet("initial0", out var hidden)
            ? TensorMap.Of([
                ("hidden", hidden),
                .. at.TryGet("initial1", out var cell) ? [("cell", cell)] : Array.Empty<(string, Tensor)>(),
            ])
            : null;
        var (output, final) = recurrent.Run(Cells(at), at["x"], initial, context);
        return (output, [.. final.Tensors]);

        int Number(string setting) => row.GetProperty(setting).GetInt32();
        bool Is(string setting) => row.GetProperty(setting).GetBoolean();
    }

    // PyTorch's names and layout as the layers' own: weights are transposed.
    private static TensorMap Cells(TensorMap at) =>
        TensorMap.Of([
            .. at.Where(leaf => leaf.Key.Contains("_l", StringComparison.Ordinal))
                .Select(leaf =>
                {
                    var parts = leaf.Key.Split('_'); // weight, ih, l0, reverse
                    var path =
                        $"{(parts.Length > 3 ? "backward" : "forward")}.{parts[2][1..]}.{(parts[1] is "ih" ? "input" : "state")}.{parts[0]}";
                    return (path, leaf.Value.Rank == 2 ? Transpose(leaf.Value) : leaf.Value);
                }),
        ]);

    private static TensorMap Projections(TensorMap at) =>
        TensorMap.Of([
            .. at.Where(leaf => leaf.Key is not "x")
                .Select(leaf =>
                {
                    var path =
                        $"{(leaf.Key.StartsWith("in", StringComparison.Ordinal) ? "input" : "output")}.{leaf.Key.Split('_', '.')[^1]}";
                    return (path, leaf.Value.Rank == 2 ? Transpose(leaf.Value) : leaf.Value);
                }),
        ]);

    private static TensorMap Map(JsonElement row, string property) =>
        TensorMap.Of([.. row.GetProperty(property).EnumerateObject().Select(leaf => (leaf.Name, leaf.Value.ShapedTensor()))]);

    // One scale for all leaves: some derivatives are 0, as by the keys' bias.
    private static void Compared(TensorMap expected, TensorMap actual, string what)
    {
        Assert.Equal(expected.Names, actual.Names);
        ReferenceData.AssertClose(TreeMath.Ravel(expected).ToArray(), TreeMath.Ravel(actual).ToArray(), Tolerance, what);
    }

    private static void Close(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        ReferenceData.AssertClose(expected.ToArray(), actual.ToArray(), Tolerance, what);
    }
}
