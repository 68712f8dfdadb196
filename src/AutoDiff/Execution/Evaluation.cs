using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>Computes what depends on constants only, and makes it known: nothing that was asked for is computed twice.</summary>
/// <remarks>
/// Known from then on are the nodes asked for, those that a second run needs for nodes which the first had not, and those that a third needs: whatever is asked
/// for, in whatever order, no node is computed a fourth time. All other values live in the run's workspace only. A rearrangement is never known, its source is instead, and
/// what only renames that: so a later plan reads the same storage in the same order, and no bit depends on what was asked for before.
/// </remarks>
internal static class Evaluation
{
    /// <summary>The tensors' values, all in one run.</summary>
    /// <param name="tensors">What to compute.</param>
    /// <param name="operation">In whose name to refuse.</param>
    /// <exception cref="ArgumentException">A tensor depends on an input.</exception>
    public static Constant[] Evaluate(IReadOnlyList<Tensor> tensors, string operation = "Evaluate")
    {
        var values = new Constant?[tensors.Count];
        var unknown = new List<Tensor>();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = KnownValue(tensors[i]);
            if (values[i] is null)
                unknown.Add(tensors[i]);
        }
        if (unknown.Count == 0)
            return values!;
        var computed = new EvaluationRun(Snapshot.Of([.. unknown]), operation).Compute(unknown);
        for (var (i, next) = (0, 0); i < values.Length; i++)
            values[i] ??= computed[next++];
        return values!;
    }

    /// <summary>Refuses values that are being differentiated: their numbers would cut them out of the derivative.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    public static void RequireClosed(IReadOnlyList<Tensor> tensors, string operation)
    {
        foreach (var node in Walk.Order([.. tensors]))
        {
            Require.That(
                !IsOpen(node),
                $"[{operation}] got values that are being differentiated or traced; computing them here would cut them out of the derivative"
            );
        }
    }

    /// <summary>Whether the nodes, in an order as of <see cref="Walk"/>, depend on no input but those given and on nothing that is being differentiated, so that their values may stand for them.</summary>
    public static bool IsSettled(List<Tensor> order, IReadOnlyList<Tensor>? inputs = null) =>
        IsSettled(CollectionsMarshal.AsSpan(order), inputs);

    /// <inheritdoc cref="IsSettled(List{Tensor}, IReadOnlyList{Tensor}?)"/>
    public static bool IsSettled(ReadOnlySpan<Tensor> order, IReadOnlyList<Tensor>? inputs = null)
    {
        var known = new HashSet<Tensor>(inputs ?? [], ReferenceEqualityComparer.Instance);
        foreach (var node in order)
        {
            if ((node is Input && !known.Contains(node)) || IsOpen(node))
                return false;
        }
        return true;
    }

    /// <summary>The value as far as it takes no computing: of a constant, a known node, and either under other names.</summary>
    private static Constant? KnownValue(Tensor tensor)
    {
        var node = tensor;
        while (node is Apply { Value: null } apply)
        {
            var arguments = apply.Definition(out var op);
            if (!op.Renames)
                return null;
            node = arguments[0];
        }
        return (node is Apply known ? known.Value : node as Constant)?.Under(tensor.Shape);
    }

    private static bool IsOpen(Tensor node) => node is Apply { Op: Op.Barrier(Scope { IsOpen: true }) };
}
