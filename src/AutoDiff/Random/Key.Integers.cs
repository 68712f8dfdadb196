namespace AutoDiff;

public readonly partial record struct Key
{
    /// <summary>A whole number, each of 0 … <paramref name="bound"/> − 1 equally likely.</summary>
    /// <exception cref="ArgumentException">The bound is not above 0.</exception>
    public int Integer(int bound)
    {
        Require.That(bound > 0, $"[Key.Integer] bound {bound}; expected above 0");
        var position = 0u;
        return Below(bound, ref position);
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order, each order equally likely.</summary>
    /// <remarks>Fisher and Yates's shuffle, from the front.</remarks>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public int[] Permutation(int count)
    {
        Require.That(count >= 0, $"[Key.Permutation] count {count}; expected at least 0");
        return Shuffle("Key.Permutation", count, count);
    }

    /// <summary>Random picks from the numbers 0 … <paramref name="count"/> − 1, each equally likely, in random order.</summary>
    /// <param name="count">How many numbers there are to pick from.</param>
    /// <param name="take">How many are picked.</param>
    /// <param name="replace">Whether a number can be picked more than once.</param>
    /// <remarks>Without replacement the picks are the first of <see cref="Permutation"/>.</remarks>
    /// <exception cref="ArgumentException">A number is negative, or there are fewer numbers than picks need.</exception>
    public int[] Choice(int count, int take, bool replace)
    {
        Require.That(count >= 0 && take >= 0, $"[Key.Choice] {take} of {count}; expected both at least 0");
        Require.That(replace || take <= count, $"[Key.Choice] {take} of {count} without replacement; expected no more than there are");
        Require.That(count > 0 || take == 0, $"[Key.Choice] {take} of none; expected something to pick from");
        return replace ? Picks(count, take)
            : take < count / 8 ? SparsePicks(count, take)
            : Shuffle("Key.Choice", count, take)[..take];
    }

    private int[] Picks(int count, int take)
    {
        var position = 0u;
        var picks = Allocation.Of<int>("Key.Choice", take);
        for (var i = 0; i < take; i++)
            picks[i] = Below(count, ref position);
        return picks;
    }

    /// <summary>The first of <see cref="Shuffle"/>, without a place for each number: only those are kept whose number has moved.</summary>
    private int[] SparsePicks(int count, int take)
    {
        var position = 0u;
        var picks = Allocation.Of<int>("Key.Choice", take);
        var moved = new Dictionary<int, int>();
        for (var i = 0; i < take; i++)
        {
            var j = i + Below(count - i, ref position);
            picks[i] = moved.GetValueOrDefault(j, j);
            moved[j] = moved.GetValueOrDefault(i, i);
        }
        return picks;
    }

    /// <summary>0 … count − 1 with its first <paramref name="settled"/> places in random order.</summary>
    private int[] Shuffle(string operation, int count, int settled)
    {
        var position = 0u;
        var order = Allocation.Of<int>(operation, count);
        for (var i = 0; i < count; i++)
            order[i] = i;
        for (var i = 0; i < settled; i++)
        {
            var j = i + Below(count - i, ref position);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    /// <summary>A whole number in 0 … bound − 1 from the words at <paramref name="position"/> on.</summary>
    /// <remarks>
    /// The high word of word · bound, unbiased: the 2⁶⁴ mod bound lowest low words are refused. Lemire (1805.10941), algorithm 5.
    /// </remarks>
    private int Below(int bound, ref uint position)
    {
        var range = (ulong)bound;
        var threshold = unchecked(0 - range) % range; // 2⁶⁴ mod bound
        ulong high;
        ulong low;
        do
        {
            high = Math.BigMul(Word(position++), range, out low);
        } while (low < threshold);
        return (int)high;
    }
}
