namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>The value of a function that runs on the host, outside any graph: so anything else can be brought in, a simulator or a table.</summary>
    /// <param name="function">From a tree of constants to a tensor of the declared shape. It may be called by several threads, once for each example of a batch, or not at all where nothing needs its value.</param>
    /// <param name="shape">The shape of its result, which is not known before it is called.</param>
    /// <param name="input">What it is called with.</param>
    /// <param name="name">The name shown by printed graphs and errors.</param>
    /// <remarks>
    /// The function must be pure: the same input gives the same result, whenever and however often it is asked. It has no derivative of its own: put
    /// <see cref="CustomJvp{T}"/> or <see cref="CustomVjp{T}"/> round it, or <see cref="Ops.StopGradient"/>. In single precision it is still given doubles.
    /// </remarks>
    /// <exception cref="ArgumentException">When its value is computed: it gave another shape.</exception>
    /// <exception cref="InvalidOperationException">When it is differentiated.</exception>
    public static Tensor PureCallback<T>(Func<T, Tensor> function, Shape shape, T input, string name = "callback")
        where T : ITensorTree<T>
    {
        Require.NotNull(function, nameof(PureCallback));
        Require.NotNull(shape, nameof(PureCallback));
        var leaves = Tree.Leaves(input, nameof(PureCallback));
        var like = Tree.Rebuild(input, Array.ConvertAll(leaves, leaf => (Tensor)Tensor.Zeros(leaf.Shape)));
        var shapes = Array.ConvertAll(leaves, leaf => leaf.Shape);
        var host = new HostFunction(
            name,
            shape,
            x =>
            {
                var result = function(Tree.Rebuild(like, [.. x.Select((values, i) => Constant.Owning(values, shapes[i]))]));
                Require.That(
                    result is not null && result.Shape.Equals(shape),
                    $"[PureCallback] \"{name}\" gave {result?.Shape.ToString() ?? "null"}; expected shape {shape}, as was declared"
                );
                return result!.ToArray();
            }
        );
        return Apply.Of(new Op.Callback(host, []), leaves);
    }
}
