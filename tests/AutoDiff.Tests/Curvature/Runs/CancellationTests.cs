using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Work that is cancelled at any of its reports: what it had reached is handed over, and what it used goes on giving the same bits.</summary>
public class CancellationTests
{
    private static readonly Tensor Start = Tensor.Of([-1.2, 1.0, 0.3]);
    private static readonly Tensor X = Key.Of(5).Normal([30, 3]);

    private static Tensor Loss(Tensor p) =>
        Square(1 - Take(p, 0, 0)) + (100 * Square(Take(p, 0, 1) - Square(Take(p, 0, 0)))) + Mean(Square(Tanh(MatMul(X, p))));

    [Fact]
    public void Newton_gives_its_last_iterate()
    {
        var objective = Objective.Of(Loss, Start);
        var whole = Newton.Minimize(objective, Start);
        for (var at = 0; at < whole.Iterations; at += 3)
        {
            var cancelled = Cancelled<NewtonResult<Tensor>>(
                at,
                run => Newton.Minimize(objective, Start, new() { Progress = run.Progress, Cancellation = run.Cancellation })
            );
            var limited = Newton.Minimize(objective, Start, new() { MaxIterations = at });
            Assert.Equal((Outcome.Cancelled, at), (cancelled.Outcome, cancelled.Iterations));
            Assert.Equal(limited.Point.ToArray(), cancelled.Point.ToArray());
            Assert.Equal(
                (limited.Loss, limited.GradientNorm, limited.Decrement),
                (cancelled.Loss, cancelled.GradientNorm, cancelled.Decrement)
            );
        }
        Assert.Equal(whole.Point.ToArray(), Newton.Minimize(objective, Start).Point.ToArray());
        var before = Assert.Throws<IterationCanceledException<NewtonResult<Tensor>>>(() =>
            Newton.Minimize(objective, Start, new() { Cancellation = new(canceled: true) })
        );
        Assert.Equal(Start.ToArray(), before.Solution.Point.ToArray());
    }

    [Fact]
    public void Escape_gives_the_lowest_point_met()
    {
        Tensor Quartic(Tensor p) => Square(Take(p, 0, 0)) + (Square(Square(Take(p, 0, 1))) / 2) - Square(Take(p, 0, 1));
        var objective = Objective.Of(Quartic, Tensor.Zeros([2]));
        var saddle = CriticalPoint.Classify(objective, Tensor.Zeros([2]));
        var whole = Saddle.Escape(objective, saddle);
        Assert.Equal(Outcome.Converged, whole.Outcome);
        Assert.InRange(whole.Measure, 0, 1e-5);
        var lowest = 0.0;
        for (var at = 0; at < whole.Iterations - 1; at += 7)
        {
            var cancelled = Cancelled<Escape<Tensor>>(at, run => Saddle.Escape(objective, saddle, run));
            Assert.Equal((Outcome.Cancelled, at + 1), (cancelled.Outcome, cancelled.Iterations));
            Assert.Equal(objective.Value(objective.Ravel(cancelled.Point)), cancelled.Loss);
            Assert.True(cancelled.Loss <= lowest && cancelled.Loss >= whole.Loss);
            lowest = cancelled.Loss;
        }
        Assert.Equal(whole.Point.ToArray(), Saddle.Escape(objective, saddle).Point.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_matrix_and_a_classification_leave_the_objective_as_it_was(int threads)
    {
        var x = Key.Of(3).Normal([400, 10]);
        var at = Key.Of(4).Normal([160]);
        var objective = Objective.Of((Tensor w) => Mean(Square(Tanh(MatMul(x, Reshape(w, 10, 16))))), at);
        var hessian = objective.Hessian(at);
        var matrix = hessian.ToMatrix(new() { Threads = threads });
        var point = CriticalPoint.Classify(objective, at, new() { Threads = threads });
        for (var report = 0; report < 3; report++)
        {
            Stopped(report, run => hessian.ToMatrix(run));
            Assert.Equal(matrix, hessian.ToMatrix(new() { Threads = threads }));
            Stopped(
                report,
                run =>
                    CriticalPoint.Classify(
                        objective,
                        at,
                        new()
                        {
                            Threads = run.Threads,
                            Progress = run.Progress,
                            Cancellation = run.Cancellation,
                        }
                    )
            );
            Assert.Equal(point.Eigenvalues, CriticalPoint.Classify(objective, at, new() { Threads = threads }).Eigenvalues);
        }
        void Stopped(int report, Action<RunOptions> work)
        {
            using var source = new CancellationTokenSource();
            var run = new RunOptions
            {
                Threads = threads,
                Progress = new Cancelling(source, report),
                Cancellation = source.Token,
            };
            Assert.ThrowsAny<OperationCanceledException>(() => work(run));
        }
    }

    private static TSolution Cancelled<TSolution>(int at, Action<RunOptions> work)
    {
        using var source = new CancellationTokenSource();
        var run = new RunOptions { Progress = new Cancelling(source, at), Cancellation = source.Token };
        return Assert.Throws<IterationCanceledException<TSolution>>(() => work(run)).Solution;
    }
}
