namespace AutoDiff;

public static partial class Ops
{
    private const string Ellipsis = "...";
    private const char FirstUnnamed = '\u0100';

    /// <summary>Einstein summation: products of the operands' elements summed over the letters that the result lacks, as in <c>"bij,bjk->bik"</c>.</summary>
    /// <param name="equation">A letter for each axis of each operand, operands parted by commas; after <c>-></c> the result's letters. Without it, the letters that appear once, in alphabetical order. A letter may repeat within an operand (its diagonal). <c>...</c> stands for the axes that no letter names: those of all operands broadcast, aligned at their last; a result without it sums over them, an implied one has them first.</param>
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
            var value = Deduplicated(operands[i], inputs[i].Letters, out var distinct);
            value = Unrepeated(value, distinct, inputs[i].Repeated, out distinct);
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

    /// <summary>For each operand its letters, and those along which it is repeated; the result's letters.</summary>
    private static ((string Letters, string Repeated)[] Inputs, string Output) ParseEinsum(string equation, ReadOnlySpan<Tensor> operands)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var inputs = sides[0].Split(',');
        Require.That(sides.Length <= 2, $"[Einsum] got \"{equation}\"; expected one arrow at most");
        Require.That(
            inputs.Length == operands.Length,
            $"[Einsum] got {operands.Length} operands for \"{equation}\"; expected {inputs.Length}"
        );
        var lengths = new Dictionary<char, (int Length, int Operand)>();
        for (var i = 0; i < inputs.Length; i++)
        {
            Require.NotNull(operands[i], nameof(Einsum));
            var shape = operands[i].Shape;
            var named = inputs[i].Replace(Ellipsis, "", StringComparison.Ordinal);
            var hasEllipsis = named.Length == inputs[i].Length - Ellipsis.Length;
            Require.That(
                named.All(char.IsAsciiLetter)
                    && (hasEllipsis ? named.Length <= shape.Rank : named.Length == shape.Rank && named.Length == inputs[i].Length),
                $"[Einsum] \"{equation}\": operand {i + 1} has shape {shape}; expected a letter for each axis, or ... once for some of them, got \"{inputs[i]}\""
            );
            inputs[i] = inputs[i].Replace(Ellipsis, Unnamed(shape.Rank - named.Length), StringComparison.Ordinal);
            for (var axis = 0; axis < shape.Rank; axis++)
                Unify(lengths, inputs[i][axis], shape[axis], i + 1, equation);
        }
        var unnamed = Unnamed(lengths.Keys.Count(letter => !char.IsAsciiLetter(letter)));
        var all = string.Concat(inputs);
        var output =
            sides.Length == 2
                ? sides[1].Replace(Ellipsis, unnamed, StringComparison.Ordinal)
                : unnamed
                    + string.Concat(
                        all.Where(char.IsAsciiLetter)
                            .GroupBy(letter => letter)
                            .Where(group => group.Count() == 1)
                            .Select(group => group.Key)
                            .Order()
                    );
        Require.That(
            output.Distinct().Count() == output.Length && output.All(lengths.ContainsKey),
            $"[Einsum] got \"{equation}\"; expected the result's letters to differ and to appear among the operands"
        );
        var repeated = new string[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var shape = operands[i].Shape;
            repeated[i] = string.Concat(inputs[i].Where((letter, axis) => shape[axis] != lengths[letter].Length));
        }
        return ([.. inputs.Zip(repeated)], output);
    }

    /// <summary>The letters of so many unnamed axes, no letters of an alphabet: counted from the last, as they are aligned.</summary>
    private static string Unnamed(int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)(FirstUnnamed + count - 1 - i)));

    /// <summary>A letter's length, which all operands share; along an unnamed axis a length of 1 is repeated.</summary>
    private static void Unify(Dictionary<char, (int Length, int Operand)> lengths, char letter, int length, int operand, string equation)
    {
        if (!lengths.TryGetValue(letter, out var known) || (letter >= FirstUnnamed && known.Length == 1))
            lengths[letter] = (length, operand);
        else
            Require.That(
                known.Length == length || (letter >= FirstUnnamed && length == 1),
                $"[Einsum] \"{equation}\": {(letter >= FirstUnnamed ? $"the unnamed axis {letter - FirstUnnamed + 1} from the last" : $"letter {letter}")} has length {known.Length} in operand {known.Operand} and {length} in operand {operand}; expected one length"
            );
    }

    /// <summary>An operand without the axes of length 1 along which it would be repeated.</summary>
    private static Tensor Unrepeated(Tensor x, string letters, string repeated, out string kept)
    {
        kept = string.Concat(letters.Where(letter => !repeated.Contains(letter, StringComparison.Ordinal)));
        return ReshapeTo(x, [.. x.Shape.Where((_, axis) => !repeated.Contains(letters[axis], StringComparison.Ordinal))]);
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
