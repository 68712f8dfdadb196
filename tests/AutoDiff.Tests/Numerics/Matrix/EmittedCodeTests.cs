using System.Diagnostics;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Tests.Numerics;

/// <summary>What the compiler makes of the loops whose speed hangs on it: the tests read its code, and time nothing.</summary>
public sealed class EmittedCodeTests
{
    // Where this is set, the process compiles the loops for the one that reads their code.
    private const string Variable = "AUTODIFF_COMPILE_ONLY";

    private const string TileMethod = nameof(MatrixTile<,,>.Run);

    [Fact]
    public async Task Tiles_keep_their_sums_in_registers()
    {
        var tiles = Tiles<double>().Concat(Tiles<float>()).ToArray();
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            foreach (var (type, method, _) in tiles)
            {
                RuntimeTypeHandle[] arguments =
                [
                    .. type.GetGenericArguments().Concat(method.GetGenericArguments()).Select(t => t.TypeHandle),
                ];
                RuntimeHelpers.PrepareMethod(method.MethodHandle, arguments);
            }
            return;
        }
        Assert.SkipUnless(Fma.IsSupported, "needs a processor whose loops of fused multiply-adds are known here: x86");
        var debuggable = typeof(INatural).Assembly.GetCustomAttribute<DebuggableAttribute>();
        Assert.SkipWhen(debuggable is { IsJITOptimizerDisabled: true }, "needs optimized code: a build of the configuration Release");
        var code = await EmittedCode.OfTest(
            nameof(Tiles_keep_their_sums_in_registers),
            $"*{nameof(MatrixTile<,,>)}*:{TileMethod}",
            Variable
        );
        Assert.SkipWhen(code.Length == 0, "the runtime prints no code");
        Assert.Equal(tiles.Length, code.Length);
        foreach (var ((_, _, sums), listing) in tiles.Zip(code))
        {
            var calls = listing.Lines.Where(line => line.Contains("call ", StringComparison.Ordinal)).ToArray();
            Assert.True(calls.Length == 0, $"{listing.Method}: {calls.Length} calls; expected none:\n{string.Join('\n', calls)}");
            var loop = Assert.Single(listing.InnerLoops, loop => Fused(loop) > 0);
            Assert.True(Fused(loop) >= sums, $"{listing.Method}: {Fused(loop)} multiply-adds in the loop; expected {sums} at least");
            // A mask may be read from there, where 16 registers hold sums and operands alone.
            var spills = EmittedCode.ToStack(loop).ToArray();
            Assert.True(
                spills.Length == 0,
                $"{listing.Method}: {spills.Length} instructions of the loop write to the stack; expected none:\n{string.Join('\n', spills)}"
            );
        }
    }

    private static int Fused(IEnumerable<string> loop) => loop.Count(line => line.Contains("vfmadd", StringComparison.Ordinal));

    /// <summary>The largest tiles at each width that the machine has, and how many sums each keeps.</summary>
    private static IEnumerable<(Type Type, MethodInfo Method, int Sums)> Tiles<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [
            .. Tiles<T, Vector128<T>, Width128<T>>(),
            .. Vector256.IsHardwareAccelerated ? Tiles<T, Vector256<T>, Width256<T>>() : [],
            .. Vector512.IsHardwareAccelerated ? Tiles<T, Vector512<T>, Width512<T>>() : [],
        ];

    private static IEnumerable<(Type, MethodInfo, int)> Tiles<T, TVector, TWidth>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        var type = typeof(MatrixTile<,,>).MakeGenericType(typeof(T), typeof(TVector), typeof(TWidth));
        foreach (var (vectors, count) in new[] { (1, typeof(N1)), (2, typeof(N2)), (3, typeof(N3)) })
        {
            var rows = TWidth.Rows(vectors);
            var height = typeof(INatural).Assembly.GetType($"{typeof(INatural).Namespace}.N{rows}", throwOnError: true)!;
            foreach (var partial in new[] { typeof(N0), typeof(N1) })
                yield return (type, type.GetMethod(TileMethod)!.MakeGenericMethod(height, count, partial), rows * vectors);
        }
    }
}
