using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Tests.Numerics;

/// <summary>No kernel touches an element before its operands or after them, at any width of register, for any rest of a register.</summary>
public sealed class BoundsTests : IDisposable
{
    private const int Longest = 150;
    private static readonly int[] Counts = [.. Enumerable.Range(1, 40), 63, 64, 65, 127, 128, 129, Longest];

    private readonly Pages? _x = OperatingSystem.IsLinux() ? new(1 << 20) : null;
    private readonly Pages? _y = OperatingSystem.IsLinux() ? new(1 << 20) : null;
    private readonly Pages? _z = OperatingSystem.IsLinux() ? new(1 << 20) : null;
    private readonly Pages? _target = OperatingSystem.IsLinux() ? new(1 << 20) : null;

    public void Dispose()
    {
        foreach (var pages in new[] { _x, _y, _z, _target })
            pages?.Dispose();
    }

    [Fact]
    public void Elementwise_kernels_stay_within_their_operands()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are protected by calls of Linux");
        Elementwise<double>();
        Elementwise<float>();
        Widths<double>();
        Widths<float>();
    }

    [Fact]
    public void Reductions_stay_within_their_operands()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are protected by calls of Linux");
        Reductions<double>();
        Reductions<float>();
    }

    [Fact]
    public void Products_stay_within_their_operands_and_scratch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are protected by calls of Linux");
        foreach (var m in new[] { 1, 2, 5, 12, 13, 40 })
        foreach (var n in new[] { 1, 3, 4, 7, 8, 9, 17, 31, 65, 390 })
        foreach (var k in new[] { 1, 3, 4, 5, 9, 33, 67, 261 })
        foreach (var layout in Enumerable.Range(0, 4))
        {
            Product<double>(m, n, k, layout);
            Product<float>(m, n, k, layout);
        }
        // Beyond a block of the depth, or many of them, halves are added in scratch space.
        foreach (var (m, n, k) in new[] { (1, 33, 700), (33, 1, 700), (1, 1, 4500), (3, 1, 4500), (5, 4, 4500), (13, 20, 4500) })
        foreach (var layout in Enumerable.Range(0, 4))
        {
            Product<double>(m, n, k, layout);
            Product<float>(m, n, k, layout);
        }
    }

    [Fact]
    public void Strided_reads_stay_within_their_operands()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are protected by calls of Linux");
        var values = Values<double>(120);
        foreach (var atEnd in new[] { true, false })
        foreach (var strides in new int[][] { [30, 6, 1], [1, 4, 20], [30, 0, 1], [0, 0, 0], [-30, 6, -1] })
        {
            var walk = Strided.Of([4, 5, 6], strides);
            var offset = strides.Zip([3, 4, 5]).Sum(pair => Math.Max(0, -pair.First) * pair.Second);
            for (var start = 0; start < 120; start += 7)
            {
                for (var count = 1; count <= 120 - start; count += 11)
                {
                    ref var target = ref _target!.Place<double>(new double[count], atEnd);
                    walk.Read(values, offset, start, ref target, count);
                    Assert.Equal(values[offset + walk.Place(start + count - 1)], Unsafe.Add(ref target, count - 1));
                }
            }
        }
    }

    private void Elementwise<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var atEnd in new[] { true, false })
        foreach (var count in Counts)
        {
            var values = Values<T>(count);
            ref var x = ref _x!.Place<T>(values, atEnd);
            ref var y = ref _y!.Place<T>(values, atEnd);
            ref var z = ref _z!.Place<T>(values, atEnd);
            ref var target = ref _target!.Place<T>(new T[count], atEnd);
            ref var single = ref _y!.Place<T>(values.AsSpan(0, 1), atEnd);
            foreach (var function in Enum.GetValues<Unary>())
                Unaries.Of(function).Kernel.For<T>().Run(ref x, ref target, count);
            foreach (var function in Enum.GetValues<Binary>())
            {
                y = ref _y!.Place<T>(values, atEnd);
                Binaries.Of(function).Kernel.For<T>(ZipForm.Both).Run(ref x, ref y, ref target, count);
                single = ref _y!.Place<T>(values.AsSpan(0, 1), atEnd);
                Binaries.Of(function).Kernel.For<T>(ZipForm.RightSingle).Run(ref x, ref single, ref target, count);
                Binaries.Of(function).Kernel.For<T>(ZipForm.LeftSingle).Run(ref single, ref x, ref target, count);
            }
            foreach (var first in Enum.GetValues<Binary>().Select(f => Binaries.Of(f).Kernel).Where(Pairs.IsFirst))
            foreach (var second in Enum.GetValues<Binary>().Select(f => Binaries.Of(f).Kernel).Where(Pairs.IsSecond))
            foreach (var reversed in new[] { true, false })
            {
                y = ref _y!.Place<T>(values, atEnd);
                Pairs
                    .Of<T>(first, second, reversed)
                    .Run(new Operand<T>(ref x, false), new Operand<T>(ref y, false), new Operand<T>(ref z, false), ref target, count);
                single = ref _y!.Place<T>(values.AsSpan(0, 1), atEnd);
                Pairs
                    .Of<T>(first, second, reversed)
                    .Run(
                        new Operand<T>(ref single, true),
                        new Operand<T>(ref x, false),
                        new Operand<T>(ref single, true),
                        ref target,
                        count
                    );
            }
            y = ref _y!.Place<T>(values, atEnd);
            Selection.Run(ref x, ref y, ref z, ref target, count);
            Maps.TanhAndSechSquared.For<T>().Run(ref x, ref y, ref target, count);
        }
    }

    private void Widths<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var atEnd in new[] { true, false })
        foreach (var count in Counts)
        {
            var values = Values<T>(count);
            ref var x = ref _x!.Place<T>(values, atEnd);
            ref var y = ref _y!.Place<T>(values, atEnd);
            ref var z = ref _z!.Place<T>(values, atEnd);
            ref var target = ref _target!.Place<T>(new T[count], atEnd);
            At<Packed256<T>>(ref x, ref y, ref z, ref target);
            if (Vector512.IsHardwareAccelerated)
                At<Packed512<T>>(ref x, ref y, ref z, ref target);

            void At<TPacked>(ref T x, ref T y, ref T z, ref T target)
                where TPacked : struct, IPacked<TPacked, T>
            {
                MapLoops.Map<TPacked, T, Arithmetic<T>.Square>(ref x, ref target, count);
                Lanes.Zip<TPacked, T, Forms.Both, ArithmeticOfTwo<T>.Add>(ref x, ref y, ref target, count);
                Lanes.ZipLong<TPacked, T, Forms.Both, ArithmeticOfTwo<T>.Add>(ref x, ref y, ref target, count);
                Lanes.Select<TPacked, T>(ref x, ref y, ref z, ref target, count);
                MapLoops.MapTwo<TPacked, T, Two<T>>(ref x, ref z, ref target, count);
            }
        }
    }

    private void Reductions<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var atEnd in new[] { true, false })
        foreach (var count in Counts)
        foreach (var kernel in Enum.GetValues<Reduction>().Select(kind => AutoDiff.Reductions.Of(kind).Fold?.Kernel).OfType<FoldKernel>())
        {
            var fold = kernel.For<T>();
            fold.Run(ref _x!.Place<T>(Values<T>(count), atEnd), count);
            foreach (var rows in new[] { 1, 2, 5, 16, 17 })
                fold.Rows(ref _x!.Place<T>(Values<T>(rows * count), atEnd), count, rows, ref _target!.Place<T>(new T[count], atEnd), count);
        }
    }

    private void Product<T>(int m, int n, int k, int layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (leftTurned, rightTurned) = ((layout & 1) != 0, (layout & 2) != 0);
        var product = new MatrixProduct<T>(
            m,
            n,
            k,
            leftTurned ? 1 : k,
            leftTurned ? m : 1,
            rightTurned ? 1 : n,
            rightTurned ? k : 1,
            n,
            new(n, 1)
        );
        foreach (var atEnd in new[] { true, false })
        {
            ref var scratch = ref _z!.Place<T>(new T[product.ScratchSize], atEnd);
            product.Run(
                ref _x!.Place<T>(new T[m * k], atEnd),
                ref _y!.Place<T>(new T[k * n], atEnd),
                ref _target!.Place<T>(new T[m * n], atEnd),
                ref _target!.Place<T>(new T[m * n], atEnd),
                MemoryMarshal.CreateSpan(ref scratch, product.ScratchSize)
            );
        }
    }

    private static T[] Values<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(1, count).Select(i => T.CreateTruncating(0.1 + (0.8 * Math.Abs(Math.Sin(i)))))];

    private readonly struct Two<T> : IMapTwo<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static (TPacked First, TPacked Second) Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => (x + x, x * x);

        public static bool Holds<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => TPacked.All(TPacked.IsLess(x, TPacked.Of(T.CreateTruncating(0.8))));

        public static (TPacked First, TPacked Second) Anywhere<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, T> => Invoke(x);
    }
}
