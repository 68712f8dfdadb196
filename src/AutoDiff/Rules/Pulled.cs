namespace AutoDiff;

/// <summary>A node y = op(x…) whose cotangent is taken back to its arguments.</summary>
/// <param name="node">The node.</param>
/// <param name="g">Its cotangent.</param>
/// <param name="seen">As in <see cref="Reverse.Pull"/>.</param>
internal sealed class Pulled(Apply node, Tensor g, HashSet<Tensor> seen)
{
    private int[]? _starts;
    private Tensor?[]? _byRule;

    /// <summary>The node.</summary>
    public Apply Node => node;

    /// <summary>Its cotangent.</summary>
    public Tensor G => g;

    /// <summary>The argument whose cotangent is asked for.</summary>
    public int Argument { get; set; }

    /// <summary>That argument.</summary>
    public Tensor X => node.Arguments[Argument];

    /// <summary>An argument.</summary>
    public Tensor this[int argument] => node.Arguments[argument];

    /// <summary>How many elements the arguments before this one have along an axis.</summary>
    public int Start(int axis)
    {
        if (_starts is null)
        {
            _starts = new int[node.Arguments.Length];
            for (var i = 1; i < _starts.Length; i++)
                _starts[i] = _starts[i - 1] + this[i - 1].Shape[axis];
        }
        return _starts[Argument];
    }

    /// <summary>The argument's cotangent by a rule, which gives those of all arguments at once.</summary>
    public Tensor? ByRule(CustomRule rule) =>
        (_byRule ??= CustomRules.Pull(rule, node.Arguments[1..].ToArray(), node, g, seen))[Argument - 1];
}
