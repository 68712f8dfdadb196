using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The tiles by their size: each is code of its own, whose address is looked up where a size is known and called from there.</summary>
internal static unsafe class MatrixTiles<T, TVector, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TWidth : struct, IVectorWidth<T, TVector>
{
    /// <summary>The tile of so many rows and vectors, the last of which is whole or partial.</summary>
    [MethodImpl(Compilation.Loop)]
    public static delegate* <in TileStrides, T*, T*, T*, T*, int, void> Of(int rows, int vectors, bool partial) =>
        (vectors, partial) switch
        {
            (1, false) => Of<N1, N0>(rows),
            (1, true) => Of<N1, N1>(rows),
            (2, false) => Of<N2, N0>(rows),
            (2, true) => Of<N2, N1>(rows),
            (3, false) => Of<N3, N0>(rows),
            (3, true) => Of<N3, N1>(rows),
            _ => throw new UnreachableException(),
        };

    [MethodImpl(Compilation.Loop)]
    private static delegate* <in TileStrides, T*, T*, T*, T*, int, void> Of<TVectors, TPartial>(int rows)
        where TVectors : struct, INatural
        where TPartial : struct, INatural =>
        rows switch
        {
            1 => &MatrixTile<T, TVector, TWidth>.Run<N1, TVectors, TPartial>,
            2 => &MatrixTile<T, TVector, TWidth>.Run<N2, TVectors, TPartial>,
            3 => &MatrixTile<T, TVector, TWidth>.Run<N3, TVectors, TPartial>,
            4 => &MatrixTile<T, TVector, TWidth>.Run<N4, TVectors, TPartial>,
            5 => &MatrixTile<T, TVector, TWidth>.Run<N5, TVectors, TPartial>,
            6 => &MatrixTile<T, TVector, TWidth>.Run<N6, TVectors, TPartial>,
            7 => &MatrixTile<T, TVector, TWidth>.Run<N7, TVectors, TPartial>,
            8 => &MatrixTile<T, TVector, TWidth>.Run<N8, TVectors, TPartial>,
            9 => &MatrixTile<T, TVector, TWidth>.Run<N9, TVectors, TPartial>,
            10 => &MatrixTile<T, TVector, TWidth>.Run<N10, TVectors, TPartial>,
            11 => &MatrixTile<T, TVector, TWidth>.Run<N11, TVectors, TPartial>,
            12 => &MatrixTile<T, TVector, TWidth>.Run<N12, TVectors, TPartial>,
            _ => throw new UnreachableException(),
        };
}
