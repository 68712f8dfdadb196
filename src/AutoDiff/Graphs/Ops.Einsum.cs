namespace AutoDiff;

public static partial class Ops
{
    /// <summary>Einstein summation: products of the operands' elements summed over the letters that the result lacks, as in <c>"bij,bjk->bik"</c>.</summary>
    /// <param name="equation">A letter for each axis of each operand, operands parted by commas; after <c>-></c> the result's letters. Without it, the letters that appear once, in alphabetical order. A letter may repeat within an operand (its diagonal).</param>
    /// <param name="operands">The tensors.</param>
    /// <remarks>Contracted pair by pair from the left, each pair as one batched matrix product.</remarks>
    /// <exception cref="ArgumentException">The equation does not fit the operands.</exception>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
    {
        ArgumentNullException.ThrowIfNull(equation);
        var (inputs, output) = ParseEinsum(equation, operands);
        var (current, letters) = (Deduplicated(operands[0], inputs[0], out var first), first);
        for (var i = 1; i < operands.Length; i++)
        {
            var right = Deduplicated(operands[i], inputs[i], out var rightLetters);
            var needed = string.Concat(inputs[(i + 1)..]) + output;
            (current, letters) = Contract(current, letters, right, rightLetters, needed);
        }
        current = SumAway(current, letters, output, out letters);
        return Transpose(current, [.. output.Select(letter => letters.IndexOf(letter, StringComparison.Ordinal))]);
    }

    private static (string[] Inputs, string Output) ParseEinsum(string equation, ReadOnlySpan<Tensor> operands)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var inputs = sides[0].Split(',');
        Require.That(
            sides.Length <= 2 && inputs.Length == operands.Length,
            $"[Einsum] \"{equation}\" names {inputs.Length} operands; got {operands.Length}"
        );
        var lengths = new Dictionary<char, int>();
        for (var i = 0; i < inputs.Length; i++)
        {
            Require.NotNull(operands[i], nameof(Einsum));
            var shape = operands[i].Shape;
            Require.That(
                inputs[i].Length == shape.Rank && inputs[i].All(char.IsAsciiLetter),
                $"[Einsum] \"{equation}\": operand {i + 1} has shape {shape}; expected a letter for each axis, got \"{inputs[i]}\""
            );
            for (var axis = 0; axis < shape.Rank; axis++)
            {
                lengths.TryAdd(inputs[i][axis], shape[axis]);
                var length = lengths[inputs[i][axis]];
                Require.That(
                    length == shape[axis],
                    $"[Einsum] \"{equation}\": letter {inputs[i][axis]} has lengths {length} and {shape[axis]}; expected one length"
                );
            }
        }
        var all = string.Concat(inputs);
        var output =
            sides.Length == 2
                ? sides[1]
                : string.Concat(all.GroupBy(letter => letter).Where(group => group.Count() == 1).Select(group => group.Key).Order());
        Require.That(
            output.Distinct().Count() == output.Length && output.All(lengths.ContainsKey),
            $"[Einsum] \"{equation}\": the result's letters must differ and appear among the operands"
        );
        return (inputs, output);
    }

    /// <summary>An operand with a letter that repeats brought to its diagonal: aa → a.</summary>
    private static Tensor Deduplicated(Tensor x, string letters, out string distinct)
    {
        for (var axis = 0; axis < letters.Length; axis++)
        {
            var again = letters.IndexOf(letters[axis], axis + 1);
            if (again < 0)
                continue;
            var rank = x.Rank;
            x = Diagonal(MoveAxis(MoveAxis(x, again, rank - 1), axis, rank - 2));
            letters = letters.Remove(again, 1).Remove(axis, 1) + letters[axis];
            axis = -1;
        }
        distinct = letters;
        return x;
    }

    private static Tensor SumAway(Tensor x, string letters, string keep, out string kept)
    {
        Ints away = [.. Enumerable.Range(0, letters.Length).Where(axis => !keep.Contains(letters[axis], StringComparison.Ordinal))];
        kept = string.Concat(letters.Where(letter => keep.Contains(letter, StringComparison.Ordinal)));
        return Reduce(Reduction.Sum, x, away);
    }

    private static (Tensor Product, string Letters) Contract(Tensor x, string xs, Tensor y, string ys, string needed)
    {
        x = SumAway(x, xs, ys + needed, out xs);
        y = SumAway(y, ys, xs + needed, out ys);
        var shared = xs.Where(letter => ys.Contains(letter, StringComparison.Ordinal)).ToArray();
        var batch = string.Concat(shared.Where(letter => needed.Contains(letter, StringComparison.Ordinal)));
        var summed = string.Concat(shared.Where(letter => !needed.Contains(letter, StringComparison.Ordinal)));
        var left = string.Concat(xs.Where(letter => !shared.Contains(letter)));
        var right = string.Concat(ys.Where(letter => !shared.Contains(letter)));
        var lengths = xs.Zip(x.Shape)
            .Concat(ys.Zip(y.Shape))
            .DistinctBy(pair => pair.First)
            .ToDictionary(pair => pair.First, pair => pair.Second);
        var product = MatMul(Grouped(x, xs, batch, left, summed), Grouped(y, ys, batch, summed, right));
        return (ReshapeTo(product, Lengths(batch + left + right)), batch + left + right);

        Tensor Grouped(Tensor operand, string letters, string first, string second, string third)
        {
            var ordered = Transpose(
                operand,
                [.. (first + second + third).Select(letter => letters.IndexOf(letter, StringComparison.Ordinal))]
            );
            return ReshapeTo(ordered, [Lengths(first).Size, Lengths(second).Size, Lengths(third).Size]);
        }

        Shape Lengths(string letters) => [.. letters.Select(letter => lengths[letter])];
    }
}
