using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Which operands of a function of two numbers are one number for all elements.</summary>
public enum ZipForm
{
    /// <summary>Neither.</summary>
    Both,

    /// <summary>The right one.</summary>
    RightSingle,

    /// <summary>The left one.</summary>
    LeftSingle,
}

/// <summary>A function of two numbers applied to many, in either precision. <see cref="Zips"/> has those with vector loops; any other runs number by number.</summary>
public sealed class ZipKernel
{
    private readonly Func<ZipForm, ZipKernel<double>> _double;
    private readonly Func<ZipForm, ZipKernel<float>> _single;

    private ZipKernel(Func<ZipForm, ZipKernel<double>> inDouble, Func<ZipForm, ZipKernel<float>> inSingle) =>
        (_double, _single) = (inDouble, inSingle);

    /// <summary>A function that is computed number by number, in double precision.</summary>
    public static ZipKernel Of(Func<double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(form => new ScalarZip<double>(function, form), form => new ScalarZip<float>(function, form));
    }

    /// <summary>The loop of one precision and one form.</summary>
    /// <typeparam name="T">Double or float.</typeparam>
    public ZipKernel<T> For<T>(ZipForm form)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (ZipKernel<T>)(object)(typeof(T) == typeof(double) ? _double(form) : _single(form));

    internal static ZipKernel Of<TDouble, TSingle>()
        where TDouble : struct, IZip<double>
        where TSingle : struct, IZip<float> => new(Short<double, TDouble>, Short<float, TSingle>);

    /// <summary>The same for functions of many instructions.</summary>
    internal static ZipKernel OfLong<TDouble, TSingle>()
        where TDouble : struct, IZip<double>
        where TSingle : struct, IZip<float> => new(Long<double, TDouble>, Long<float, TSingle>);

    private static ZipKernel<T> Short<T, TFunction>(ZipForm form)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IZip<T> =>
        form switch
        {
            ZipForm.Both => new ZipLoop<T, Forms.Both, TFunction>(),
            ZipForm.RightSingle => new ZipLoop<T, Forms.Right, TFunction>(),
            ZipForm.LeftSingle => new ZipLoop<T, Forms.Left, TFunction>(),
        };

    private static ZipKernel<T> Long<T, TFunction>(ZipForm form)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IZip<T> =>
        form switch
        {
            ZipForm.Both => new LongZipLoop<T, Forms.Both, TFunction>(),
            ZipForm.RightSingle => new LongZipLoop<T, Forms.Right, TFunction>(),
            ZipForm.LeftSingle => new LongZipLoop<T, Forms.Left, TFunction>(),
        };
}

/// <summary>A function of two numbers applied to many.</summary>
/// <remarks>A result depends on its own operands only, so that it is the same wherever a run of numbers ends.</remarks>
/// <typeparam name="T">Double or float.</typeparam>
public abstract class ZipKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected ZipKernel() { }

    /// <summary>target[i] = f(x[i], y[i]) for <paramref name="count"/> numbers one after another, a single operand being read at its first element only; nothing is checked. The target may be an operand.</summary>
    public abstract void Run(ref T x, ref T y, ref T target, int count);
}

internal sealed class ZipLoop<T, TForm, TFunction> : ZipKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TForm : struct, IForm
    where TFunction : struct, IZip<T>
{
    public override void Run(ref T x, ref T y, ref T target, int count) => Lanes.Zip<T, TForm, TFunction>(ref x, ref y, ref target, count);
}

internal sealed class LongZipLoop<T, TForm, TFunction> : ZipKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TForm : struct, IForm
    where TFunction : struct, IZip<T>
{
    public override void Run(ref T x, ref T y, ref T target, int count) =>
        Lanes.ZipLong<T, TForm, TFunction>(ref x, ref y, ref target, count);
}

internal sealed class ScalarZip<T>(Func<double, double, double> function, ZipForm form) : ZipKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(ref T x, ref T y, ref T target, int count)
    {
        if (count == 0)
            return;
        var (left, right) = (double.CreateTruncating(x), double.CreateTruncating(y));
        for (var i = 0; i < count; i++)
        {
            if (form != ZipForm.LeftSingle)
                left = double.CreateTruncating(Unsafe.Add(ref x, i));
            if (form != ZipForm.RightSingle)
                right = double.CreateTruncating(Unsafe.Add(ref y, i));
            Unsafe.Add(ref target, i) = T.CreateTruncating(function(left, right));
        }
    }
}
