using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>Two functions of one number computed in one pass, in either precision: each result has the bits that it has alone.</summary>
public sealed class MapTwoKernel
{
    private readonly MapTwoKernel<double> _double;
    private readonly MapTwoKernel<float> _single;

    private MapTwoKernel(MapTwoKernel<double> inDouble, MapTwoKernel<float> inSingle) => (_double, _single) = (inDouble, inSingle);

    /// <summary>The loop of one precision.</summary>
    /// <typeparam name="T">Double or float.</typeparam>
    public MapTwoKernel<T> For<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (MapTwoKernel<T>)(object)(typeof(T) == typeof(double) ? _double : _single);

    internal static MapTwoKernel Of<TDouble, TSingle>()
        where TDouble : struct, IMapTwo<double>
        where TSingle : struct, IMapTwo<float> => new(new MapTwoLoop<double, TDouble>(), new MapTwoLoop<float, TSingle>());
}

/// <summary>Two functions of one number, applied to many.</summary>
/// <typeparam name="T">Double or float.</typeparam>
public abstract class MapTwoKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected MapTwoKernel() { }

    /// <summary>first[i] and second[i] of x[i] for <paramref name="count"/> numbers one after another, which is not checked; either target may be the operand.</summary>
    public abstract void Run(ref T x, ref T first, ref T second, int count);
}

internal sealed class MapTwoLoop<T, TFunction> : MapTwoKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IMapTwo<T>
{
    public override void Run(ref T x, ref T first, ref T second, int count) =>
        MapLoops.MapTwo<T, TFunction>(ref x, ref first, ref second, count);
}
