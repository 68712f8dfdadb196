using System.Collections.Concurrent;

namespace AutoDiff.Curvature;

/// <summary>Σ w·f(batch) ⁄ Σ w for one or several functions f, summed in pairs by the batches' places; batches of weight 0 do not count, whatever f gives.</summary>
/// <param name="operation">In whose name to refuse.</param>
/// <param name="stage">What progress is told.</param>
/// <param name="batches">The batches.</param>
internal sealed class BatchMean<TPlans>(string operation, string stage, BatchSequence<TPlans> batches)
{
    // So that a thread that ends early finds work.
    private const int PartsPerThread = 2;

    /// <summary>The means, a result for each function, as arrays.</summary>
    /// <param name="functions">How many functions there are.</param>
    /// <param name="make">Room for a function's results.</param>
    /// <param name="open">A batch → what computes a function's results of it.</param>
    /// <param name="options">Threads, which share batches and functions, progress and cancellation.</param>
    /// <param name="from">What fraction of the stage is done before, and what of it this does.</param>
    public double[][][] Of(
        int functions,
        Func<int, double[][]> make,
        Func<Batch<TPlans>, Action<int, double[][]>> open,
        RunOptions options,
        (double Start, double Share)? from = null
    )
    {
        var spare = Array.ConvertAll(new int[functions], _ => new ConcurrentBag<double[][]>());
        var sums = Array.ConvertAll(spare, bag => new PairwiseSum(batches.Count, bag.Add));
        var wanted = PartsPerThread * options.Threads;
        var parts = options.Threads == 1 || batches.Count >= wanted ? 1 : Math.Min(functions, (wanted + batches.Count - 1) / batches.Count);
        var done = 0;
        Work.Share(batches.Count * parts, Run, options);
        return Array.ConvertAll(sums, sum => Total(sum).Mean());

        void Run(int part)
        {
            var batch = batches.Read(part / parts);
            var (first, end) = (Bound(part % parts), Bound((part % parts) + 1));
            var compute = batch.Weight > 0 ? open(batch) : null;
            for (var i = first; i < end; i++)
                sums[i].Add(batch.Index, compute is null ? null : Term(i, batch.Weight, compute));
            var (start, share) = from ?? (0, 1);
            options.Progress?.Report(new(stage, start + (share * Interlocked.Increment(ref done) / (batches.Count * parts))));
        }

        WeightedTerm Term(int function, double weight, Action<int, double[][]> compute)
        {
            var values = spare[function].TryTake(out var free) ? free : make(function);
            compute(function, values);
            foreach (var array in values)
            {
                if (weight != 1)
                    VectorLoops.Scale(weight, array);
            }
            return new(values, weight);
        }

        int Bound(int part) => (int)((long)functions * part / parts);
    }

    private WeightedTerm Total(PairwiseSum sum) =>
        sum.Total ?? throw new ArgumentException($"[{operation}] got batches that all have weight 0; expected a positive sum of weights");
}
