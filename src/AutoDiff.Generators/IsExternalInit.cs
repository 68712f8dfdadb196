using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>What records need of the runtime and netstandard2.0 lacks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
