using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>A function of one number, on all lanes of a register of any width.</summary>
internal interface IMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract TPacked Invoke<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, T>;
}
