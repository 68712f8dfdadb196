namespace AutoDiff.Properties;

internal sealed partial record Convention
{
    // Where all elements are equal a stable sort leaves them, and the first met is the largest and the smallest so far.
    private static IEnumerable<Convention> Orders() =>
        from at in new[] { 0, Far, -Far }
        from row in new Convention[]
        {
            One("Sort", at, at * at, 2 * at, 2),
            new("Sort: first axis, descending", at, Times(at, Factors), Factors, [0]),
            new("TopK", at, Times(at, Factors[..4]), [.. Factors[..2], 0, 0, .. Factors[2..4], 0, 0], [0]),
            new("TopK: smallest, first axis", at, [at], [1, 1, 0, 0, 0, 0], [0]),
            new("Median", at, [at], [0, 0.5, 0.5, 0], [0]),
            new("Median: axes", at, [at], [0, 0.5, 0, 0.5, 0.5, 0, 0.5, 0], [0]),
            new("Quantile", at, [at], [0.1, 0.9, 0, 0, 0.1, 0.9, 0, 0], [0]),
            new(
                "Quantile: near the upper one, kept",
                at,
                [at * at],
                Times(at, [1, 1, 1, 1, 2.8, 2.8, 3.2, 3.2]),
                [1, 1, 1, 1, 2.8, 2.8, 3.2, 3.2]
            ),
            new("Quantile: of all", at, [at], [0, 0, 0, 0.9, 0.1, 0], [0]),
            new("CumulativeMax", at, [at * at], [6 * at, 0, 0, 6 * at, 0, 0], [6, 0, 0, 6, 0, 0]),
            new("CumulativeMax: from the end, first axis", at, Times(at, Factors), [0, 0, 0, 0, -0.25, 0.25 / 3], [0]),
            new("CumulativeMin", at, [at * at], [6 * at, 0, 0, 6 * at, 0, 0], [6, 0, 0, 6, 0, 0]),
            new("CumulativeMin: from the end, first axis", at, [at], [0, 0, 0, 0, 3, 3], [0]),
            One("StandardDeviation: all axes", at, 0, 0, 0),
            One("StandardDeviation: first axis", at, 0, 0, 0),
            One("StandardDeviation: last axis", at, 0, 0, 0),
            One("StandardDeviation: two axes", at, 0, 0, 0),
        }
        select row;

    private static double[] Factors => [-3.25 / 3, 1.75 / 3, -0.25 / 3, -2.25 / 3, 2.75 / 3, 0.75 / 3];

    private static double[] Times(double at, double[] factors) => Array.ConvertAll(factors, factor => at * factor);
}
