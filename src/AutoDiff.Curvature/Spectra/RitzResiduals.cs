namespace AutoDiff.Curvature;

/// <summary>Values of Ritz vectors, ascending, their residuals' norms ‖Av − λv‖, and the residuals' parts outside the basis where each vector was multiplied.</summary>
internal sealed record RitzResiduals(double[] Values, double[] Norms, double[][] Rest);
