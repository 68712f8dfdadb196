namespace AutoDiff;

/// <summary>Makes closed loops: what their steps read from outside, and what does not change from step to step, becomes an argument that is computed once.</summary>
/// <param name="Length">How many steps there are.</param>
/// <param name="Reverse">Whether they run from the last slice to the first.</param>
internal sealed record Closing(int Length, bool Reverse)
{
    private readonly List<Input> _carries = [];
    private readonly List<Tensor> _initial = [];
    private readonly List<Tensor> _next = [];
    private readonly List<Input> _slices = [];
    private readonly List<Tensor> _stacked = [];
    private readonly List<Tensor> _ys = [];
    private readonly List<Input> _known = [];
    private readonly List<Tensor> _values = [];

    /// <summary>Adds a carry.</summary>
    public void Carry(Input input, Tensor initial, Tensor next)
    {
        _carries.Add(input);
        _initial.Add(initial);
        _next.Add(next);
    }

    /// <summary>Adds an argument [length, …] of which each step gets a slice.</summary>
    public void Slice(Input input, Tensor stacked)
    {
        _slices.Add(input);
        _stacked.Add(stacked);
    }

    /// <summary>Adds a result, of which each step gives a slice.</summary>
    public void Y(Tensor y) => _ys.Add(y);

    /// <summary>Says what an input that does not change from step to step stands for.</summary>
    public void Invariant(Input input, Tensor value)
    {
        _known.Add(input);
        _values.Add(value);
    }

    /// <summary>The loop's outputs: the last carries and the stacked results.</summary>
    public Tensor[] Run() => Run(out _);

    /// <summary>The same, and the node that they are parts of.</summary>
    public Tensor[] Run(out Apply node)
    {
        Tensor[] outputs = [.. _next, .. _ys];
        Input[] moving = [.. _carries, .. _slices];
        var (invariants, values, closed) = Closed(outputs, moving, _known, _values);
        // A node has an argument, also where nothing is read or carried.
        if (invariants.Length + _carries.Count == 0)
            (invariants, values) = ([new([], "nothing")], [0.0]);
        var read = new HashSet<Tensor>(Walk.Order(closed), ReferenceEqualityComparer.Instance);
        int[] kept = [.. Enumerable.Range(0, _slices.Count).Where(i => read.Contains(_slices[i]))];
        var body = new Body([.. invariants, .. _carries, .. kept.Select(i => _slices[i])], closed);
        var loop = new Loop(body, invariants.Length, _carries.Count, Length, Reverse);
        node = Apply.Of(new Op.Scan(loop), [.. values, .. _initial, .. kept.Select(i => _stacked[i])]);
        return Packed.Unpack(loop, node);
    }

    /// <summary>Outputs that depend on the moving inputs, on new ones and on constants only, with the new ones and the values that they stand for.</summary>
    /// <param name="outputs">What to close.</param>
    /// <param name="moving">The inputs that stay.</param>
    /// <param name="known">Inputs that stand for something outside.</param>
    /// <param name="values">What they stand for.</param>
    public static (Input[] Inputs, Tensor[] Values, Tensor[] Closed) Closed(
        Tensor[] outputs,
        IReadOnlyList<Tensor> moving,
        IReadOnlyList<Input> known,
        IReadOnlyList<Tensor> values
    )
    {
        var order = Walk.Order(outputs);
        var reads = Reads(outputs, order, Walk.DependingOn(moving, order));
        var inputs = new Input[reads.Count];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] =
                reads[i] as Input is { } input && known.Contains(input) ? input : new(reads[i].Shape, "invariant", reads[i].NotesOrigin);
        return (inputs, Rewriting.Substitute(reads, known, values), Rewriting.Substitute(outputs, reads, inputs));
    }

    /// <summary>What the inside reads of the rest; rearranged, it is rearranged inside, which costs nothing.</summary>
    private static List<Tensor> Reads(Tensor[] outputs, List<Tensor> order, HashSet<Tensor> inside)
    {
        var reads = new List<Tensor>();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var output in outputs)
            Add(output);
        foreach (var node in order)
        {
            if (node is not Apply apply || !inside.Contains(node))
                continue;
            foreach (var argument in apply.Arguments)
                Add(argument);
        }
        return reads;

        void Add(Tensor node)
        {
            while (!inside.Contains(node) && node is Apply { Op: Op.Reshape or Op.Transpose or Op.Broadcast or Op.Flip } view)
                node = view.Arguments[0];
            if (node is not Constant && !inside.Contains(node) && seen.Add(node))
                reads.Add(node);
        }
    }
}
