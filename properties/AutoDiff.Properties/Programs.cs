using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

/// <summary>Programs of any size n, whose work and memory are proportional to n when done right.</summary>
internal static class Programs
{
    private const int Columns = 3;

    /// <summary>By name: n → (a point, a scalar function of it).</summary>
    public static Dictionary<string, Func<int, (TreeList<Tensor> Point, Func<TreeList<Tensor>, Tensor> Loss)>> All { get; } =
        new(StringComparer.Ordinal)
        {
            ["chain"] = n => On([4], x => Sum(Repeat(n, x, (y, _) => Sin(y)))),
            ["fan"] = n => On([4], x => Sum(Range(n).Select(i => Sin(x * (1.0 + i))).Aggregate(Add))),
            ["fan of sizes"] = n => On([8], x => Range(n).Select(i => Sum(Sin(Slice(x, 0, 0, 1 + (i % 2)) * (1.0 + i)))).Aggregate(Add)),
            ["powers"] = n => On([4], x => Sum(Repeat(n, x, (y, _) => y * x))),
            ["recurrence"] = n =>
                (
                    [Tensor.Zeros([n, Columns]), Tensor.Zeros([Columns, Columns]), Tensor.Zeros([Columns])],
                    tree => Sum(Repeat(n, Tensor.Zeros([1, Columns]), (h, i) => Tanh(MatMul(h, tree[1]) + tree[2] + Take(tree[0], 0, i))))
                ),
            ["rows"] = n => OnRows(n, (x, i) => Take(x, 0, i)),
            ["columns"] = n => On([Columns, n], x => Range(n).Select(i => Sum(Sin(Take(x, 1, i)))).Aggregate(Add)),
            ["split"] = n => On([n, Columns], x => Split(x, Ints.Repeat(1, n)).Select(row => Sum(Sin(row))).Aggregate(Add)),
            ["windows"] = n => OnRows(n - 2, (x, i) => Slice(x, 0, i, i + 3), 2),
            ["the same row"] = n => OnRows(n, (x, _) => Take(x, 0, 1)),
            ["strided rows"] = n => OnRows(n, (x, i) => Slice(x, 0, i, Math.Min(n, i + 4), 2)),
            ["patches"] = n => OnRows(n - 2, (x, i) => Slice(Slice(x, 0, i, i + 3), 1, i % 2, (i % 2) + 2), 2),
            ["rows of the transpose"] = n => On([Columns, n], x => Range(n).Select(i => Sum(Sin(Take(Transpose(x), 0, i)))).Aggregate(Add)),
            ["rows of the reshaped"] = n =>
                On([n * Columns], x => Range(n).Select(i => Sum(Sin(Take(Reshape(x, n, Columns), 0, i)))).Aggregate(Add)),
            ["gathered rows"] = n => OnRows(n, (x, i) => Gather(x, new double[] { i, (7 * i) % n })),
            ["gathered columns"] = n =>
                On([Columns, n], x => Range(n).Select(i => Sum(Sin(Gather(x, new double[] { i, (7 * i) % n }, axis: 1)))).Aggregate(Add)),
            ["rows set"] = n =>
                On([n, Columns], x => Sum(Sin(Repeat(n, Tensor.Zeros(n, Columns), (y, i) => y.At(i).Set(Square(Take(x, 0, i))))))),
            ["rows added to"] = n => On([n, Columns], x => Sum(Sin(Repeat(n, Sin(x), (y, i) => y.At(i).Add(Square(Take(x, 0, i))))))),
            ["stacked"] = n => On([4], x => Sum(Sin(Stack([.. Range(n).Select(i => x * (1.0 + i))])))),
            ["leaves"] = n => OnLeaves(n, tree => tree.Select(leaf => Sum(Sin(leaf))).Aggregate(Add)),
            ["leaves as vectors"] = n =>
                OnLeaves(n, tree => TreeMath.Dot(TreeMath.Axpy(2, tree, TreeMath.Map(tree, Sin)), tree) + Square(TreeMath.Norm(tree))),
            ["leaves ravelled"] = n => OnLeaves(n, tree => Sum(TreeMath.Unravel(tree, Sin(TreeMath.Ravel(tree)))[n / 2])),
            ["checkpoints"] = n => On([4], x => Sum(Repeat(n, x, (y, _) => Checkpoint<Tensor, Tensor>(z => Sin(z * z))(y)))),
            ["checkpoints over rows"] = n =>
                On(
                    [n, Columns],
                    x => Sum(Repeat(n, Tensor.Zeros([Columns]), (h, i) => Checkpoint<Tensor, Tensor>(z => Tanh(z + Take(x, 0, i)))(h)))
                ),
            ["a checkpoint of many results"] = n =>
                On([4], x => Checkpoint<Tensor, TreeList<Tensor>>(y => States(n, y))(x).Select(state => Sum(state)).Aggregate(Add)),
            ["a checkpoint of leaves"] = n =>
                OnLeaves(n, tree => TreeMath.Dot(Checkpoint<TreeList<Tensor>, TreeList<Tensor>>(t => TreeMath.Map(t, Sin))(tree), tree)),
            ["custom pullbacks"] = n => On([4], x => Sum(Repeat(n, x, (y, _) => ByPullback(y)))),
            ["custom pushforwards"] = n => On([4], x => Sum(Repeat(n, x, (y, _) => ByPushforward(y)))),
            ["custom rules that share a graph"] = n => On([4], x => Sum(Shared(n, x))),
            ["pullbacks that share a graph"] = n => On([4], x => Sum(SharedByPullbacks(n, x))),
            ["pushforwards that share a graph"] = n => On([4], x => Sum(SharedByPushforwards(n, x))),
            ["mapped rules that share a graph"] = n => On([2, 4], x => Sum(Vmap((Tensor row) => SharedByPullbacks(n, row))(x))),
            ["nested gradients"] = n =>
                On([4], x => Range(n).Select(i => Sum(Grad((Tensor y) => Sum(Sin(y) * (1.0 + i)), x))).Aggregate(Add)),
            ["mapped rows"] = n => On([8 * n, Columns], x => Sum(Vmap((Tensor row) => Sum(Sin(row)) * row)(x))),
        };

