namespace AutoDiff;

/// <summary>Sequences of elementwise functions of one argument, each of which has the next in its derivative: a new one is a member here and a row of <see cref="Sequences"/>.</summary>
public enum Sequence
{
    /// <summary>ln |Γ(x)|, ∞ at 0, −1, −2 … and ±∞; of order n ≥ 1 its derivative of that order, the polygamma function of order n − 1.</summary>
    LogGamma,

    /// <summary>sin πx ⁄ πx, 1 at 0, 0 at ±∞; of order n its derivative of that order.</summary>
    Sinc,

    /// <summary>e^−|x| I₀(x), the modified Bessel function of the first kind, scaled so that it overflows nowhere; of order n (−1)ⁿ times its derivative of that
    /// order in |x|, the moment 1⁄π ∫₀^π (1 − cos θ)ⁿ e^(−|x|(1 − cos θ)) dθ. Every derivative at 0, where it has a kink, is 0.</summary>
    BesselI0e,
}
