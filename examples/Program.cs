using System.Runtime.InteropServices;
using AutoDiff.Examples;

using var cancel = new CancellationTokenSource();

// The first Ctrl-C ends the work in order; a second one ends the process at once.
using var interrupt = PosixSignalRegistration.Create(
    PosixSignal.SIGINT,
    signal =>
    {
        signal.Cancel = !cancel.IsCancellationRequested;
        cancel.Cancel();
    }
);
return await CommandLine.RunAsync(args, Console.Out, Console.Error, cancel.Token).ConfigureAwait(false);
