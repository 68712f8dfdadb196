namespace AutoDiff.Examples.Experiments;

/// <summary>An experiment cannot run: it needs files, and no folder was named.</summary>
/// <param name="set">The folder within it, <c>mnist</c> or <c>fashion-mnist</c>.</param>
public sealed class NoDataException(string set) : RefusedException($"no data: name the folder that holds {set} with --data FOLDER", null);
