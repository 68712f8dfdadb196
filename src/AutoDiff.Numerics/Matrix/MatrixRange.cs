namespace AutoDiff.Numerics;

/// <summary>What a product is added to: nothing, or a matrix whose columns lie side by side or are all the same.</summary>
/// <param name="Row">The distance between its rows; 0 where it does not exist.</param>
/// <param name="Column">The distance between its columns: 0 or 1; 0 where it does not exist.</param>
public readonly record struct InitialValue(nint Row, nint Column);

/// <summary>How products that share the right matrix follow each other.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="A">The distance between left matrices.</param>
/// <param name="C">The distance between results.</param>
/// <param name="Initial">The distance between initial values.</param>
public readonly record struct Repetition(int Count, nint A, nint C, nint Initial);

/// <summary>Some rows of a product, pinned in memory.</summary>
internal readonly unsafe struct MatrixRange<T>(int rows, Repetition repetition, T* a, T* b, T* c, T* initial, T* scratch)
    where T : unmanaged
{
    public readonly int Rows = rows;
    public readonly Repetition Repetition = repetition;
    public readonly T* A = a;
    public readonly T* B = b;
    public readonly T* C = c;
    public readonly T* Initial = initial;
    public readonly T* Scratch = scratch;

    /// <summary>The same rows of one of the repeated products, on its own.</summary>
    public MatrixRange<T> At(int i) =>
        new(
            Rows,
            new(1, 0, 0, 0),
            A + (i * Repetition.A),
            B,
            C + (i * Repetition.C),
            Initial == null ? null : Initial + (i * Repetition.Initial),
            Scratch
        );
}
