using System.Numerics;

namespace AutoDiff;

/// <summary>The threads that share one running call: the caller's own, and pool threads that lend a hand where they are idle.</summary>
/// <remarks>
/// A step's parts are fixed by its shape, so the result does not depend on who computes which. The caller takes parts like the rest and never waits for a
/// helper that has not begun: where all threads are busy with other callers, it does the whole step itself.
/// </remarks>
internal sealed class Team<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int NoneLeft = int.MaxValue;

    private readonly Helper[] _helpers;
    private Step<T>? _step;
    private int _parts;
    private int _done;

    // The number of the step in the upper half, the next part in the lower: a part is taken by one compare and exchange, which fails where the step is another.
    private long _state = NoneLeft;

    /// <summary>A team of <paramref name="helpers"/> threads besides the caller's, each with scratch space of its own.</summary>
    public Team(T[][] callerMemory, int helpers)
    {
        _helpers = new Helper[helpers];
        for (var i = 0; i < helpers; i++)
        {
            var memory = (T[][])callerMemory.Clone();
            memory[Frame<T>.Scratch] = Allocation.Of<T>("Plan", callerMemory[Frame<T>.Scratch].Length);
            _helpers[i] = new(this, new(memory));
        }
    }

    /// <summary>What the helpers write to.</summary>
    public IEnumerable<Frame<T>> Frames => _helpers.Select(helper => helper.Frame);

    /// <summary>Lets the helpers see the arrays of this call, or forget them.</summary>
    public void Share(ReadOnlySpan<T[]> arrays)
    {
        foreach (var helper in _helpers)
            arrays.CopyTo(helper.Frame.Memory.AsSpan(Frame<T>.External));
    }

    /// <summary>Runs the parts of a step; returns when all are done.</summary>
    public void Run(Step<T> step, Frame<T> frame)
    {
        // Closed before the step changes, so that a helper that still looks at the last one takes nothing of this one by mistake.
        var number = (Volatile.Read(ref _state) >> 32) + 1;
        Interlocked.Exchange(ref _state, (number << 32) | NoneLeft);
        (_step, _parts) = (step, step.Parts);
        Volatile.Write(ref _done, 0);
        Interlocked.Exchange(ref _state, (number + 1) << 32);
        for (var i = 0; i < Math.Min(_helpers.Length, step.Parts - 1); i++)
            _helpers[i].Call();
        TakeParts(frame);
        var wait = default(SpinWait);
        while (Volatile.Read(ref _done) < step.Parts)
            wait.SpinOnce(sleep1Threshold: -1);
    }

    private void TakeParts(Frame<T> frame)
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            var (step, part) = (Volatile.Read(ref _step), (int)(state & NoneLeft));
            if (part >= Volatile.Read(ref _parts))
                return;
            if (Interlocked.CompareExchange(ref _state, state + 1, state) != state)
                continue;
            step!.RunPart(frame, part);
            Interlocked.Increment(ref _done);
        }
    }

    /// <summary>A pool thread's place in the team, in the queue once at most.</summary>
    private sealed class Helper(Team<T> team, Frame<T> frame) : IThreadPoolWorkItem
    {
        private int _called;

        public Frame<T> Frame { get; } = frame;

        public void Call()
        {
            if (Interlocked.Exchange(ref _called, 1) == 0)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Execute()
        {
            team.TakeParts(Frame);
            Volatile.Write(ref _called, 0);
        }
    }
}
