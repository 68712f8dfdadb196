using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>A splittable random key: every draw is a pure function of it, so equal keys give equal draws, on every machine. A tree of one leaf.</summary>
/// <remarks>
/// <para>
/// Draw once from a key, then split it for more: two draws from one key share their random bits. The first elements of a longer draw are those
/// of a shorter one. Bits come from Philox 4x32-10 (Salmon et al. 2011) in counter mode. Draws, splits and folds use
/// disjoint counters, so children are independent of each other and of what their parent draws.
/// </para>
/// <para>
/// Its leaf travels through graphs like any other, so a key that is an argument of a compiled or mapped function, or part of its state, draws anew at each call and
/// for each example. A key that the function closes over is a constant, and so is what it draws: the same at each call, and for all examples.
/// No derivative flows to a key. A key with batch axes [batch…, 8], as <see cref="SplitBatch"/> gives, is as many keys: what each draws lies behind these axes.
/// </para>
/// </remarks>
[JsonConverter(typeof(KeyJsonConverter))]
public sealed partial record Key : ITensorTree<Key>
{
    private Key(Tensor words) => Words = words;

    /// <summary>The leaf [batch…, 8]: the bits in words of sixteen, the lowest first, as the whole numbers 0 … 65535, which single precision holds too.</summary>
    public Tensor Words { get; }

    /// <summary>The key's 128 bits, from which <see cref="FromBits"/> makes it again: for saving and resuming.</summary>
    /// <exception cref="ArgumentException">A transform traces the key, so that it has no bits yet, or it has batch axes.</exception>
    public UInt128 Bits => Known(nameof(Bits)).Bits;

    /// <summary>The key of a seed; different seeds give different keys.</summary>
    public static Key Of(ulong seed) => FromBits(seed);

    /// <summary>The key of bits that <see cref="Bits"/> gave.</summary>
    public static Key FromBits(UInt128 bits) => Of(new PhiloxKey(bits));

    /// <summary>The key, or keys, of words that <see cref="Words"/> gave.</summary>
    /// <param name="words">[batch…, 8], whole numbers 0 … 65535; where they are not known yet they are checked when the graph runs.</param>
    /// <exception cref="ArgumentException">The last axis has another length, or a word is out of range.</exception>
    public static Key FromWords(Tensor words)
    {
        Require.NotNull(words, "Key.FromWords");
        var key = new Key(words);
        if (key.Required(nameof(FromWords)) is Constant constant)
            Each(constant, nameof(FromWords), (_, _) => { });
        return key;
    }

    /// <summary>Independent keys; the first ones of a larger count are those of a smaller.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public Key[] Split(int count)
    {
        Require.That(count >= 0, $"[Key.Split] count {count}; expected at least 0");
        Shape.Result("Key.Split", [count, KeyWords.Count]);
        var children = new Key[count];
        if (Words is Constant && Words.Rank == 1)
        {
            var key = Known(nameof(Split));
            for (var i = 0; i < count; i++)
                children[i] = Of(key.Child((uint)i));
            return children;
        }
        var batch = SplitBatch(count).Words;
        for (var i = 0; i < count; i++)
            children[i] = new(Ops.Take(batch, -2, i));
        return children;
    }

    /// <summary>Two independent keys, as <c>Split(2)</c>.</summary>
    public (Key First, Key Second) Split() => Split(2) is [var first, var second] ? (first, second) : default;

    /// <summary>The keys of <see cref="Split(int)"/> as one, with a new last batch axis: to be mapped over.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <exception cref="ArgumentException">The count is negative, or the keys are too many for an array.</exception>
    public Key SplitBatch(int count)
    {
        Require.That(count >= 0, $"[Key.SplitBatch] count {count}; expected at least 0");
        var lengths = Required(nameof(SplitBatch)).Shape;
        var shape = Shape.Result("Key.SplitBatch", [.. lengths.SkipLast(1), count, KeyWords.Count], lengths);
        if (Words is not Constant constant)
            return new(Apply.Of(new Op.SplitKey(count), Words));
        var words = Allocation.Of<double>("Key.SplitBatch", shape.Size);
        Each(
            constant,
            nameof(SplitBatch),
            (key, i) =>
            {
                for (var child = 0; child < count; child++)
                    KeyWords.Write(key.Child((uint)child), words.AsSpan(((i * count) + child) * KeyWords.Count, KeyWords.Count));
            }
        );
        return new(Constant.Owning(words, shape));
    }

    /// <summary>The key's child of a number, such as a step's: independent of those of all other numbers, and of the splits.</summary>
    public Key FoldIn(ulong data)
    {
        var words = new double[KeyWords.OfNumber];
        KeyWords.Write(data, words);
        return FoldedIn(Constant.Owning(words, [words.Length]));
    }

