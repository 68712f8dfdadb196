namespace AutoDiff.Curvature;

/// <summary>What every estimator asks of its operator.</summary>
internal static class Arguments
{
    /// <summary>Refuses null.</summary>
    public static void RequireGiven(string operation, LinearOperator a, Key key)
    {
        Require.NotNull(a, operation);
        Require.NotNull(key, operation);
    }

    /// <summary>Refuses null and an operator that is not square.</summary>
    public static void RequireSquare(string operation, LinearOperator a, Key key)
    {
        RequireGiven(operation, a, key);
        Require.That(a.Rows == a.Size, $"[{operation}] got an operator of {a.Rows} rows and {a.Size} columns; expected a square one");
    }

    /// <summary>Refuses null and an operator that is not symmetric.</summary>
    public static void RequireSymmetric(string operation, LinearOperator a, Key key)
    {
        RequireGiven(operation, a, key);
        a.RequireSymmetric(operation);
    }
}
