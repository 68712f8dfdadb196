namespace AutoDiff.Files;

/// <summary>A file that is refused: damaged, cut off, of another format, or without what was asked of it. The message says what is wrong, where, and what was expected.</summary>
/// <remarks>What the system itself refuses, a file that is not there or may not be read, comes as its own <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</remarks>
public sealed class InvalidFileException : IOException
{
    /// <summary>An exception without details.</summary>
    public InvalidFileException() { }

    /// <summary>An exception that says what is wrong.</summary>
    public InvalidFileException(string message)
        : base(message) { }

    /// <summary>An exception with a cause.</summary>
    public InvalidFileException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>An exception that says what is wrong and where.</summary>
    /// <param name="message">What is wrong, where, and what was expected.</param>
    /// <param name="path">The file, as it was named by the caller.</param>
    /// <param name="offset">The first byte of what is wrong, counted from 0; null where it has no place.</param>
    public InvalidFileException(string message, string path, long? offset)
        : base(message) => (Path, Offset) = (path, offset);

    /// <summary>The file, as it was named by the caller.</summary>
    public string? Path { get; }

    /// <summary>The first byte of what is wrong, counted from 0, where it has a place. In an archive it counts from the entry's first byte.</summary>
    public long? Offset { get; }
}
