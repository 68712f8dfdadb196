namespace AutoDiff;

/// <summary>How a function is compiled.</summary>
public sealed record CompileOptions
{
    /// <summary>Double precision, one thread, no checks.</summary>
    public static CompileOptions Default { get; } = new();

    /// <summary>The precision of every intermediate value; inputs and results stay <c>double</c>. Double unless set.</summary>
    public Precision Precision { get; init; }

    /// <summary>
    /// For debugging: stop at the first NaN or infinity with a <see cref="NonFiniteException"/> that names the op, its inputs' ranges and the line that built it.
    /// Runs node by node in double precision, slowly. Inputs that no result depends on may hold anything.
    /// </summary>
    public bool CheckFinite { get; init; }

    /// <summary>How many threads may share one call, at least 1, which is the default. The result does not depend on it.</summary>
    /// <remarks>
    /// Only steps large enough to gain are shared, with pool threads that are free in time: a call never waits for one that is busy, so that callers that run in
    /// parallel themselves are not slowed. A check for NaN and infinity runs on one thread.
    /// </remarks>
    public int Threads { get; init; } = 1;

    /// <summary>How many plans are kept, at least 1; 32 unless set. There is one for each structure, settings and shapes of the input that the function meets.</summary>
    /// <remarks>
    /// One more, and the plan used longest ago makes room; met again, its input is traced anew. So memory stays bounded, however many lengths a function is given:
    /// one that meets more of them in turn than it keeps plans traces at every call, and wants a larger number here or inputs padded to fewer lengths.
    /// </remarks>
    public int Plans { get; init; } = 32;

    internal static CompileOptions Checked(CompileOptions? options)
    {
        options ??= Default;
        Require.That(
            Enum.IsDefined(options.Precision),
            $"[Compile] got precision {options.Precision}; expected a member of {nameof(Precision)}"
        );
        Require.That(
            !options.CheckFinite || options.Precision == Precision.Double,
            $"[Compile] got {options.Precision} precision with the check for NaN and infinity; expected double"
        );
        Require.That(options.Threads > 0, $"[Compile] got {options.Threads} threads; expected at least 1");
        Require.That(options.Plans > 0, $"[Compile] got {options.Plans} plans; expected at least 1");
        return options;
    }
}
