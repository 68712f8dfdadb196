namespace AutoDiff.Curvature;

/// <summary>What one comparison of <see cref="OperatorCheck"/> found.</summary>
/// <param name="Name">What was compared.</param>
/// <param name="Measure">By how much it is off, the worst of all vectors; NaN where something is not finite.</param>
/// <param name="Tolerance">What passes.</param>
/// <param name="ExpectedError">What the comparison itself can be off by; 0 but for differences.</param>
public sealed record OperatorFinding(string Name, double Measure, double Tolerance, double ExpectedError = 0)
{
    /// <summary>Whether the measure is within the tolerance.</summary>
    public bool Holds => Measure <= Tolerance;

    /// <summary>Name, measure, tolerance and whether it passes.</summary>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Name}: {Measure:G3} ({(Holds ? "passes" : "fails")} at {Tolerance:G3}{(ExpectedError > 0 ? $", known to {ExpectedError:G3}" : "")})"
        );
}
