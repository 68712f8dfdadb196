namespace AutoDiff.Numerics;

/// <summary>
/// A matrix that is a look at other elements, one of a signal's windows say, and lies nowhere itself: element (i, j) is found
/// Rows[i] + Starts[j ⁄ Run] + (j mod Run)·Step behind the first.
/// </summary>
public sealed class FoldedLayout
{
    private readonly int[] _rows;
    private readonly int[] _starts;

    /// <summary>A look by its offsets.</summary>
    /// <param name="rows">Where each row begins.</param>
    /// <param name="starts">Where, in a row, each run of columns begins.</param>
    /// <param name="run">How many columns a run has, above 0.</param>
    /// <param name="step">The distance between a run's neighbours.</param>
    public FoldedLayout(int[] rows, int[] starts, int run, int step) => (_rows, _starts, Run, Step) = (rows, starts, run, step);

    /// <summary>Where each row begins.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Where, in a row, each run of columns begins.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>How many columns a run has.</summary>
    public int Run { get; }

    /// <summary>The distance between a run's neighbours.</summary>
    public int Step { get; }

    /// <summary>The number of columns.</summary>
    public int Columns => _starts.Length * Run;

    /// <summary>The distance between rows where it is the same for all; null where it is not.</summary>
    public int? RowStep
    {
        get
        {
            var step = _rows.Length > 1 ? _rows[1] - _rows[0] : 0;
            for (var i = 0; i < _rows.Length; i++)
            {
                if (_rows[i] != _rows[0] + ((long)i * step))
                    return null;
            }
            return step;
        }
    }
}

/// <summary>A folded matrix pinned in memory.</summary>
internal readonly unsafe struct FoldedPointer<T>(T* at, int* rows, int* starts, int run, int step)
    where T : unmanaged
{
    public readonly T* At = at;
    public readonly int* Rows = rows;
    public readonly int* Starts = starts;
    public readonly int Run = run;
    public readonly int Step = step;

    /// <summary>The elements at a column that lie on in its run, at most <paramref name="most"/> of them, and where in a row the first one lies.</summary>
    public int Segment(int column, int most, out nint offset)
    {
        var (run, at) = Math.DivRem(column, Run);
        offset = Starts[run] + ((nint)at * Step);
        return Math.Min(most, Run - at);
    }
}
