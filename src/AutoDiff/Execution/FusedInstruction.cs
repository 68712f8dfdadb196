using System.Numerics;

namespace AutoDiff;

/// <summary>An elementwise operation of a fused step as it is run: which kernel, and where its tiles lie.</summary>
internal readonly struct FusedInstruction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Kind _kind;
    private readonly Unary _map;
    private readonly Binary _zip;
    private readonly ZipKernels<T>.Form _form;
    private readonly Place _x;
    private readonly Place _y;
    private readonly Place _z;
    private readonly Place _target;

    public FusedInstruction(Instruction instruction, ReadOnlySpan<Place> registers, bool singleX, bool singleY)
    {
        (_x, _target) = (registers[instruction.X], registers[instruction.Target]);
        switch (instruction.Op)
        {
            case Op.Map(var function):
                (_kind, _map) = (Kind.Map, function);
                break;
            case Op.Zip(var function):
                (_kind, _zip, _y) = (Kind.Zip, function, registers[instruction.Y]);
                _form =
                    singleY ? ZipKernels<T>.Form.RightSingle
                    : singleX ? ZipKernels<T>.Form.LeftSingle
                    : ZipKernels<T>.Form.Both;
                break;
            default:
                (_kind, _y, _z) = (Kind.Select, registers[instruction.Y], registers[instruction.Z]);
                break;
        }
    }

    private enum Kind
    {
        Map,
        Zip,
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
            default:
                Lanes.Select(ref x, ref _y.At(ref memory, start), ref _z.At(ref memory, start), ref target, count);
                break;
        }
    }
}
