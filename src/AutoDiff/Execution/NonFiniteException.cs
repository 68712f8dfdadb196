namespace AutoDiff;

/// <summary>The first NaN or infinity of a run that was compiled to look for one.</summary>
public sealed class NonFiniteException : ArithmeticException
{
    /// <summary>An exception without details.</summary>
    public NonFiniteException() { }

    /// <summary>An exception that says which op produced what, from which ranges, and where it was built.</summary>
    public NonFiniteException(string message)
        : base(message) { }

    /// <summary>An exception with a cause.</summary>
    public NonFiniteException(string message, Exception innerException)
        : base(message, innerException) { }
}
