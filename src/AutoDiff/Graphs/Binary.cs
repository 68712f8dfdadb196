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
}
