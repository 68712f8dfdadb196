using AutoDiff.Laws;

namespace AutoDiff.Properties;

/// <summary>A random program at a point.</summary>
/// <param name="Program">The function.</param>
/// <param name="Point">Where.</param>
/// <param name="Seed">Decides the directions.</param>
public sealed record GraphCase(GraphProgram Program, Tensor Point, int Seed)
{
    public Trial Trial => new("program", Program.Build, Point, Seed);

    public override string ToString() => $"{Program.Print(Point.Shape)}  at {Point}, directions {Seed}";
}
