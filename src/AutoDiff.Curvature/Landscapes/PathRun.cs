using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>A path under way, as a string or as an elastic band.</summary>
internal sealed class PathRun<T>
    where T : ITensorTree<T>
{
    private const int MostIterations = 1000;
    private const double ClimbsFrom = 0.1;
    private const double Rounding = 64 * Roundoff.Epsilon;

    private readonly string _operation;
    private readonly Objective<T> _objective;
    private readonly PathOptions _options;
    private readonly bool _band;
    private readonly PathMove<T> _move;
    private PathImages? _images;
    private double _measure = double.NaN;
    private double _highest;
    private int _iterations;
    private int _evaluations;
    private int _products;

    public PathRun(string operation, Objective<T> objective, PathOptions options, bool band)
    {
        Require.NotNull(objective, operation);
        objective.RequireParameters(operation);
        (_operation, _objective, _options, _band) = (operation, objective, options, band);
        _move = new(objective, options.FirstStep);
    }

    public MinimumPath<T> Between(T from, T to, IReadOnlyList<T> via)
    {
        T[] points = [from, .. via, to];
        var vectors = Array.ConvertAll(points, point => _objective.Ravel(_operation, point));
        foreach (var vector in vectors)
            Require.Finite(_operation, "a point of the path", vector);
        Require.That(Polyline.ArcLength(vectors)[^1] > 0, $"[{_operation}] got points that are all the same; expected two that differ");
        try
        {
            return Run(Polyline.Spread(vectors, _options.Images));
        }
        catch (OperationCanceledException) when (_options.Cancellation.IsCancellationRequested && _images is { } last)
        {
            throw new IterationCanceledException<MinimumPath<T>>(
                _operation,
                _iterations,
                Path(last, Outcome.Cancelled, new(Passage.Undecided, null, last.Losses.Max())),
                _options.Cancellation
            );
        }
    }

    private MinimumPath<T> Run(double[][] start)
    {
        var (images, scale) = (Look(start, null), 0.0);
        if (!images.IsFinite)
            return Path(images, Outcome.NotFinite, new(Passage.Undecided, null, double.NaN));
        _images = images;
        scale = images.Gradients.Max(gradient => VectorLoops.Norm(gradient));
        for (var (climbs, climber) = (false, 0); ; _iterations++)
        {
            var tangents = Tangents(_images);
            // Of two passes of one height, now one is the higher, now the other: who climbs goes on while it is a top.
            if (climbs && !_images.IsTop(climber))
                climber = _images.IsTop(_images.Top) ? _images.Top : 0;
            _measure = _images.Measure(tangents, climber);
            _highest = Math.Max(_highest, _images.Losses.Max(Math.Abs));
            _options.Progress?.Report(new(_operation, double.NaN, _iterations, _images.Losses.Max(), _measure));
            _options.Cancellation.ThrowIfCancellationRequested();
            var settled = !_band || climbs;
            if (settled && _measure <= _options.Tolerance * scale)
                return Path(_images, Outcome.Converged, Judge(_images, climber));
            if (_iterations == (_options.MaxIterations ?? MostIterations) || _products >= _options.MaxProducts)
                return Path(_images, Outcome.MaxIterations, Judge(_images, climber));
            if (_iterations == 0)
                _move.Begin(_images, tangents);
            images = Look(Moved(_images, tangents, climber), _images);
            if (!images.IsFinite)
                return Path(_images, Outcome.NotFinite, new(Passage.Undecided, null, _images.Losses.Max()));
            _images = images;
            climbs |= _band && _measure <= Math.Max(ClimbsFrom, _options.Tolerance) * scale;
        }
    }

    /// <summary>Losses and gradients; the ends' are those of before.</summary>
    private PathImages Look(double[][] x, PathImages? before)
    {
        var (losses, gradients) = (new double[x.Length], new double[x.Length][]);
        var ends = before is null ? 0 : 1;
        if (before is not null)
        {
            (losses[0], losses[^1]) = (before.Losses[0], before.Losses[^1]);
            (gradients[0], gradients[^1]) = (before.Gradients[0], before.Gradients[^1]);
        }
        var count = x.Length - (2 * ends);
        Work.Share(
            count,
            part =>
            {
                var i = part + ends;
                gradients[i] = new double[_objective.Size];
                losses[i] = _objective.ValueAndGradient(x[i], gradients[i]);
            },
            _options
        );
        _evaluations += count;
        return new(x, losses, gradients);
    }

    private double[][] Tangents(PathImages images)
    {
        var tangents = new double[images.Count][];
        Work.Share(images.Count - 2, i => tangents[i + 1] = images.Tangent(i + 1), _options);
        return tangents;
    }

    private double[][] Moved(PathImages images, double[][] tangents, int climber)
    {
        var next = (double[][])images.X.Clone();
        Work.Share(
            images.Count - 2,
            part =>
            {
                var i = part + 1;
                var x = _move.Down(images, i, tangents[i]);
                if (_band)
                {
                    var along = i == climber ? _move.Up(images, i, tangents[i]) : PathMove<T>.Along(images, i, _options.Spring);
                    x = (double[])x.Clone();
                    VectorLoops.AddScaled(along, tangents[i], x);
                }
                next[i] = x;
            },
            _options
        );
        _products += climber > 0 ? 1 : 0;
        return _band ? next : Polyline.Spread(next, images.Count);
    }

    /// <summary>What the highest point is.</summary>
    private Pass Judge(PathImages images, int climber)
    {
        var (top, noise) = (images.Top, Rounding * _highest);
        if (!(images.Losses[top] > images.Floor + noise))
            return new(Passage.NoBarrier, null, images.Floor);
        var undecided = new Pass(Passage.Undecided, null, images.Losses[top]);
        if (_products >= _options.MaxProducts)
            return undecided;
        var search = new SaddleSearch<T>(_objective, images.Spacing, images.ArcLength[^1] / 2, _options);
        var found = search.From(climber == top ? images.X[top] : images.Summit(), images.Tangent(top));
        (_products, _evaluations) = (_products + search.Products, _evaluations + search.Evaluations);
        if (found is null)
            return undecided;
        var point = CriticalPoint.Classify(
            _objective,
            _objective.Unravel(found),
            new() { Threads = _options.Threads, Cancellation = _options.Cancellation }
        );
        return !point.IsCritical ? undecided
            : !(point.Loss > images.Floor + noise) ? new(Passage.NoBarrier, null, images.Floor)
            : point is { Kind: CriticalPointKind.Saddle or CriticalPointKind.Maximum, Index: 1 } ? new(Passage.Saddle, point, point.Loss)
            : new(Passage.NotIndexOne, point, point.Loss);
    }

    private MinimumPath<T> Path(PathImages images, Outcome outcome, Pass pass) =>
        new()
        {
            Value = [.. images.X.Select(x => _objective.Unravel(x))],
            Outcome = outcome,
            Iterations = _iterations,
            Products = _products,
            Measure = _measure,
            Losses = [.. images.Losses],
            ArcLength = [.. images.ArcLength],
            Passage = pass.Passage,
            Saddle = pass.Point,
            Peak = pass.Peak,
            Evaluations = _evaluations + _move.Evaluations,
        };

    private sealed record Pass(Passage Passage, CriticalPoint<T>? Point, double Peak);
}
