namespace AutoDiff.Data;

/// <summary>How an IDX file stores each number, the highest byte first; the value is the format's own.</summary>
public enum IdxType
{
    /// <summary>0 to 255, in one byte.</summary>
    Byte = 0x08,

    /// <summary>−128 to 127, in one byte.</summary>
    SByte = 0x09,

    /// <summary>Whole numbers of two bytes.</summary>
    Int16 = 0x0B,

    /// <summary>Whole numbers of four bytes.</summary>
    Int32 = 0x0C,

    /// <summary>Single precision.</summary>
    Single = 0x0D,

    /// <summary>Double precision.</summary>
    Double = 0x0E,
}
