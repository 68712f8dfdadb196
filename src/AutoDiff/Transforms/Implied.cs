using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>A function F(x, p) of a vector x whose root, as a function of p, has the derivative x′ = −(∂F/∂x)⁻¹ ∂F/∂p · p′.</summary>
/// <remarks>The rule evaluates F at its own result, so that a derivative of it moves the root once more: any order follows.</remarks>
internal sealed class Implied
{
    private readonly string _operation;
    private readonly Shape[] _shapes;
    private readonly Input _x;
    private readonly Tensor _value;
    private readonly bool _fixedPoint;
    private readonly Input[] _inputs;
    private readonly Tensor[] _reads;
    private readonly Tensor _closed;

    private Implied(string operation, Shape[] shapes, Input x, Tensor value, bool fixedPoint)
    {
        (_operation, _shapes, _x, _value, _fixedPoint) = (operation, shapes, x, value, fixedPoint);
        (_inputs, _reads, var closed) = Closing.Closed([value], [x], [], []);
        _closed = closed[0];
    }

    /// <summary>Traces a function of trees.</summary>
    /// <param name="operation">In whose name.</param>
    /// <param name="function">The function.</param>
    /// <param name="like">An x.</param>
    /// <param name="fixedPoint">Whether F is x less the function, not the function itself.</param>
    public static Implied Of<S>(string operation, Func<S, S> function, S like, bool fixedPoint)
        where S : ITensorTree<S>
    {
        var leaves = Tree.Leaves(like, operation);
        Require.That(leaves.Length > 0, $"[{operation}] got an initial value without leaves; expected at least one");
        var shapes = Array.ConvertAll(leaves, leaf => leaf.Shape);
        var x = new Input([shapes.Sum(shape => shape.Size)], "x", Array.Exists(leaves, leaf => leaf.NotesOrigin));
        var results = Tree.Leaves(function(Tree.Rebuild(like, Packed.Unpack(shapes, x))), operation);
        Tree.RequireSameShapes(like, leaves, results, operation);
        return new(operation, shapes, x, Packed.Pack(results), fixedPoint);
    }

    /// <summary>The leaves that a vector is made of.</summary>
    public Tensor[] Unpack(Tensor x) => Packed.Unpack(_shapes, x);

    /// <summary>The function's value, with what it uses besides.</summary>
    public Tensor Value(Tensor x) => Rewriting.Substitute([_value], [_x], [x])[0];

    /// <summary>A vector that is the root, with the root's derivatives.</summary>
    public Tensor At(Tensor root)
    {
        var solved = StopGradient(root);
        if (_reads.Length == 0 || _x.Shape.Size == 0)
            return solved;
        var rule = CustomRule.FromPushforward(_operation, _reads, Tangent);
        return Apply.Of(new Op.Custom(rule), [solved, .. _reads]);
    }

    private Tensor Tangent(Tensor[] parameters, Tensor x, Tensor[] tangents)
    {
        var slope = Jacobian((Tensor at) => Residual(at, parameters), x);
        var along = Jvp((TreeList<Tensor> p) => Residual(x, [.. p]), TreeList.Of(parameters), TreeList.Of(tangents)).Tangent;
        return -Squeeze(Solve(slope, ExpandDims(along, 1)), 1);
    }

    private Tensor Residual(Tensor x, Tensor[] parameters)
    {
        var value = Rewriting.Substitute([_closed], [_x, .. _inputs], [x, .. parameters])[0];
        return _fixedPoint ? x - value : value;
    }

    private static Tensor Jacobian(Func<Tensor, Tensor> function, Tensor at) => Transforms.Jacobian(function, at);

    private static (Tensor Value, Tensor Tangent) Jvp(
        Func<TreeList<Tensor>, Tensor> function,
        TreeList<Tensor> at,
        TreeList<Tensor> along
    ) => Transforms.Jvp(function, at, along);
}
