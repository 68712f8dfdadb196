namespace AutoDiff;

/// <content>Checks that know shapes.</content>
internal static partial class Require
{
    /// <summary>The axis of <paramref name="shape"/>, or of it with <paramref name="added"/> more, counted from the front; negative axes count from the end, as in NumPy.</summary>
    public static int Axis(int axis, Shape shape, string operation, int added = 0)
    {
        var rank = shape.Rank + added;
        if (axis < -rank || axis >= rank)
            That(
                false,
                $"[{operation}] axis {axis} is out of range for {shape}; expected {(rank == 0 ? "a tensor that has axes" : $"{-rank} to {rank - 1}")}"
            );
        return axis < 0 ? axis + rank : axis;
    }
}
