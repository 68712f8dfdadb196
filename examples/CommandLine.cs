using System.CommandLine;
using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>Runs a command and turns every way it may end into an exit code.</summary>
public static class CommandLine
{
    public const int Done = 0;

    /// <summary>An experiment ran, and something came out that was not expected and has no known reason.</summary>
    public const int Unexpected = 1;

    public const int Refused = 2;
    public const int Cancelled = 130; // 128 + SIGINT, as shells report it

    public static Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellation = default
    ) => RunAsync(MainCommand.Create(), arguments, output, error, cancellation);

    internal static async Task<int> RunAsync(
        Command command,
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        // Figures, and messages with figures, read alike everywhere; the caller's culture stays as it is.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var parse = command.Parse(arguments);
        if (parse.Errors.Count > 0)
        {
            foreach (var problem in parse.Errors)
                error.WriteLine(problem.Message);
            error.WriteLine("--help lists the options");
            return Refused;
        }
        parse.CommandResult.Command.Hidden = false; // a hidden one has no help
        try
        {
            // Neither the default exception handler, which prints a stack trace, nor the default signal handler: the token is the caller's.
            var plain = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parse.InvokeAsync(plain, cancellation).ConfigureAwait(false);
        }
        catch (RefusedException problem)
        {
            error.WriteLine(problem.Message);
            return Refused;
        }
        catch (OutOfMemoryException)
        {
            error.WriteLine("out of memory; narrow --hidden, or give fewer rows");
            return Refused;
        }
        catch (IOException problem)
        {
            error.WriteLine($"the report cannot be written: {problem.Message}");
            return Refused;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("cancelled");
            return Cancelled;
        }
    }
}
