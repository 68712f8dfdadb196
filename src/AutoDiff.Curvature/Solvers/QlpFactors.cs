namespace AutoDiff.Curvature;

/// <summary>The tridiagonal matrix of a Lanczos iteration as QLP, and what of the solution and of the residual follows from it, column by column.</summary>
/// <remarks>
/// Choi, Paige, Saunders 2011, section 3: reflections from the left make the matrix upper triangular and its right-hand side (τ₁, …, τₖ, φₖ), reflections from the
/// right make it lower triangular, with rows (ηₖ, ϑₖ, γₖ), which are solved for μ. A row changes until two more columns have come.
/// </remarks>
internal sealed class QlpFactors(double start)
{
    private double _below; // the new column's element below the diagonal
    private double _gamma; // its diagonal element before a reflection of its own
    private double _delta; // the one above that
    private double _epsilon; // and the one above that
    private double _deltaNext; // of the next column
    private double _epsilonNext;
    private Row _row; // k
    private Row _before; // k − 1
    private Row _settled; // k − 2
    private double _muOld; // of row k − 3
    private double _muOldest; // of row k − 4
    private double _leastSettled = double.PositiveInfinity;
    private int _columns;

    /// <summary>φ: the residual's norm.</summary>
    public double Phi { get; private set; } = start;

    /// <summary>The last reflection from the left.</summary>
    public Reflection Left { get; private set; } = Reflection.None;

    /// <summary>The reflection from the right of columns k − 2 and k.</summary>
    public Reflection Far { get; private set; } = Reflection.None;

    /// <summary>The reflection from the right of columns k − 1 and k.</summary>
    public Reflection Near { get; private set; } = Reflection.None;

    /// <summary>μ of the rows k − 2, which is settled, k − 1 and k.</summary>
    public (double Settled, double Before, double Last) Mu { get; private set; }

    /// <summary>The least magnitude on L's diagonal so far; ∞ before the first column.</summary>
    public double LeastDiagonal
    {
        get
        {
            var least = _columns > 0 ? Math.Min(_leastSettled, Math.Abs(_row.Gamma)) : _leastSettled;
            return _columns > 1 ? Math.Min(least, _before.Gamma) : least;
        }
    }

    /// <summary>Looks at a column, its element on the diagonal and the one below: gives rᵀAr ⁄ ‖r‖² and ‖Ar‖ ⁄ ‖r‖ of the residual before it.</summary>
    public (double Curvature, double Normal) Look(double diagonal, double below)
    {
        (_delta, _gamma) = (Left.First(_deltaNext, diagonal), Left.Second(_deltaNext, diagonal));
        (_epsilon, _epsilonNext, _deltaNext, _below) = (_epsilonNext, Left.Sine * below, -Left.Cosine * below, below);
        return (-Left.Cosine * _gamma, double.Hypot(_gamma, _deltaNext));
    }

    /// <summary>Takes in the column that was looked at.</summary>
    public void Take()
    {
        _columns++;
        (_settled, _before) = (_before, _row);
        if (_columns > 2)
        {
            (Far, var length) = Reflection.Of(_settled.Gamma, _epsilon);
            _settled = _settled with { Gamma = length };
            _leastSettled = Math.Min(_leastSettled, length);
        }
        (Left, var gamma) = Reflection.Of(_gamma, _below);
        var tau = Left.Cosine * Phi;
        Phi *= Left.Sine;
        // Row k − 1 is (ϑ, γ, δ) in columns k − 2, k − 1, k, and row k is (0, 0, γ).
        var delta = Far.Second(_before.Theta, _delta);
        _before = _before with { Theta = Far.First(_before.Theta, _delta) };
        var eta = Far.First(0, gamma);
        gamma = Far.Second(0, gamma);
        if (_columns > 1)
        {
            (Near, var length) = Reflection.Of(_before.Gamma, delta);
            _before = _before with { Gamma = length };
        }
        _row = new(eta, Near.First(0, gamma), Near.Second(0, gamma), tau);
        Solve();
    }

    private void Solve()
    {
        (_muOldest, _muOld) = (_muOld, Mu.Settled);
        var settled = _settled.Solve(_muOldest, _muOld);
        var before = _before.Solve(_muOld, settled);
        Mu = (settled, before, _row.Solve(settled, before));
    }

    /// <summary>A row of L with its right-hand side.</summary>
    private readonly record struct Row(double Eta, double Theta, double Gamma, double Tau)
    {
        /// <summary>μ of the row from those two rows and one row before; 0 where the row says nothing of it.</summary>
        public double Solve(double muFar, double muNear) => Gamma == 0 ? 0 : (Tau - (Eta * muFar) - (Theta * muNear)) / Gamma;
    }
}
