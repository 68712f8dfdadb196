namespace AutoDiff.Data;

/// <summary>What becomes of rows where a value is missing. But for <see cref="Refuse"/>, rows without their target are left out.</summary>
public enum MissingValues
{
    /// <summary>The table is refused, with line and column.</summary>
    Refuse,

    /// <summary>The rows are left out.</summary>
    DropRows,

    /// <summary>A missing value is the mean of those of its column that are there, in all rows of the table.</summary>
    Mean,

    /// <summary>A missing value is NaN.</summary>
    NaN,
}
