namespace AutoDiff.Curvature;

/// <summary>Searches from many starts under way.</summary>
internal sealed class FindWork<T>(Objective<T> objective, double[][] starts, FindOptions<T> options)
    where T : ITensorTree<T>
{
    /// <summary>So many starts are searched from at a time, whatever the threads; between, what they found is gathered in their order.</summary>
    private const int AtATime = 64;

    /// <summary>‖Hg‖ ⁄ (‖H‖‖g‖) up to this, where there is no critical point, counts as stationary.</summary>
    private const double Flat = 1e-6;

    private readonly PointGroups<T> _groups = new(objective, options);
    private readonly List<CriticalPoint<T>?> _classified = [];
    private readonly List<FindRun<T>> _failures = [];
    private int _next;
    private int _searched;
    private int _told;
    private long _products;

    public CriticalPoints<T> Run()
    {
        while (_next < starts.Length)
        {
            if (_products >= options.MaxProducts)
                return Result(Outcome.MaxIterations);
            var ends = new SearchEnd?[Math.Min(AtATime, starts.Length - _next)];
            var finished = Search(ends);
            foreach (var end in ends)
            {
                if (_products >= options.MaxProducts)
                    break;
                Gather(_next++, end);
            }
            Classify();
            if (!finished)
                throw new IterationCanceledException<CriticalPoints<T>>(
                    "CriticalPoint.Find",
                    _searched,
                    Result(Outcome.Cancelled),
                    options.Cancellation
                );
        }
        return Result(Outcome.Converged);
    }

    /// <summary>Searches from the next starts; false if it was cancelled, with the ends of those searches that were not finished null.</summary>
    private bool Search(SearchEnd?[] ends)
    {
        // A single search has all threads to itself.
        var threads = starts.Length == 1 ? options.Threads : 1;
        try
        {
            Work.Share(
                ends.Length,
                i =>
                {
                    ends[i] = From(starts[_next + i], threads).Run();
                    options.Progress?.Report(new("critical points", (double)Interlocked.Increment(ref _told) / starts.Length));
                },
                options
            );
            return true;
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private GradientSearch<T> From(double[] start, int threads) =>
        options.Method switch
        {
            FindMethod.NewtonMr => new NewtonMr<T>(objective, options, start),
            FindMethod.GradientNorm => new GradientNormDescent<T>(objective, options, start),
            FindMethod.DampedNewton => new DampedNewton<T>(objective, options, start, threads),
        };

    private void Gather(int start, SearchEnd? end)
    {
        if (end is null)
            return;
        _searched++;
        _products += end.Products;
        if (end.IsCandidate)
            _groups.Add(start, end);
        else
            _failures.Add(Failure(start, end, end.Outcome));
    }

    /// <summary>Classifies the first end of each new group.</summary>
    private void Classify()
    {
        var first = _classified.Count;
        var points = new CriticalPoint<T>?[_groups.All.Count - first];
        var each = options.Curvature with { Threads = points.Length == 1 ? options.Threads : 1, Progress = null, Cancellation = default };
        Work.Share(
            points.Length,
            i =>
            {
                var end = _groups.All[first + i].First.At;
                var hessian = objective.Hessian(end.X);
                if (double.IsFinite(VectorLoops.Norm(hessian.Apply(RoundingError.Probe(end.X.Length, 0)).AsSpan())))
                    points[i] = CriticalPoint.Classify(objective, objective.Unravel(end.X), each);
            },
            new() { Threads = options.Threads }
        );
        _classified.AddRange(points);
    }

    private CriticalPoints<T> Result(Outcome outcome)
    {
        var found = new List<FoundPoint<T>>();
        var failures = new List<FindRun<T>>(_failures);
        var families = new Dictionary<object, int>();
        for (var i = 0; i < _classified.Count; i++)
        {
            var members = _groups.All[i].Members;
            if (_classified[i] is not { IsCritical: true } point)
            {
                failures.AddRange(members.Select(member => Failure(member.Start, member.End, Refusal(_classified[i], member.End))));
                continue;
            }
            var one = new FoundPoint<T>(
                point,
                [.. members.Select(member => member.Start)],
                members.Sum(member => (long)member.End.Products)
            );
            if (options.Family is not { } family || families.TryAdd(family(point), found.Count))
                found.Add(one);
            else
                found[families[family(point)]] = found[families[family(point)]].With(one);
        }
        return new()
        {
            Value = [.. found.OrderBy(one => one.Point.Loss).ThenBy(one => one.Starts[0])],
            Failures = [.. failures.OrderBy(run => run.Start)],
            Outcome = outcome,
            Iterations = _searched,
            Products = (int)Math.Min(_products, int.MaxValue),
            Measure = _searched == 0 ? double.NaN : (double)failures.Count / _searched,
        };
    }

    /// <summary>Why an end is no critical point.</summary>
    private static Outcome Refusal(CriticalPoint<T>? point, SearchEnd end) =>
        point is null ? Outcome.NotFinite
        : end.Flatness <= Flat ? Outcome.FlatGradient
        : end.Outcome == Outcome.SmallStep ? Outcome.SmallStep
        : Outcome.Stagnated;

    private FindRun<T> Failure(int start, SearchEnd end, Outcome outcome) =>
        new()
        {
            Start = start,
            Value = objective.Unravel(end.At.X),
            Outcome = outcome,
            Iterations = end.Iterations,
            Products = end.Products,
            Measure = end.At.Norm,
            Loss = end.At.Value,
            Flatness = end.Flatness,
        };
}
