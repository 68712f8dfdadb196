using System.Text.Json;
using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets;

/// <summary>Losses against PyTorch: value, gradients and Hessian products at every reduction.</summary>
public class KnownLossTests
{
    private delegate Tensor Loss(IReadOnlyDictionary<string, Tensor> x, Func<string, double> option, LossReduction reduction);

    private static readonly Dictionary<string, Loss> Known = new(StringComparer.Ordinal)
    {
        ["cross entropy"] = (x, option, reduction) =>
            Losses.CrossEntropy(
                x["logits"],
                x["targets"],
                reduction,
                option("labelSmoothing"),
                x.GetValueOrDefault("weights"),
                Given(option("ignore")),
                double.IsNaN(option("axis")) ? -1 : (int)option("axis")
            ),
        ["nll"] = (x, option, reduction) =>
            Losses.NegativeLogLikelihood(
                x["logProbabilities"],
                x["targets"],
                reduction,
                x.GetValueOrDefault("weights"),
                Given(option("ignore"))
            ),
        ["mean squared"] = (x, _, reduction) => Losses.MeanSquared(x["predictions"], x["targets"], reduction),
        ["half squared"] = (x, _, reduction) => Losses.HalfSquared(x["predictions"], x["targets"], reduction),
        ["mean absolute"] = (x, _, reduction) => Losses.MeanAbsolute(x["predictions"], x["targets"], reduction),
        ["huber"] = (x, option, reduction) => Losses.Huber(x["predictions"], x["targets"], option("delta"), reduction),
        ["smooth l1"] = (x, option, reduction) => Losses.SmoothL1(x["predictions"], x["targets"], option("beta"), reduction),
        ["hinge"] = (x, _, reduction) => Losses.Hinge(x["scores"], x["targets"], reduction),
        ["squared hinge"] = (x, _, reduction) => Losses.SquaredHinge(x["scores"], x["targets"], reduction),
        ["soft margin"] = (x, _, reduction) => Losses.SoftMargin(x["scores"], x["targets"], reduction),
        ["binary cross entropy"] = (x, _, reduction) =>
            Losses.BinaryCrossEntropy(x["probabilities"], x["targets"], x.GetValueOrDefault("weights"), reduction),
        ["binary cross entropy with logits"] = (x, _, reduction) =>
            Losses.BinaryCrossEntropyWithLogits(
                x["logits"],
                x["targets"],
                x.GetValueOrDefault("weights"),
                x.GetValueOrDefault("positiveWeights"),
                reduction
            ),
        ["multi margin"] = (x, option, reduction) =>
            Losses.MultiMargin(
                x["scores"],
                x["targets"],
                (int)option("power"),
                option("margin"),
                x.GetValueOrDefault("weights"),
                reduction
            ),
        ["cosine embedding"] = (x, option, reduction) =>
            Losses.CosineEmbedding(x["first"], x["second"], x["targets"], option("margin"), reduction),
        ["triplet margin"] = (x, option, reduction) =>
            Losses.TripletMargin(
                x["anchors"],
                x["positives"],
                x["negatives"],
                option("margin"),
                option("order"),
                option("swap") == 1,
                reduction
            ),
        ["kullback leibler"] = (x, option, reduction) =>
            Losses.KullbackLeibler(x["logPredictions"], x["targets"], option("logTargets") == 1, reduction),
        ["poisson"] = (x, option, reduction) =>
            Losses.PoissonNegativeLogLikelihood(
                x["predictions"],
                x["targets"],
                option("isLog") == 1,
                option("full") == 1,
                reduction: reduction
            ),
        ["gaussian"] = (x, option, reduction) =>
            Losses.GaussianNegativeLogLikelihood(x["means"], x["targets"], x["variances"], option("full") == 1, reduction: reduction),
    };

    private static readonly JsonElement[] Rows = [.. ReferenceData.Read("losses.json").EnumerateArray()];

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (var i = 0; i < Rows.Length; i++)
                cases.Add(i, $"{Rows[i].GetProperty("loss")} {Rows[i].GetProperty("options")}");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualsPyTorch(int index, string name)
    {
        var row = Rows[index];
        Assert.StartsWith(row.GetProperty("loss").GetString()!, name, StringComparison.Ordinal);
        var inputs = row.GetProperty("inputs")
            .EnumerateObject()
            .ToDictionary(input => input.Name, input => input.Value.ShapedTensor(), StringComparer.Ordinal);
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            var known = row.GetProperty("reductions").GetProperty(reduction.ToString().ToLowerInvariant());
            ReferenceData.AssertClose(known.GetProperty("value").Numbers(), Of(inputs).ToArray(), 1e-12, $"{reduction}");
            Tensor weights = known.GetProperty("weights").Numbers();
            foreach (var by in known.GetProperty("by").EnumerateObject())
            {
                Tensor Total(Tensor x) => Sum(Reshape(Of(new(inputs, StringComparer.Ordinal) { [by.Name] = x }), -1) * weights);
                var at = inputs[by.Name];
                var direction = ReshapeTo(by.Value.GetProperty("direction").Numbers(), at.Shape);
                var what = $"{reduction} by {by.Name}";
                ReferenceData.AssertClose(
                    by.Value.GetProperty("gradient").Numbers(),
                    Grad(Total, at).ToArray(),
                    1e-11,
                    $"gradient, {what}"
                );
                ReferenceData.AssertClose(
                    by.Value.GetProperty("product").Numbers(),
                    Hvp<Tensor>(Total)(at, direction).ToArray(),
                    1e-10,
                    $"Hessian product, {what}"
                );
            }

            Tensor Of(Dictionary<string, Tensor> x) =>
                Known[row.GetProperty("loss").GetString()!]
                    (x, key => row.GetProperty("options").TryGetProperty(key, out var option) ? option.GetDouble() : double.NaN, reduction);
        }
    }

    [Fact]
    public void EveryLossIsThere() =>
        Assert.Equal(
            Known.Keys.Order(StringComparer.Ordinal),
            Rows.Select(row => row.GetProperty("loss").GetString()!).Distinct().Order(StringComparer.Ordinal)
        );

    private static double? Given(double option) => double.IsNaN(option) ? null : option;
}
