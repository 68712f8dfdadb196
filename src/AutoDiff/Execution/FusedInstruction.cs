using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>One elementwise operation of a fused step, or two in one pass; operands and result are registers.</summary>
/// <param name="Op">The operation on X, Y and Z, or the first of two, on X and Y.</param>
/// <param name="Second">The second of two, on the first's result and Z; null where there is one.</param>
/// <param name="Reversed">Whether the second takes Z on its left.</param>
/// <param name="X">The first operand's register.</param>
/// <param name="Y">The second operand's; negative where there is none.</param>
/// <param name="Z">The third operand's; negative where there is none.</param>
/// <param name="Target">The result's.</param>
/// <param name="Twin">The register of the twin's result, computed in the same pass; negative where there is none.</param>
internal readonly record struct Instruction(Op Op, Binary? Second, bool Reversed, int X, int Y, int Z, int Target, int Twin = -1);

/// <summary>An elementwise operation of a fused step as it is run: which kernel, and where its tiles lie.</summary>
internal readonly struct FusedInstruction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Kind _kind;
    private readonly bool _singleX;
    private readonly bool _singleY;
    private readonly bool _singleZ;

    // Of the class that the kind says: one field, without a check at every run.
    private readonly object? _kernel;
    private readonly Place _x;
    private readonly Place _y;
    private readonly Place _z;
    private readonly Place _target;
    private readonly Place _twin;

    /// <summary>The instruction over bound registers; <paramref name="isSingle"/> says which of them are one number for all elements.</summary>
    public FusedInstruction(Instruction instruction, ReadOnlySpan<Place> registers, Func<int, bool> isSingle)
    {
        (_x, _target) = (registers[instruction.X], registers[instruction.Target]);
        (_singleX, _singleY, _singleZ) = (isSingle(instruction.X), isSingle(instruction.Y), isSingle(instruction.Z));
        if (instruction.Y >= 0)
            _y = registers[instruction.Y];
        if (instruction.Z >= 0)
            _z = registers[instruction.Z];
        if (instruction.Twin >= 0)
        {
            var twins = Unaries.Of(((Op.Map)instruction.Op).Function).Twins!;
            (_kind, _twin, _kernel) = (Kind.Twins, registers[instruction.Twin], twins.Kernel.For<T>());
            return;
        }
        if (instruction.Second is { } second)
        {
            var (first, last) = (Binaries.Of(FirstOfPair(instruction.Op)!.Value), Binaries.Of(second));
            (_kind, _kernel) = (Kind.Pair, Pairs.Of<T>(first.Kernel, last.Kernel, instruction.Reversed));
            return;
        }
        switch (instruction.Op)
        {
            case Op.Map(var function):
                (_kind, _kernel) = (Kind.Map, Unaries.Of(function).Kernel.For<T>());
                break;
            case Op.Ordered:
                (_kind, _kernel) = (Kind.Map, Unaries.Of(instruction.Op).Kernel.For<T>());
                break;
            case Op.Zip(var function):
                var form =
                    _singleY ? ZipForm.RightSingle
                    : _singleX ? ZipForm.LeftSingle
                    : ZipForm.Both;
                (_kind, _kernel) = (Kind.Zip, Binaries.Of(function).Kernel.For<T>(form));
                break;
            case Op.Select:
                _kind = Kind.Select;
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The function of two arguments that an operation is as the first of a pair; null where it cannot come first.</summary>
    public static Binary? FirstOfPair(Op op) =>
        op switch
        {
            Op.Map(var function) => Unaries.Of(function).Twice,
            Op.Zip(var function) when Pairs.IsFirst(Binaries.Of(function).Kernel) => function,
            _ => null,
        };

    private enum Kind
    {
        Map,
        Zip,
        Pair,
        Twins,
        Select,
    }

    public void Run(ref T[] memory, int start, int count)
    {
        ref var x = ref _x.At(ref memory, start);
        ref var target = ref _target.At(ref memory, start);
        switch (_kind)
        {
            case Kind.Map:
                Unsafe.As<MapKernel<T>>(_kernel!).Run(ref x, ref target, count);
                break;
            case Kind.Zip:
                Unsafe.As<ZipKernel<T>>(_kernel!).Run(ref x, ref _y.At(ref memory, start), ref target, count);
                break;
            case Kind.Pair:
                Unsafe
                    .As<PairKernel<T>>(_kernel!)
                    .Run(
                        new Operand<T>(ref x, _singleX),
                        new Operand<T>(ref _y.At(ref memory, start), _singleY),
                        new Operand<T>(ref _z.At(ref memory, start), _singleZ),
                        ref target,
                        count
                    );
                break;
            case Kind.Twins:
                Unsafe.As<MapTwoKernel<T>>(_kernel!).Run(ref x, ref target, ref _twin.At(ref memory, start), count);
                break;
            default:
                Selection.Run(ref x, ref _y.At(ref memory, start), ref _z.At(ref memory, start), ref target, count);
                break;
        }
    }
}
