using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>A function of one number applied to many, in either precision. <see cref="Maps"/> has those with vector loops; any other runs number by number.</summary>
public sealed class MapKernel
{
    private readonly MapKernel<double> _double;
    private readonly MapKernel<float> _single;

    internal MapKernel(MapKernel<double> inDouble, MapKernel<float> inSingle) => (_double, _single) = (inDouble, inSingle);

    /// <summary>A function that is computed number by number, in double precision.</summary>
    public static MapKernel Of(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(new ScalarMap<double>(function), new ScalarMap<float>(function));
    }

    /// <summary>The loop of one precision.</summary>
    /// <typeparam name="T">Double or float.</typeparam>
    public MapKernel<T> For<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (MapKernel<T>)(object)(typeof(T) == typeof(double) ? _double : _single);

    internal static MapKernel Of<TDouble, TSingle>()
        where TDouble : struct, IMap<double>
        where TSingle : struct, IMap<float> => new(new MapLoop<double, TDouble>(), new MapLoop<float, TSingle>());
}

/// <summary>A function of one number applied to many.</summary>
/// <remarks>A result depends on its own operand only, so that it is the same wherever a run of numbers ends.</remarks>
/// <typeparam name="T">Double or float.</typeparam>
public abstract class MapKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected MapKernel() { }

    /// <summary>target[i] = f(x[i]) for <paramref name="count"/> numbers one after another, which is not checked; the target may be the operand.</summary>
    public abstract void Run(ref T x, ref T target, int count);
}

internal sealed class MapLoop<T, TFunction> : MapKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IMap<T>
{
    public override void Run(ref T x, ref T target, int count) => MapLoops.Map<T, TFunction>(ref x, ref target, count);
}

internal sealed class CopyLoop<T> : MapKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(ref T x, ref T target, int count) =>
        Unsafe.CopyBlockUnaligned(
            ref Unsafe.As<T, byte>(ref target),
            ref Unsafe.As<T, byte>(ref x),
            (uint)count * (uint)Unsafe.SizeOf<T>()
        );
}

internal sealed class ScalarMap<T>(Func<double, double> function) : MapKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(ref T x, ref T target, int count)
    {
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref target, i) = T.CreateTruncating(function(double.CreateTruncating(Unsafe.Add(ref x, i))));
    }
}
