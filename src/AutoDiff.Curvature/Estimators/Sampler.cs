namespace AutoDiff.Curvature;

/// <summary>Draws samples of an operator until their error is small enough or the products are spent, or finds the exact value where that costs no more.</summary>
/// <remarks>Samples are numbered, and a sample depends on its number alone: batches and threads change no bit.</remarks>
internal abstract class Sampler<TResult>(string operation, LinearOperator a, EstimatorOptions options)
{
    /// <summary>Samples before the first look at their error: fewer would often stop by chance.</summary>
    private const int Fewest = 16;

    /// <summary>Elements of a block of vectors, 64 MiB, beyond which there are not more than one at a time.</summary>
    private const int MostElements = 1 << 23;

    private const int MostRows = 64;

    /// <summary>Samples without a budget, where n is not more: beyond n of them the error is below a single eigenvalue's share.</summary>
    private const int MostSamples = 1 << 12;

    private double[] _probes = [];
    private double[] _products = [];
    private bool _isCancelled;

    /// <summary>The operator.</summary>
    protected LinearOperator A => a;

    /// <summary>The number n of elements of a vector.</summary>
    protected int Size => a.Size;

    /// <summary>What the caller wants.</summary>
    protected EstimatorOptions Options => options;

    /// <summary>Threads and cancellation of parts of the work; once it is cancelled, threads alone, for what is still to be said.</summary>
    protected RunOptions Part => _isCancelled ? new() { Threads = options.Threads } : options.Part;

    /// <summary>How many samples were drawn.</summary>
    protected int Samples { get; private set; }

    /// <summary>How many products were computed.</summary>
    protected int Products { get; private set; }

    /// <summary>The most products that a sample needs.</summary>
    protected abstract int Cost { get; }

    /// <summary>The p for which the error is expected to fall as 1/samplesᵖ.</summary>
    protected virtual double Rate => 0.5;

    /// <summary>Whether <see cref="Exact"/> gives the value, by n products.</summary>
    protected virtual bool CanBeExact => true;

    /// <summary>How many samples are drawn at a time, and columns found.</summary>
    protected virtual int Rows => MostAtOnce;

    private int MostAtOnce => Math.Clamp(MostElements / Math.Max(Size, 1), 1, MostRows);

    /// <summary>Does what samples need beforehand, and charges for it.</summary>
    protected virtual void Prepare() { }

    /// <summary>Takes in the samples <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1; gives how many of them are finite before one is not.</summary>
    protected abstract int Draw(int first, int count);

    /// <summary>The standard error, NaN where it is not known, and the magnitude that it is relative to.</summary>
    protected abstract (double Error, double Magnitude) Measure();

    /// <summary>Finds the exact value; whether it is finite.</summary>
    protected abstract bool Exact();

    /// <summary>What was found.</summary>
    protected abstract TResult Result(Outcome outcome, bool isExact);

    /// <summary>Draws.</summary>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds what was found.</exception>
    public TResult Run()
    {
        try
        {
            return Schedule();
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
        {
            _isCancelled = true;
            throw new IterationCanceledException<TResult>(
                operation,
                Samples,
                Result(Outcome.Cancelled, isExact: false),
                options.Cancellation
            );
        }
    }

    /// <summary>The products [count, m] with the rows of x [count, n], until the next are asked for.</summary>
    protected double[] Apply(ReadOnlyMemory<double> x, int count) => Apply(a, x, count);

    /// <summary>The products [count, n] of the transpose with the rows of x [count, m], likewise.</summary>
    protected double[] ApplyTransposed(ReadOnlyMemory<double> x, int count) => Apply(a.Transpose(), x, count);

    /// <summary>Takes in products that were computed elsewhere.</summary>
    protected void Charge(int products) => Products += products;

    /// <summary>The samples' probes [count, n], until the next are asked for.</summary>
    protected double[] Probe(Key key, ProbeDistribution distribution, int first, int count)
    {
        if (_probes.Length != count * Size)
            _probes = new double[count * Size];
        Probes.Write(key, options.Distribution ?? distribution, first, count, Size, _probes, Part);
        return _probes;
    }

    /// <summary>Gives each column Aeᵢ [m] with its number i.</summary>
    protected void Columns(Action<int, ReadOnlyMemory<double>> use)
    {
        var rows = Math.Min(MostAtOnce, Size);
        var units = new double[rows * Size];
        for (var start = 0; start < Size; start += rows)
        {
            var count = Math.Min(rows, Size - start);
            UnitRows.Set(units, 0, Size, start, count);
            var products = Apply(units.AsMemory(0, count * Size), count);
            UnitRows.Set(units, 0, Size, start, count, value: 0);
            for (var i = 0; i < count; i++)
                use(start + i, products.AsMemory(i * a.Rows, a.Rows));
        }
    }

    private double[] Apply(LinearOperator by, ReadOnlyMemory<double> x, int count)
    {
        if (_products.Length != count * by.Rows)
            _products = new double[count * by.Rows];
        by.ApplyBlock(x, _products, count, Part);
        Products += count;
        return _products;
    }

    private TResult Schedule()
    {
        options.Cancellation.ThrowIfCancellationRequested();
        var allowed = options.MaxProducts ?? int.MaxValue;
        if (CanBeExact && Size <= allowed && (!options.HasGoal || Size <= (long)Fewest * Cost))
            return Precisely();
        Prepare();
        var target = options.HasGoal ? Fewest : int.MaxValue;
        var limit = options.MaxProducts is null ? Math.Max(Size, MostSamples) : int.MaxValue;
        while (true)
        {
            var most = (int)Math.Min(target, Samples + ((allowed - Products) / (long)Cost));
            while (Samples < most)
            {
                options.Cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(Rows, most - Samples);
                var finite = Draw(Samples, count);
                Samples += finite;
                if (finite < count)
                    return Result(Outcome.NotFinite, isExact: false);
            }
            var (error, magnitude) = Measure();
            options.Progress?.Report(new(operation, double.NaN, Samples, Measure: error));
            if (!double.IsFinite(magnitude) && Samples > 0)
                return Result(Outcome.NotFinite, isExact: false);
            var goal = options.Goal(magnitude);
            if (options.HasGoal && error <= goal)
                return Result(Outcome.Converged, isExact: false);
            var wanted = goal > 0 && Samples > 0 ? Math.Ceiling(1.1 * Samples * Math.Pow(error / goal, 1 / Rate)) : double.PositiveInfinity;
            if (options.HasGoal && CanBeExact && allowed - Products >= Size && (wanted - Samples) * Cost >= Size)
                return Precisely();
            if (most < target || Samples >= limit)
                return Result(options.HasGoal || double.IsNaN(error) ? Outcome.MaxIterations : Outcome.Converged, isExact: false);
            target = (int)Math.Min(Math.Min(2L * Samples, limit), Math.Max(wanted, Samples + 1.0));
        }
    }

    private TResult Precisely()
    {
        var isFinite = Exact();
        options.Progress?.Report(new(operation, 1, Samples, Measure: 0));
        return isFinite ? Result(Outcome.Converged, isExact: true) : Result(Outcome.NotFinite, isExact: false);
    }
}
