namespace AutoDiff.Benchmarks;

/// <summary>One thing that is timed on both sides.</summary>
/// <param name="What">Its name here.</param>
/// <param name="Run">One call of it.</param>
/// <param name="Verify">Checks its result, once; throws a <see cref="WrongResultException"/>.</param>
internal sealed record Row(string What, Action Run, Action Verify)
{
    /// <summary>The peer's name for what it is compared with.</summary>
    public string Peer { get; init; } = What;

    /// <summary>Floating-point operations a call, those of matrix products or of a reduction; 0 where they say nothing.</summary>
    public double Flops { get; init; }

    /// <summary>Bytes a call reads and writes, where they are what bounds it; else 0.</summary>
    public double Bytes { get; init; }

    /// <summary>A compiled call as a row.</summary>
    public static Row Of(string what, Call call, Action verify) => new(what, call.Run, verify) { Flops = call.Flops };
}
