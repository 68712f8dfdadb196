namespace AutoDiff.Data;

/// <content>Parts of a set: drawn at random, each row in one of them, where it keeps its place among the part's rows.</content>
public sealed partial record Dataset
{
    // Fractions that are decimals add up to one to within their rounding.
    private const double FractionError = 1e-9;

    /// <summary>Two parts: a fraction of the rows, and the rest.</summary>
    /// <param name="fraction">The part of the rows that the first has, in (0, 1); rounded to whole rows.</param>
    /// <param name="key">What the rows are drawn by.</param>
    /// <param name="stratified">Whether each class is split so for itself, as by its own number of rows: see <see cref="Labels"/>.</param>
    /// <exception cref="ArgumentException">The fraction is out of range, the key traced or several, or the targets are no classes and <paramref name="stratified"/> is set.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, Key key, bool stratified = false) =>
        Split([fraction, 1 - fraction], key, stratified) is [var first, var rest] ? (first, rest) : default;

    /// <summary>Parts by fractions.</summary>
    /// <param name="fractions">The part of the rows that each has, above 0 and together 1; rounded to whole rows.</param>
    /// <param name="key">What the rows are drawn by.</param>
    /// <param name="stratified">Whether each class is split so for itself.</param>
    /// <exception cref="ArgumentException">The fractions are out of range, the key traced or several, or the targets are no classes and <paramref name="stratified"/> is set.</exception>
    public Dataset[] Split(double[] fractions, Key key, bool stratified = false)
    {
        Require.NotNull(fractions, "Dataset.Split");
        Require.NotNull(key, "Dataset.Split");
        Require.That(
            fractions.Length > 0 && Array.TrueForAll(fractions, fraction => fraction > 0) && Math.Abs(fractions.Sum() - 1) <= FractionError,
            $"[Dataset.Split] got the fractions {string.Join(", ", fractions)}; expected numbers above 0 whose sum is 1"
        );
        var parts = new List<int>[fractions.Length];
        for (var part = 0; part < parts.Length; part++)
            parts[part] = [];
        foreach (var group in Groups(key, stratified))
        {
            var (start, sum) = (0, 0.0);
            for (var part = 0; part < parts.Length; part++)
            {
                sum += fractions[part];
                var end =
                    part == parts.Length - 1 ? group.Count : (int)Math.Round(Math.Min(1, sum) * group.Count, MidpointRounding.AwayFromZero);
                parts[part].AddRange(group[start..end]);
                start = end;
            }
        }
        return Array.ConvertAll(parts, rows => Picked([.. rows.Order()]));
    }

    /// <summary>The pairs of cross-validation: each row is in the test set of exactly one, and in the training sets of the others.</summary>
    /// <param name="folds">How many, at least 2 and at most <see cref="Count"/>. Test sets differ by at most one row.</param>
    /// <param name="key">What the rows are drawn by.</param>
    /// <param name="stratified">Whether test sets differ by at most one row of each class, too.</param>
    /// <returns>The pairs, each made when it is asked for, as it holds all rows.</returns>
    /// <exception cref="ArgumentException">The number is out of range, the key traced or several, or the targets are no classes and <paramref name="stratified"/> is set.</exception>
    public IEnumerable<(Dataset Train, Dataset Test)> KFold(int folds, Key key, bool stratified = false)
    {
        Require.NotNull(key, "Dataset.KFold");
        Require.That(folds >= 2 && folds <= Count, $"[Dataset.KFold] got {folds} folds of {Count} rows; expected 2 to {Count}");
        int[] order = [.. Groups(key, stratified).SelectMany(group => group)];
        return Enumerable
            .Range(0, folds)
            .Select(fold =>
                (
                    Picked([.. order.Where((_, i) => i % folds != fold).Order()]),
                    Picked([.. order.Where((_, i) => i % folds == fold).Order()])
                )
            );
    }

    /// <summary>The rows' numbers in random order: all together, or class by class.</summary>
    private List<List<int>> Groups(Key key, bool stratified)
    {
        var order = key.Permutation(Count);
        if (!stratified)
            return
            [
                [.. order],
            ];
        var labels = Labels();
        return [.. order.GroupBy(row => labels[row]).OrderBy(group => group.Key).Select(group => group.ToList())];
    }
}
