namespace AutoDiff.Examples;

/// <summary>Waits for work that may block in the operating system, where no token reaches it.</summary>
internal static class Interruptible
{
    /// <summary>The work's result; when cancelled, at once, leaving a background thread behind that keeps no process alive.</summary>
    public static Task<T> Run<T>(Func<T> work, CancellationToken cancellation) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(cancellation);
}