    /// <summary>The key's child of a number that a graph computes: the same as that of the number.</summary>
    /// <param name="data">Whole numbers, at least 0 and, so that they are exact, at most 2⁵³, in a plan of single precision 2²⁴; an axis gives as many keys.</param>
    /// <exception cref="ArgumentException">The axes of key and data do not broadcast, or a number is not whole or out of range, which may show when the graph runs.</exception>
    public Key FoldIn(Tensor data)
    {
        Require.NotNull(data, "Key.FoldIn");
        Shape.Result("Key.FoldIn", [.. data.Shape, KeyWords.Count], data.Shape);
        const double radix = 1 << 16;
        var (words, rest) = (new Tensor[KeyWords.OfNumber], data);
        for (var i = 0; i < words.Length - 1; i++)
        {
            var upper = Ops.Floor(rest / radix);
            (words[i], rest) = (rest - (upper * radix), upper);
        }
        words[^1] = rest;
        var numbers = Ops.Stack(words, -1);
        return FoldedIn(data is Constant ? Evaluation.Evaluate([numbers])[0] : numbers);
    }

    /// <summary>Whether two keys are constants of the same bits, or hold the same node.</summary>
    public bool Equals(Key? other) =>
        other is not null
        && (
            ReferenceEquals(Words, other.Words)
            || (Words is Constant own && other.Words is Constant its && own.Shape.Equals(its.Shape) && own.Values.SequenceEqual(its.Values))
        );

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (Words is not Constant constant)
            return RuntimeHelpers.GetHashCode(Words);
        var hash = new HashCode();
        foreach (var word in constant.Values)
            hash.Add(word);
        return hash.ToHashCode();
    }

    /// <summary>The bits in hexadecimal digits; the words where there are several keys, or a transform traces it.</summary>
    public override string ToString() =>
        Words is Constant { Rank: 1 } ? $"Key {Bits.ToString("x32", CultureInfo.InvariantCulture)}" : $"Key {Words}";

    void ITensorTree<Key>.AddLeaves(ICollection<Tensor> leaves) => leaves.Add(Words);

    void ITensorTree<Key>.AddNames(string path, ICollection<string> names) => names.Add(path);

    bool ITensorTree<Key>.IsLike(Key other) => true;

    // Not checked: what a transform rebuilds, a gradient or a transposed batch, need be no key.
    Key ITensorTree<Key>.Rebuild(LeafReader leaves) => new(leaves.Next());

    private static Key Of(PhiloxKey key)
    {
        var words = new double[KeyWords.Count];
        KeyWords.Write(key, words);
        return new(Constant.Owning(words, [words.Length]));
    }

    private Key FoldedIn(Tensor numbers)
    {
        var words = Required(nameof(FoldIn));
        var (batch, data) = (Shape.Of(words.Shape.AsSpan()[..^1]), Shape.Of(numbers.Shape.AsSpan()[..^1]));
        var both = Shape.Broadcast(batch, data);
        Require.That(both is not null, $"[Key.FoldIn] got numbers {data} for keys of batch axes {batch}; expected shapes that broadcast");
        Shape keys = [.. both, KeyWords.Count];
        var (own, its) = (Ops.BroadcastTo(words, keys), Ops.BroadcastTo(numbers, [.. both, KeyWords.OfNumber]));
        if (words is not Constant || numbers is not Constant)
            return new(Apply.Of(new Op.FoldIn(), own, its));
        var (from, with) = (Evaluation.Evaluate([own])[0], Evaluation.Evaluate([its])[0]);
        var folded = Allocation.Of<double>("Key.FoldIn", keys.Size);
        Each(
            from,
            nameof(FoldIn),
            (key, i) =>
            {
                var number = KeyWords.Number(with.Values.Slice(i * KeyWords.OfNumber, KeyWords.OfNumber), "Key.FoldIn");
                KeyWords.Write(key.FoldIn(number), folded.AsSpan(i * KeyWords.Count, KeyWords.Count));
            }
        );
        return new(Constant.Owning(folded, keys));
    }

    /// <summary>The words, which a draw can be made from.</summary>
    private Tensor Required(string operation)
    {
        var shape = Words.Shape;
        Require.That(
            shape.Rank > 0 && shape[-1] == KeyWords.Count,
            $"[Key.{operation}] got words of shape {shape}; expected [batch…,{KeyWords.Count}]"
        );
        return Words;
    }

    /// <summary>The single key, whose bits are known or can be computed now.</summary>
    private PhiloxKey Known(string operation)
    {
        Require.That(Required(operation).Rank == 1, $"[Key.{operation}] got keys of shape {Words.Shape}; expected one key");
        Require.That(
            Words is Constant || !Walk.Order(Words).Exists(node => node is Input),
            $"[Key.{operation}] got a key that a transform such as Compile or Vmap traces, which has no bits yet; expected a constant key, or a draw that gives a tensor"
        );
        var words = Words as Constant ?? Evaluation.Evaluate([Words])[0];
        return KeyWords.Key(words.Values, $"Key.{operation}");
    }

    /// <summary>Runs an action on each of constant keys, with its number.</summary>
    private static void Each(Constant words, string operation, Action<PhiloxKey, int> action)
    {
        for (var i = 0; i < words.Shape.Size / KeyWords.Count; i++)
            action(KeyWords.Key(words.Values.Slice(i * KeyWords.Count, KeyWords.Count), $"Key.{operation}"), i);
    }
}
