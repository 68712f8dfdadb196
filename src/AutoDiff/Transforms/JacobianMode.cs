namespace AutoDiff;

/// <summary>How a Jacobian is computed.</summary>
public enum JacobianMode
{
    /// <summary>Forward where there are no more inputs than results, else reverse.</summary>
    Automatic,

    /// <summary>Column by column, along tangents of the inputs.</summary>
    Forward,

    /// <summary>Row by row, along cotangents of the results.</summary>
    Reverse,
}
