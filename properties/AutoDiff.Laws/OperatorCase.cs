using AutoDiff.Curvature;

namespace AutoDiff.Laws;

/// <summary>An operator and vectors: what laws of operators are about.</summary>
/// <param name="Name">The operator's name, shown by printed cases.</param>
/// <param name="Operator">A, from ℝⁿ to ℝᵐ.</param>
/// <param name="Seed">Decides the vectors.</param>
/// <param name="Magnitude">The norm of the parts that A is made of, where they may cancel; 0 where they do not.</param>
public sealed record OperatorCase(string Name, LinearOperator Operator, int Seed, double Magnitude = 0)
{
    /// <summary>Some vectors [count, n] of A, standard normal.</summary>
    public double[] Vectors(int index, int count = 1) => Drawn(2 * index, count, Operator.Size);

    /// <summary>Some vectors [count, m] of the transpose.</summary>
    public double[] Images(int index, int count = 1) => Drawn((2 * index) + 1, count, Operator.Rows);

    /// <summary>Name, size and seed.</summary>
    public override string ToString() => $"{Name} [{Operator.Rows},{Operator.Size}], vectors {Seed}";

    private double[] Drawn(int number, int count, int size) => Key.Of((ulong)Seed).FoldIn((ulong)number).Normal([count * size]).ToArray();
}
