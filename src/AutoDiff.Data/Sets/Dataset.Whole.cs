namespace AutoDiff.Data;

/// <content>Functions of all rows, evaluated on some of them at a time, so that all fits.</content>
public sealed partial record Dataset
{
    private const int DefaultSize = 1024;

    /// <summary>The mean over all rows of what a function gives as the mean over some, as a loss or its gradient.</summary>
    /// <param name="mean">Rows → means over them.</param>
    /// <param name="size">How many rows are evaluated at a time, at least 1.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <remarks>
    /// Σ nᵢ·mᵢ ⁄ n over the parts of nᵢ rows in order, the last of which may be smaller; summed in double precision with the rounding errors kept (Neumaier 1974), so that the
    /// same bits come out for any number of threads, and the parts' number adds no error. Nothing can be differentiated through it: let the function give gradients.
    /// </remarks>
    /// <exception cref="ArgumentException">There are no rows, the size is not positive, or the means' shapes change with the rows.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public R Average<R>(Compiled<Dataset, R> mean, int size = DefaultSize, CancellationToken cancellation = default)
        where R : ITensorTree<R>
    {
        Require.NotNull(mean, "Dataset.Average");
        return Averaged(mean.Invoke, size, cancellation);
    }

    /// <summary>The mean over all rows of what a function of parameters gives as the mean over some.</summary>
    /// <param name="mean">(parameters, rows) → means over the rows.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="size">How many rows are evaluated at a time, at least 1.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <remarks>As without parameters; compiled once for all of them.</remarks>
    /// <exception cref="ArgumentException">There are no rows, the size is not positive, or the means' shapes change with the rows.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public R Average<P, R>(Compiled<P, Dataset, R> mean, P parameters, int size = DefaultSize, CancellationToken cancellation = default)
        where P : ITensorTree<P>
        where R : ITensorTree<R>
    {
        Require.NotNull(mean, "Dataset.Average");
        Require.NotNull(parameters, "Dataset.Average");
        return Averaged(rows => mean.Invoke(parameters, rows), size, cancellation);
    }

    /// <summary>The mean over all rows of what a function gives as the mean over some; compiled for this call.</summary>
    /// <param name="mean">Rows → means over them.</param>
    /// <param name="size">How many rows are evaluated at a time, at least 1.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <exception cref="ArgumentException">There are no rows, the size is not positive, or the means' shapes change with the rows.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public R Average<R>(Func<Dataset, R> mean, int size = DefaultSize, CancellationToken cancellation = default)
        where R : ITensorTree<R> => Average(Transforms.Compile(mean), size, cancellation);

    /// <summary>What a function gives for all inputs [rows, …], part after part.</summary>
    /// <param name="function">Inputs [some, …] → outputs [some, …], each of its own input alone.</param>
    /// <param name="size">How many rows are evaluated at a time, at least 1.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <exception cref="ArgumentException">The size is not positive, or the outputs have other rows than the inputs.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Tensor Predict(Compiled<Tensor, Tensor> function, int size = DefaultSize, CancellationToken cancellation = default)
    {
        Require.NotNull(function, "Dataset.Predict");
        return Predicted(function.Invoke, size, cancellation);
    }

    /// <summary>What a function of parameters gives for all inputs [rows, …], part after part.</summary>
    /// <param name="function">(parameters, inputs [some, …]) → outputs [some, …], each of its own input alone.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="size">How many rows are evaluated at a time, at least 1.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <exception cref="ArgumentException">The size is not positive, or the outputs have other rows than the inputs.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Tensor Predict<P>(
        Compiled<P, Tensor, Tensor> function,
        P parameters,
        int size = DefaultSize,
        CancellationToken cancellation = default
    )
        where P : ITensorTree<P>
    {
        Require.NotNull(function, "Dataset.Predict");
        Require.NotNull(parameters, "Dataset.Predict");
        return Predicted(inputs => function.Invoke(parameters, inputs), size, cancellation);
    }

    /// <summary>What a function gives for all inputs [rows, …], part after part; compiled for this call.</summary>
    /// <param name="function">Inputs [some, …] → outputs [some, …], each of its own input alone.</param>
    /// <param name="size">How many rows are evaluated at a time, at least 1.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    /// <exception cref="ArgumentException">The size is not positive, or the outputs have other rows than the inputs.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Tensor Predict(Func<Tensor, Tensor> function, int size = DefaultSize, CancellationToken cancellation = default) =>
        Predict(Transforms.Compile(function), size, cancellation);

    private R Averaged<R>(Func<Dataset, R> mean, int size, CancellationToken cancellation)
        where R : ITensorTree<R>
    {
        Require.Positive("Dataset.Average", "a number of rows at a time of", size);
        Require.That(Count > 0, $"[Dataset.Average] got no rows; expected at least one");
        var all = Transforms.Evaluate(this);
        WeightedSum<R>? sum = null;
        for (var start = 0; start < Count; start += size)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(size, Count - start);
            var part = mean(new(Part(all.Inputs, start, rows), Part(all.Targets, start, rows)));
            sum ??= new(part);
            sum.Add(part, rows);
            if (rows == Count - start)
                break;
        }
        return sum!.Over(Count);
    }

    private Tensor Predicted(Func<Tensor, Tensor> function, int size, CancellationToken cancellation)
    {
        Require.Positive("Dataset.Predict", "a number of rows at a time of", size);
        var inputs = Transforms.Evaluate(Inputs);
        var (parts, start) = (new List<Tensor>(), 0);
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(size, Count - start);
            var part = function(Part(inputs, start, rows));
            Require.That(
                part.Rank > 0 && part.Shape[0] == rows,
                $"[Dataset.Predict] got outputs {part.Shape} of {rows} rows; expected as many rows"
            );
            parts.Add(part);
            start += rows;
        } while (start < Count);
        return parts.Count == 1 ? parts[0] : Transforms.Evaluate(Ops.Concatenate(parts));
    }

    private static Tensor Part(Tensor all, int start, int rows)
    {
        if (rows == all.Shape[0])
            return all;
        var width = all.Shape.Size / all.Shape[0];
        return Tensor.Of(((Constant)all).Values.Slice(start * width, rows * width), Shape.Of([rows, .. all.Shape.AsSpan()[1..]]));
    }
}
