namespace AutoDiff.Examples;

/// <summary>Something the user gave cannot be worked with: the message says where, what was got and what was expected.</summary>
public class RefusedException(string message, Exception? cause = null) : Exception(message, cause);
