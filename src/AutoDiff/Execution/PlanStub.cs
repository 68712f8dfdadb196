namespace AutoDiff;
#pragma warning disable CA1822
internal sealed class Plan<T> { public long WorkspaceBytes => 0; public void Run(ReadOnlySpan<T[]> i, ReadOnlySpan<T[]> o) { } }
