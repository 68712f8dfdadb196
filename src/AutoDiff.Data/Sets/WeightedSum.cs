namespace AutoDiff.Data;

/// <summary>A sum of trees with weights, element by element, with what rounding loses (Neumaier 1974).</summary>
internal sealed class WeightedSum<R>
    where R : ITensorTree<R>
{
    private readonly R _like;
    private readonly double[][] _sums;
    private readonly double[][] _lost;

    /// <summary>A sum of nothing yet.</summary>
    /// <param name="like">A tree of the structure and shapes of those that are added.</param>
    public WeightedSum(R like)
    {
        _like = like;
        var leaves = TreeMath.Leaves(like);
        _sums = [.. leaves.Select(leaf => new double[leaf.Shape.Size])];
        _lost = [.. leaves.Select(leaf => new double[leaf.Shape.Size])];
    }

    /// <summary>Adds a tree times a weight.</summary>
    /// <exception cref="ArgumentException">It has other shapes.</exception>
    public void Add(R tree, int weight)
    {
        var (leaves, likes) = (TreeMath.Leaves(tree), TreeMath.Leaves(_like));
        for (var leaf = 0; leaf < _sums.Length; leaf++)
        {
            Require.That(
                leaves.Length == likes.Length && leaves[leaf].Shape.Equals(likes[leaf].Shape),
                $"[Dataset.Average] got \"{TreeMath.Names(_like)[leaf]}\" of shape {leaves[leaf].Shape} of {weight} rows; expected {likes[leaf].Shape}, as of the rows before"
            );
            var values = ((Constant)leaves[leaf]).Values;
            var (sums, lost) = (_sums[leaf], _lost[leaf]);
            for (var i = 0; i < sums.Length; i++)
            {
                var term = weight * values[i];
                var sum = sums[i] + term;
                lost[i] += Math.Abs(sums[i]) >= Math.Abs(term) ? sums[i] - sum + term : term - sum + sums[i];
                sums[i] = sum;
            }
        }
    }

    /// <summary>The sum divided by a number; infinite where it overflows.</summary>
    public R Over(double number)
    {
        var shapes = TreeMath.Leaves(_like);
        return TreeMath.Rebuild(
            _like,
            [
                .. _sums.Select(
                    (sums, leaf) =>
                        Tensor.Of(
                            [.. sums.Zip(_lost[leaf], (sum, lost) => (double.IsFinite(sum) ? sum + lost : sum) / number)],
                            shapes[leaf].Shape
                        )
                ),
            ]
        );
    }
}
