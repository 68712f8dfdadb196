using System.Numerics;

namespace AutoDiff;

/// <summary>One elementwise operation of a fused step; operands and result are registers.</summary>
internal readonly record struct Instruction(Op Op, int X, int Y, int Z, int Target);

/// <summary>A chain of elementwise operations of one shape, run tile by tile: each operand is read once, each result written once.</summary>
internal sealed class FusedStep<T> : Step<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int TileLength = 512;

    private readonly View[] _operands;
    private readonly Storage[] _targets;
    private readonly Coded[] _run;
    private readonly Register[] _registers;
    private readonly Loader[] _loaders;
    private readonly int _size;
    private readonly int _tile;

    /// <summary>A step over operands in registers 0 …, targets in the next registers, and scratch tiles in the last.</summary>
    public FusedStep(View[] operands, Storage[] targets, Instruction[] code, int tiles, Shape shape)
    {
        (_operands, _targets, _size) = (operands, targets, shape.Size);
        _tile = Math.Min(TileLength, Math.Max(1, _size));
        _registers = new Register[operands.Length + targets.Length + tiles];
        _registers.AsSpan().Fill(new Register { Advances = true });
        var loaders = new List<Loader>(0);
        var scratch = tiles * _tile;
        for (var i = 0; i < operands.Length; i++)
        {
            var view = operands[i];
            if (view.IsContiguous)
                continue;
            loaders.Add(new Loader(i, view, Strided.Of(view.Shape.AsSpan(), view.Strides)));
            _registers[i] = new Register { Slot = Frame<T>.Scratch, Start = scratch };
            scratch += _tile;
        }
        for (var i = 0; i < tiles; i++)
            _registers[operands.Length + targets.Length + i] = new Register { Slot = Frame<T>.Scratch, Start = i * _tile };
        (_loaders, ScratchSize) = ([.. loaders], scratch);
        foreach (ref var loader in _loaders.AsSpan())
        {
            // A row that repeats every few elements is loaded once for all tiles that hold whole repetitions of it.
            if (loader.Period > 0 && loader.Period < _size && loader.Period <= _tile)
                _tile = _tile / loader.Period * loader.Period;
        }
        foreach (ref var loader in _loaders.AsSpan())
            loader.Once = loader.Period > 0 && _tile % loader.Period == 0;
        _run = new Coded[code.Length];
        for (var i = 0; i < code.Length; i++)
            _run[i] = new(code[i], Single(code[i].X), Single(code[i].Y));
    }

    public override int ScratchSize { get; }

    public override Storage Target => _targets[^1];

    public override ReadOnlySpan<View> Operands => _operands;

    public override ReadOnlySpan<Storage> OtherTargets => _targets.AsSpan()[..^1];

    public override View? Replaceable(StorageKind kind, int now)
    {
        foreach (var view in _operands)
        {
            if (view.Offset != 0 || view.Storage.Size != _size || !view.IsContiguous || !view.Storage.DiesAt(kind, now))
                continue;
            var alone = true;
            foreach (var other in _operands)
                alone &=
                    ReferenceEquals(other, view) || other.Storage.Root != view.Storage.Root || (other.Offset == 0 && other.IsContiguous);
            if (alone)
                return view;
        }
        return null;
    }

    public override void Bind()
    {
        for (var i = 0; i < _operands.Length; i++)
        {
            if (_registers[i].Advances)
                _registers[i] = new Register
                {
                    Advances = true,
                    Slot = _operands[i].Storage.Root.Slot,
                    Start = At(_operands[i]),
                };
        }
        for (var i = 0; i < _targets.Length; i++)
            _registers[_operands.Length + i] = new Register
            {
                Advances = true,
                Slot = _targets[i].Root.Slot,
                Start = _targets[i].Root.Start,
            };
    }

    public override void Run(Frame<T> frame)
    {
        var memory = frame.Memory;
        for (var start = 0; start < _size; start += _tile)
        {
            var length = Math.Min(_tile, _size - start);
            foreach (ref var loader in _loaders.AsSpan())
            {
                if (start == 0 || !loader.Once)
                    loader.Walk.Read(
                        memory[loader.View.Storage.Root.Slot],
                        At(loader.View),
                        start,
                        memory[Frame<T>.Scratch].AsSpan(_registers[loader.Register].Start, length)
                    );
            }
            foreach (ref var instruction in _run.AsSpan())
                Execute(memory, ref instruction, start, length);
        }
    }

    public override string ToString() => $"Fused {string.Join(' ', _run.Select(instruction => instruction.Op.Name))}";

    private void Execute(T[][] memory, ref Coded instruction, int start, int length)
    {
        var x = At(memory, instruction.X, start, length);
        var target = At(memory, instruction.Target, start, length);
        switch (instruction.Arity)
        {
            case 1:
                MapKernels<T>.Run(instruction.Map, ref x[0], ref target[0], length);
                break;
            case 2:
                ZipKernels<T>.Run(
                    instruction.Zip,
                    instruction.Form,
                    ref x[0],
                    ref At(memory, instruction.Y, start, length)[0],
                    ref target[0],
                    length
                );
                break;
            default:
                Lanes.Select(
                    ref x[0],
                    ref At(memory, instruction.Y, start, length)[0],
                    ref At(memory, instruction.Z, start, length)[0],
                    ref target[0],
                    length
                );
                break;
        }
    }

    private Span<T> At(T[][] memory, int register, int start, int length)
    {
        ref var r = ref _registers[register];
        return memory[r.Slot].AsSpan(r.Advances ? r.Start + start : r.Start, length);
    }

    private bool Single(int register) => register >= 0 && register < _operands.Length && _size > 1 && _operands[register].IsSingle;

    /// <summary>Where a register's tile lies: at a fixed place, or moving with the tile.</summary>
    private struct Register
    {
        public int Slot;
        public int Start;
        public bool Advances;
    }

    /// <summary>An operand that is brought into a scratch tile before the tile is computed.</summary>
    private struct Loader(int register, View view, Strided walk)
    {
        public readonly int Register = register;
        public readonly View View = view;
        public readonly Strided Walk = walk;

        /// <summary>Whether the tile is the same for every start.</summary>
        public bool Once;

        /// <summary>After how many elements the operand repeats itself; 0 where it does not.</summary>
        public readonly int Period =>
            Walk.Lengths.Length == 1 && Walk.Strides[0][0] == 0 ? 1
            : Walk.Lengths.Length == 2 && Walk.Strides[0][0] == 0 ? Walk.Lengths[1]
            : 0;
    }

    /// <summary>An instruction as it is run.</summary>
    private readonly struct Coded
    {
        public readonly Op Op;
        public readonly int X;
        public readonly int Y;
        public readonly int Z;
        public readonly int Target;
        public readonly int Arity;
        public readonly Unary Map;
        public readonly Binary Zip;
        public readonly ZipKernels<T>.Form Form;

        public Coded(Instruction instruction, bool singleX, bool singleY)
        {
            (Op, X, Y, Z, Target) = (instruction.Op, instruction.X, instruction.Y, instruction.Z, instruction.Target);
            switch (instruction.Op)
            {
                case Op.Map(var function):
                    (Arity, Map) = (1, function);
                    break;
                case Op.Zip(var function):
                    (Arity, Zip) = (2, function);
                    Form =
                        singleY ? ZipKernels<T>.Form.RightSingle
                        : singleX ? ZipKernels<T>.Form.LeftSingle
                        : ZipKernels<T>.Form.Both;
                    break;
                default:
                    Arity = 3;
                    break;
            }
        }
    }
}
