namespace AutoDiff;

/// <summary>A node y = op(x…) whose cotangent is taken back to its arguments.</summary>
internal sealed class Pulled
{
    private readonly Op _op;
    private readonly Tensor[] _arguments;
    private readonly Numbering _seen;
    private int[]? _starts;
    private Tensor?[]? _byRule;

    /// <summary>A node and its cotangent; <paramref name="seen"/> as in <see cref="Reverse"/>.</summary>
    public Pulled(Apply node, Tensor g, Numbering seen)
    {
        (Node, G, _seen) = (node, g, seen);
        _arguments = node.Definition(out _op);
    }

    /// <summary>The node.</summary>
    public Apply Node { get; }

    /// <summary>Its cotangent.</summary>
    public Tensor G { get; }

    /// <summary>What it computes.</summary>
    public Op Op => _op;

    /// <summary>What from.</summary>
    public ReadOnlySpan<Tensor> Arguments => _arguments;

    /// <summary>The position of the argument whose cotangent is asked for.</summary>
    public int Argument { get; set; }

    /// <summary>That argument.</summary>
    public Tensor X => _arguments[Argument];

    /// <summary>An argument.</summary>
    public Tensor this[int argument] => _arguments[argument];

    /// <summary>How many elements the arguments before this one have along an axis.</summary>
    public int Start(int axis)
    {
        if (_starts is null)
        {
            _starts = new int[_arguments.Length];
            for (var i = 1; i < _starts.Length; i++)
                _starts[i] = _starts[i - 1] + _arguments[i - 1].Shape[axis];
        }
        return _starts[Argument];
    }

    /// <summary>The arguments whose cotangents will be asked for.</summary>
    public bool[] Wanted { get; init; } = [];

    /// <summary>The argument's cotangent where one rule gives those of all arguments.</summary>
    public Tensor? AtOnce(Func<Tensor?[]> rule) => (_byRule ??= rule())[Argument];

    /// <summary>The argument's cotangent by a rule, which gives those of all arguments at once.</summary>
    public Tensor? ByRule(CustomRule rule) => (_byRule ??= CustomRules.Pull(rule, _arguments[1..], Node, G, _seen))[Argument - 1];
}
