namespace AutoDiff.Nets;

/// <summary>The examples of about one probability.</summary>
/// <param name="Low">The bin's lower end.</param>
/// <param name="High">The bin's upper end, within it.</param>
/// <param name="Count">How many examples there are, at least 1.</param>
/// <param name="Confidence">Their mean probability.</param>
/// <param name="Accuracy">The share of them that was right.</param>
public sealed record CalibrationBin(double Low, double High, int Count, double Confidence, double Accuracy);
