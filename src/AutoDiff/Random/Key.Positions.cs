namespace AutoDiff;

/// <content>Whole numbers.</content>
public sealed partial record Key
{
    /// <summary>A whole number, each of 0 … <paramref name="bound"/> − 1 equally likely.</summary>
    /// <exception cref="ArgumentException">The bound is not above 0, or the key is traced: see <see cref="Integers"/>.</exception>
    public int Integer(int bound)
    {
        Require.That(bound > 0, $"[Key.Integer] bound {bound}; expected above 0");
        Span<int> number = stackalloc int[1];
        Draws.Integers(Known(nameof(Integer)), bound, number);
        return number[0];
    }

    /// <summary>Whole numbers, each of 0 … <paramref name="bound"/> − 1 equally likely; the first is that of <see cref="Integer"/>.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="bound">The number that all are below; at most 2²⁴ in a plan of single precision.</param>
    /// <remarks>Unbiased, by Lemire's rejection (1805.10941).</remarks>
    /// <exception cref="ArgumentException">The bound is not above 0.</exception>
    public Tensor Integers(Shape shape, int bound)
    {
        Require.That(bound > 0, $"[Key.Integers] bound {bound}; expected above 0");
        return Draw(nameof(Integers), Distribution.Integers, shape, bound);
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order, each order equally likely.</summary>
    /// <remarks>Fisher and Yates's shuffle, from the front.</remarks>
    /// <exception cref="ArgumentException">The count is negative, or the key is traced.</exception>
    public int[] Permutation(int count)
    {
        Require.That(count >= 0, $"[Key.Permutation] count {count}; expected at least 0");
        var order = Allocation.Of<int>("Key.Permutation", count);
        Draws.Permutation(Known(nameof(Permutation)), count, order);
        return order;
    }

    /// <summary>The slices of x along an axis in random order, each order equally likely; of <c>Tensor.Range(n)</c> the numbers of <see cref="Permutation(int)"/>.</summary>
    /// <param name="x">The tensor; derivatives flow to it.</param>
    /// <param name="axis">The axis; negative axes count from the end. In a plan of single precision it has at most 2²⁴ slices.</param>
    /// <exception cref="ArgumentException">The axis is out of range, or there are several keys: map over them.</exception>
    public Tensor Permutation(Tensor x, int axis = 0)
    {
        Require.NotNull(x, "Key.Permutation");
        axis = Require.Axis(axis, x.Shape, "Key.Permutation");
        return Ops.Gather(x, Order(nameof(Permutation), x.Shape[axis], x.Shape[axis]), axis);
    }

    /// <summary>Random picks from the numbers 0 … <paramref name="count"/> − 1, each equally likely, in random order.</summary>
    /// <param name="count">How many numbers there are to pick from.</param>
    /// <param name="take">How many are picked.</param>
    /// <param name="replace">Whether a number can be picked more than once.</param>
    /// <remarks>Without replacement the picks are the first of <see cref="Permutation(int)"/>.</remarks>
    /// <exception cref="ArgumentException">A number is negative, there are fewer numbers than picks need, or the key is traced.</exception>
    public int[] Choice(int count, int take, bool replace)
    {
        RequirePicks(count, take, replace);
        var picks = Allocation.Of<int>("Key.Choice", take);
        if (replace)
            Draws.Integers(Known(nameof(Choice)), count, picks);
        else
            Draws.Permutation(Known(nameof(Choice)), count, picks);
        return picks;
    }

    /// <summary>Random slices of x along an axis, each equally likely, in random order.</summary>
    /// <param name="x">The tensor; derivatives flow to it.</param>
    /// <param name="take">How many are picked.</param>
    /// <param name="replace">Whether a slice can be picked more than once.</param>
    /// <param name="axis">The axis; negative axes count from the end. In a plan of single precision it has at most 2²⁴ slices.</param>
    /// <exception cref="ArgumentException">The axis is out of range, the number of picks negative, there are fewer slices than picks need, or there are several keys: map over them.</exception>
    public Tensor Choice(Tensor x, int take, bool replace, int axis = 0)
    {
        Require.NotNull(x, "Key.Choice");
        axis = Require.Axis(axis, x.Shape, "Key.Choice");
        var count = x.Shape[axis];
        RequirePicks(count, take, replace);
        Shape.Result("Key.Choice", [.. x.Shape.AsSpan()[..axis], take, .. x.Shape.AsSpan()[(axis + 1)..]], x.Shape);
        var picks = replace && take > 0 ? Draw(nameof(Choice), Distribution.Integers, [take], count) : Order(nameof(Choice), count, take);
        return Ops.Gather(x, picks, axis);
    }

    private static void RequirePicks(int count, int take, bool replace)
    {
        Require.That(count >= 0 && take >= 0, $"[Key.Choice] {take} of {count}; expected both at least 0");
        Require.That(replace || take <= count, $"[Key.Choice] {take} of {count} without replacement; expected no more than there are");
        Require.That(count > 0 || take == 0, $"[Key.Choice] {take} of none; expected something to pick from");
    }

    /// <summary>The first of the numbers 0 … count − 1 in random order.</summary>
    private Tensor Order(string operation, int count, int take)
    {
        Require.That(Required(operation).Rank == 1, $"[Key.{operation}] got keys of shape {Words.Shape}; expected one key: map over them");
        return Draw(operation, Distribution.Permutation, [take], count);
    }
}
