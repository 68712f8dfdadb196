namespace AutoDiff;

/// <summary>The elementwise functions of two arguments of one shape that are primitives; broadcasting is a node of its own before them.</summary>
public enum Binary
{
    /// <summary>x + y.</summary>
    Add,

    /// <summary>x − y.</summary>
    Subtract,

    /// <summary>x · y.</summary>
    Multiply,

    /// <summary>x ⁄ y.</summary>
    Divide,

    /// <summary>xʸ; NaN for negative x and fractional y, 1 for y = 0.</summary>
    Power,

    /// <summary>The angle of the point (y, x), first argument the ordinate, in [−π, π].</summary>
    Atan2,

    /// <summary>The larger; NaN where either is; a tie gives each argument half the derivative.</summary>
    Maximum,

    /// <summary>The smaller; NaN where either is; a tie gives each argument half the derivative.</summary>
    Minimum,

    /// <summary>1 where x = y, else 0. Derivative 0, as for every comparison.</summary>
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
}
