using System.Numerics;

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
    private readonly Unary _map;
    private readonly Binary _zip;
    private readonly Binary _second;
    private readonly bool _reversed;
    private readonly ZipKernels<T>.Form _form;
    private readonly bool _singleX;
    private readonly bool _singleY;
    private readonly bool _singleZ;
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
            (_kind, _twin) = (Kind.Twins, registers[instruction.Twin]);
            return;
        }
        if (instruction.Second is { } second)
        {
            (_kind, _second, _reversed) = (Kind.Pair, second, instruction.Reversed);
            _zip = instruction.Op is Op.Zip(var first) ? first : Binary.Multiply; // a square is a product
            return;
        }
        switch (instruction.Op)
        {
            case Op.Map(var function):
                (_kind, _map) = (Kind.Map, function);
                break;
            case Op.Zip(var function):
                (_kind, _zip) = (Kind.Zip, function);
                _form =
                    _singleY ? ZipKernels<T>.Form.RightSingle
                    : _singleX ? ZipKernels<T>.Form.LeftSingle
                    : ZipKernels<T>.Form.Both;
                break;
            default:
                _kind = Kind.Select;
                break;
        }
    }

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
                MapKernels<T>.Run(_map, ref x, ref target, count);
                break;
            case Kind.Zip:
                ZipKernels<T>.Run(_zip, _form, ref x, ref _y.At(ref memory, start), ref target, count);
                break;
            case Kind.Pair:
                PairKernels<T>.Run(
                    _zip,
                    _second,
                    _reversed,
                    new(ref x, _singleX),
                    new(ref _y.At(ref memory, start), _singleY),
                    new(ref _z.At(ref memory, start), _singleZ),
                    ref target,
                    count
                );
                break;
            case Kind.Twins:
                TwinKernels.Run(ref x, ref target, ref _twin.At(ref memory, start), count);
                break;
            default:
                Lanes.Select(ref x, ref _y.At(ref memory, start), ref _z.At(ref memory, start), ref target, count);
                break;
        }
    }
}
