namespace AutoDiff;

public static partial class Ops
{
    /// <summary>Einstein summation: products of the operands' elements summed over the letters that the result lacks, as in <c>"bij,bjk->bik"</c>.</summary>
    /// <param name="equation">A letter for each axis of each operand, operands parted by commas; after <c>-></c> the result's letters. Without it, the letters that appear once, in alphabetical order. A letter may repeat within an operand (its diagonal).</param>
    /// <param name="operands">The tensors.</param>
    /// <remarks>Contracted pair by pair, the pair with the smallest product first, each as one batched matrix product.</remarks>
    /// <exception cref="ArgumentException">The equation does not fit the operands.</exception>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
    {
        Require.NotNull(equation, nameof(Einsum));
        var (inputs, output) = ParseEinsum(equation, operands);
        var factors = new List<(Tensor Value, string Letters)>();
        for (var i = 0; i < operands.Length; i++)
        {
            var value = Deduplicated(operands[i], inputs[i], out var distinct);
            factors.Add((value, distinct));
        }
        Shape[] shapes = [.. operands.ToArray().Select(operand => operand.Shape)];
        while (factors.Count > 1)
            ContractCheapest(factors, output, shapes);
        var sum = SumAway(factors[0].Value, factors[0].Letters, output, out var letters);
        return Transpose(sum, [.. output.Select(letter => letters.IndexOf(letter, StringComparison.Ordinal))]);
    }

    /// <summary>Contracts the pair whose product has the fewest elements, the first of equals.</summary>
    private static void ContractCheapest(List<(Tensor Value, string Letters)> factors, string output, Shape[] shapes)
    {
        var (left, right, least) = (0, 1, double.PositiveInfinity);
        for (var i = 0; i < factors.Count; i++)
        {
            for (var j = i + 1; j < factors.Count; j++)
            {
                var size = ProductSize(factors[i], factors[j], Needed(i, j));
                if (size < least)
                    (left, right, least) = (i, j, size);
            }
        }
        Require.That(
            least <= Array.MaxLength,
            $"[Einsum] got {string.Join(" and ", shapes.AsEnumerable())}, of which the least product has {Allocation.Size<double>(least)}; expected {Allocation.Most}"
        );
        factors[left] = Contract(
            factors[left].Value,
            factors[left].Letters,
            factors[right].Value,
            factors[right].Letters,
            Needed(left, right)
        );
        factors.RemoveAt(right);

        string Needed(int i, int j) => string.Concat(factors.Where((_, k) => k != i && k != j).Select(factor => factor.Letters)) + output;
    }

    private static double ProductSize((Tensor Value, string Letters) x, (Tensor Value, string Letters) y, string needed)
    {
        var size = 1.0;
        foreach (var (letter, length) in x.Letters.Zip(x.Value.Shape).Concat(y.Letters.Zip(y.Value.Shape)).DistinctBy(pair => pair.First))
            size *= needed.Contains(letter, StringComparison.Ordinal) ? length : 1;
        return size;
    }

    private static (string[] Inputs, string Output) ParseEinsum(string equation, ReadOnlySpan<Tensor> operands)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var inputs = sides[0].Split(',');
        Require.That(sides.Length <= 2, $"[Einsum] got \"{equation}\"; expected one arrow at most");
        Require.That(
            inputs.Length == operands.Length,
            $"[Einsum] got {operands.Length} operands for \"{equation}\"; expected {inputs.Length}"
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
            $"[Einsum] got \"{equation}\"; expected the result's letters to differ and to appear among the operands"
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
