namespace AutoDiff.Nets;

/// <summary>A number that is measured beside the loss.</summary>
/// <param name="Name">Its name, a column of the history.</param>
/// <param name="Of">(outputs [batch, …], targets [batch, …]) → the mean over the batch, a scalar.</param>
public sealed record Metric(string Name, Func<Tensor, Tensor, Tensor> Of);
