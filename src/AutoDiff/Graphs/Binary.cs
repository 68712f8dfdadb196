namespace AutoDiff;

/// <summary>The elementwise functions of two arguments of one shape that are primitives; broadcasting is a node of its own before them.</summary>
public enum Binary
{
    /// <summary>x + y.</summary>
    Add,

    /// <summary>x − y.</summary>
    Subtract,

    /// <summary>x · y, element by element.</summary>
    Multiply,

    /// <summary>x ⁄ y, element by element.</summary>
    Divide,

    /// <summary>xʸ; 1 for y = 0, NaN for x &lt; 0 and fractional y. At x = 0 every derivative in y is 0, for x &lt; 0 it is NaN.</summary>
    Power,

    /// <summary>The angle of the point with ordinate y and abscissa x, in [−π, π]; the ordinate is the first argument.</summary>
    Atan2,

    /// <summary>The larger, NaN where either is; in a tie each argument has half the derivative.</summary>
    Maximum,

    /// <summary>The smaller, NaN where either is; in a tie each argument has half the derivative.</summary>
    Minimum,

    /// <summary>1 where x = y, else 0; derivative 0, as for every comparison.</summary>
    Equal,

    /// <summary>1 where x ≠ y, else 0.</summary>
    NotEqual,

    /// <summary>1 where x &lt; y, else 0.</summary>
    Less,

    /// <summary>1 where x ≤ y, else 0.</summary>
    LessOrEqual,

    /// <summary>1 where x &gt; y, else 0.</summary>
    Greater,

    /// <summary>1 where x ≥ y, else 0.</summary>
    GreaterOrEqual,

    /// <summary>√(x² + y²), without overflow; ∞ where either is infinite. Every derivative at (0, 0) is 0.</summary>
    Hypot,

    /// <summary>x − y·⌊x ⁄ y⌋, exact but for one rounding where the signs differ: NumPy's and Python's remainder. 0 and the result have the sign of y.
    /// NaN for y = 0 and for infinite x; y where y is infinite and of the other sign. Derivatives 1 and −⌊x ⁄ y⌋, at jumps too.</summary>
    Modulo,

    /// <summary>x − y·trunc(x ⁄ y), exact, with the sign of x: the remainder of C's fmod and of C#'s %. NaN for y = 0 and for infinite x.
    /// Derivatives 1 and −trunc(x ⁄ y), at jumps too.</summary>
    Remainder,
}
