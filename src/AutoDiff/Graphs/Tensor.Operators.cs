namespace AutoDiff;

public abstract partial record Tensor
{
    /// <summary>x + y, broadcast.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => Ops.Add(left, right);

    /// <summary>x + y with the number x, for languages that convert no operand.</summary>
    public static Tensor operator +(double left, Tensor right) => Ops.Add(left, right);

    /// <summary>x + y with the number y, for languages that convert no operand.</summary>
    public static Tensor operator +(Tensor left, double right) => Ops.Add(left, right);

    /// <summary>x − y, broadcast.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => Ops.Subtract(left, right);

    /// <summary>x − y with the number x, for languages that convert no operand.</summary>
    public static Tensor operator -(double left, Tensor right) => Ops.Subtract(left, right);

    /// <summary>x − y with the number y, for languages that convert no operand.</summary>
    public static Tensor operator -(Tensor left, double right) => Ops.Subtract(left, right);

    /// <summary>x · y elementwise, broadcast.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => Ops.Multiply(left, right);

    /// <summary>x · y elementwise with the number x, for languages that convert no operand.</summary>
    public static Tensor operator *(double left, Tensor right) => Ops.Multiply(left, right);

    /// <summary>x · y elementwise with the number y, for languages that convert no operand.</summary>
    public static Tensor operator *(Tensor left, double right) => Ops.Multiply(left, right);

    /// <summary>x ⁄ y elementwise, broadcast.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => Ops.Divide(left, right);

    /// <summary>x ⁄ y elementwise with the number x, for languages that convert no operand.</summary>
    public static Tensor operator /(double left, Tensor right) => Ops.Divide(left, right);

    /// <summary>x ⁄ y elementwise with the number y, for languages that convert no operand.</summary>
    public static Tensor operator /(Tensor left, double right) => Ops.Divide(left, right);

    /// <summary>−x.</summary>
    public static Tensor operator -(Tensor x) => Ops.Negate(x);

    /// <summary>1 where x &lt; y, else 0, broadcast.</summary>
    public static Tensor operator <(Tensor left, Tensor right) => Ops.Less(left, right);

    /// <summary>1 where x &gt; y, else 0, broadcast.</summary>
    public static Tensor operator >(Tensor left, Tensor right) => Ops.Greater(left, right);

    /// <summary>1 where x ≤ y, else 0, broadcast.</summary>
    public static Tensor operator <=(Tensor left, Tensor right) => Ops.LessOrEqual(left, right);

    /// <summary>1 where x ≥ y, else 0, broadcast.</summary>
    public static Tensor operator >=(Tensor left, Tensor right) => Ops.GreaterOrEqual(left, right);
}
