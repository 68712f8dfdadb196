namespace AutoDiff.Nets;

/// <summary>A function without parameters as a layer: <c>new Lambda(x => Ops.Square(x))</c>.</summary>
public sealed record Lambda : Layer
{
    /// <summary>The layer of a function.</summary>
    /// <param name="function">From inputs [batch, …] to outputs [batch, …].</param>
    /// <param name="name">What summaries and messages call it.</param>
    /// <exception cref="ArgumentException">An argument is null.</exception>
    public Lambda(Func<Tensor, Tensor> function, string name = nameof(Lambda)) => (Function, Name) = (function, name);

    /// <summary>From inputs [batch, …] to outputs [batch, …].</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    public Func<Tensor, Tensor> Function
    {
        get;
        init => field = Checks.NotNull(value, nameof(Lambda), "the function");
    }

    /// <summary>What summaries and messages call it.</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    public string Name
    {
        get;
        init => field = Checks.NotNull(value, nameof(Lambda), "the name");
    }

    /// <inheritdoc/>
    protected internal override string Title => Name;

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        Checks.Example(x, Name);
        return Checks.NotNull(Function(x), Name, "the function's value");
    }
}