    private static Tensor ByPullback(Tensor x) => CustomVjp<Tensor>(Sin, (x, _, g) => g * Cos(x))(x);

    private static Tensor ByPushforward(Tensor x) => CustomJvp<Tensor>(Tanh, (_, y, t) => t * (1 - (y * y)))(x);

    // What the function and its rule close over is n nodes long, and is used n times.
    private static Tensor Shared(int n, Tensor x)
    {
        var scale = Repeat(n, 1.0, (y, _) => Sin(y));
        var scaled = CustomVjp((Tensor y) => Sin(y * scale), (y, _, g) => g * Cos(y * scale) * scale);
        return Repeat(n, x, (y, _) => scaled(y));
    }

    // Of n nodes that the rules alone read.
    private static Tensor SharedByPullbacks(int n, Tensor x)
    {
        var scale = Repeat(n, 1.0, (y, _) => Sin(y));
        var scaled = CustomVjp<Tensor>(Sin, (y, _, g) => g * Cos(y) * scale);
        return Repeat(n, x, (y, _) => scaled(y));
    }

    private static Tensor SharedByPushforwards(int n, Tensor x)
    {
        var scale = Repeat(n, 1.0, (y, _) => Sin(y));
        var scaled = CustomJvp<Tensor>(Sin, (y, _, t) => t * Cos(y) * scale);
        return Repeat(n, x, (y, _) => scaled(y));
    }

    private static TreeList<Tensor> States(int n, Tensor x)
    {
        var states = new Tensor[n];
        for (var i = 0; i < n; i++)
            states[i] = x = Sin(x * x);
        return new([.. states]);
    }

    private static Tensor Repeat(int count, Tensor x, Func<Tensor, int, Tensor> step)
    {
        for (var i = 0; i < count; i++)
            x = step(x, i);
        return x;
    }

    private static (TreeList<Tensor>, Func<TreeList<Tensor>, Tensor>) On(Shape shape, Func<Tensor, Tensor> loss) =>
        ([Tensor.Zeros(shape)], tree => loss(tree[0]));

    private static (TreeList<Tensor>, Func<TreeList<Tensor>, Tensor>) OnRows(int count, Func<Tensor, int, Tensor> part, int more = 0) =>
        On([count + more, Columns], x => Range(count).Select(i => Sum(Sin(part(x, i)))).Aggregate(Add));

    private static (TreeList<Tensor>, Func<TreeList<Tensor>, Tensor>) OnLeaves(int count, Func<TreeList<Tensor>, Tensor> loss) =>
        (new([.. Range(count).Select(_ => Tensor.Zeros([2]))]), loss);

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}
