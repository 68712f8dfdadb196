namespace AutoDiff.Curvature;

/// <summary>Values of Ritz vectors, their residuals' norms ‖Av − λv‖, and the residuals' parts outside the basis.</summary>
internal sealed record RitzResiduals(double[] Values, double[] Norms, double[][] Rest);
