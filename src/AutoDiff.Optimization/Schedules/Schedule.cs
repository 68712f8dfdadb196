namespace AutoDiff.Optimization;

/// <summary>A learning rate for each step: a pure function of the number of steps taken before it, 0 at the first.</summary>
/// <param name="At">The rate, a scalar, from the step count, a scalar.</param>
public sealed record Schedule(Func<Tensor, Tensor> At)
{
    /// <summary>The same rate at every step.</summary>
    public static implicit operator Schedule(double rate) => Schedules.Constant(rate);

    /// <summary>The same rate at every step; a tensor, so that one can differentiate with respect to it.</summary>
    public static implicit operator Schedule(Tensor rate) => Schedules.Constant(rate);
}
