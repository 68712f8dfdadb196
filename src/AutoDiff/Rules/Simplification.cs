namespace AutoDiff;

/// <summary>Identities, common subexpressions by value numbering, and dead code. Only identities that hold bit for bit in IEEE arithmetic are used.</summary>
internal static class Simplification
{
    /// <summary>A graph of the same values, with no more nodes.</summary>
    /// <remarks>Each node's bits are the same; a plan of fewer nodes may let a product add itself to a sum where one of more does not, which rounds differently.</remarks>
    public static Graph Simplify(Graph graph)
    {
        var simple = Numbered(graph);
        return SharedLoops.Of(simple) is { } shared ? Numbered(shared) : simple;
    }

    private static Graph Numbered(Graph graph)
    {
        var nodes = graph.Nodes;
        var ids = new int[nodes.Length]; // of each old node, its new id
        var made = new List<Tensor>(nodes.Length);
        var madeArguments = new List<int[]>(nodes.Length);
        var numbers = new Dictionary<Value, int>(nodes.Length);
        var constants = new Dictionary<(long Bits, Shape Shape), int>();
        for (var old = 0; old < nodes.Length; old++)
            ids[old] = nodes[old] is Apply apply ? Number(apply, graph.Arguments(old)) : Leaf(nodes[old]);
        return Graph.OfNumbered(made, madeArguments, graph.Inputs.Length, Array.ConvertAll(graph.Outputs.ToArray(), id => ids[id]));

        int Leaf(Tensor node)
        {
            if (node is not Constant { Shape.Size: 1 } constant)
                return Add(node, []);
            var key = (BitConverter.DoubleToInt64Bits(constant.Values[0]), constant.Shape);
            if (constants.TryGetValue(key, out var id))
                return id;
            constants.Add(key, id = Add(node, []));
            return id;
        }

        int Number(Apply node, ReadOnlySpan<int> oldArguments)
        {
            var arguments = new int[oldArguments.Length];
            var changed = false;
            var old = node.Arguments;
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = ids[oldArguments[i]];
                changed |= !ReferenceEquals(made[arguments[i]], old[i]);
            }
            var value = new Value(node.Op, arguments);
            if (numbers.TryGetValue(value, out var id))
                return id;
            id = Simplified(changed ? node.With(Made(arguments)) : node, arguments);
            numbers.Add(value, id);
            return id;
        }

        Tensor[] Made(int[] arguments)
        {
            var tensors = new Tensor[arguments.Length];
            for (var i = 0; i < tensors.Length; i++)
                tensors[i] = made[arguments[i]];
            return tensors;
        }

        int Simplified(Apply node, int[] arguments)
        {
            var simple = Identities.Apply(node);
            if (ReferenceEquals(simple, node))
                return Add(node, arguments);
            foreach (var argument in arguments)
            {
                if (ReferenceEquals(simple, made[argument]))
                    return argument;
            }
            // What is left is, or is built from, one of the first argument's own arguments.
            var inner = madeArguments[arguments[0]];
            foreach (var argument in inner)
            {
                if (ReferenceEquals(simple, made[argument]))
                    return argument;
            }
            var source = ((Apply)simple).Arguments[0];
            return NumberOn((Apply)simple, Array.Find(inner, argument => ReferenceEquals(source, made[argument])));
        }

        // A node built anew on one made node: numbered like any other.
        int NumberOn(Apply node, int argument)
        {
            var value = new Value(node.Op, [argument]);
            if (!numbers.TryGetValue(value, out var id))
                numbers.Add(value, id = Add(node, [argument]));
            return id;
        }

        int Add(Tensor node, int[] arguments)
        {
            made.Add(node);
            madeArguments.Add(arguments);
            return made.Count - 1;
        }
    }

    /// <summary>An op applied to numbered arguments: equal values compute the same.</summary>
    private readonly struct Value : IEquatable<Value>
    {
        private readonly Op _op;
        private readonly int _first;
        private readonly int _second;
        private readonly int[]? _rest;

        public Value(Op op, ReadOnlySpan<int> arguments)
        {
            _op = op;
            _first = arguments.Length > 0 ? arguments[0] : -1;
            _second = arguments.Length > 1 ? arguments[1] : -1;
            _rest = arguments.Length > 2 ? arguments[2..].ToArray() : null;
            if (_first > _second && Identities.Commutes(op))
                (_first, _second) = (_second, _first);
        }

        public bool Equals(Value other) =>
            _first == other._first && _second == other._second && _op.Equals(other._op) && _rest.AsSpan().SequenceEqual(other._rest);

        public override bool Equals(object? obj) => obj is Value other && Equals(other);

        public override int GetHashCode()
        {
            var hash = _op switch
            {
                Op.Map(var function) => (int)function,
                Op.Zip(var function) => 64 + (int)function,
                _ => _op.GetHashCode(),
            };
            hash = HashCode.Combine(hash, _first, _second);
            foreach (var argument in _rest.AsSpan())
                hash = (hash * 31) + argument;
            return hash;
        }
    }
}
