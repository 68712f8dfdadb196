using System.Globalization;

namespace AutoDiff.Curvature;

/// <summary>A product with an <see cref="InverseOperator"/> could not be computed to its tolerance.</summary>
#pragma warning disable CA1032, RCS1194 // without a residual there is nothing to report
public sealed class LinearSolveException : ArithmeticException
{
    internal LinearSolveException(Outcome outcome, double residual, double tolerance)
        : base(
            string.Create(
                CultureInfo.InvariantCulture,
                $"[InverseOperator.Apply] ended in {outcome} with a relative residual of {residual:G3}; expected {tolerance:G3}: the operator is singular or too ill-conditioned for it, or more iterations are needed"
            )
        ) => (Outcome, Residual) = (outcome, residual);

    /// <summary>How the solve ended; converged where it has only a least-squares solution.</summary>
    public Outcome Outcome { get; }

    /// <summary>‖b − Ax‖₂ ⁄ ‖b‖₂ at the last iterate.</summary>
    public double Residual { get; }
}
