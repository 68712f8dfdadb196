using System.Collections.Immutable;

namespace AutoDiff.Examples.Experiments;

/// <summary>A question of the sources, and what answers it.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Rows">The rows of the table of expectations that it answers; "ours" where it is the library's own.</param>
/// <param name="Question">The question.</param>
/// <param name="Source">Where it is from, and what that says comes out.</param>
/// <param name="Run">Answers it.</param>
internal sealed record Experiment(
    string Name,
    ImmutableArray<string> Rows,
    string Question,
    string Source,
    Func<ExperimentRun, Answer> Run
);
