using System.Runtime.Intrinsics;

namespace AutoDiff;

/// <summary>A function of two vectors, lane by lane.</summary>
internal interface ILanes<T>
{
    static abstract Vector512<T> Invoke(Vector512<T> x, Vector512<T> y);
}
