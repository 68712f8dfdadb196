using System.Diagnostics;

namespace AutoDiff;

/// <summary>Where in the user's code a node was built.</summary>
/// <param name="Member">The method that built it.</param>
/// <param name="File">The source file, or null where no debug symbols are at hand.</param>
/// <param name="Line">The line, from 1; 0 where unknown.</param>
public sealed record Origin(string Member, string? File, int Line)
{
    private static readonly string[] Libraries = ["AutoDiff,", "AutoDiff.Numerics,", "AutoDiff.Curvature,", "AutoDiff.Optimization,"];

    /// <summary>The nearest frame of the call stack that is not this library's.</summary>
    /// <remarks>Operators such as + cannot take caller-information arguments, so the stack is read instead; only traces for debugging pay for it.</remarks>
    internal static Origin Capture()
    {
        foreach (var frame in new StackTrace(1, fNeedFileInfo: true).GetFrames())
        {
            var info = DiagnosticMethodInfo.Create(frame);
            if (
                info is not null
                && !Array.Exists(Libraries, library => info.DeclaringAssemblyName.StartsWith(library, StringComparison.Ordinal))
            )
                return new(info.Name, frame.GetFileName(), frame.GetFileLineNumber());
        }
        return new("unknown", null, 0);
    }

    /// <summary>File and line where known, else the method.</summary>
    public override string ToString() => File is null ? Member : $"{File}:{Line} ({Member})";
}
