namespace AutoDiff.Data;

/// <summary>Whether the first line of a CSV file names its columns.</summary>
public enum CsvHeader
{
    /// <summary>It does where none of its cells is a number. Scikit-learn's <c>rows,features,name of class 0,…</c> is known, too, where the line below ends in a number. Any other first line is a row.</summary>
    Detect,

    /// <summary>It does.</summary>
    Present,

    /// <summary>It is a row.</summary>
    Absent,
}
