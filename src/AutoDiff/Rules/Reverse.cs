namespace AutoDiff;

/// <summary>Reverse mode: cotangents walk from the outputs back, as new graph.</summary>
internal static class Reverse
{
    /// <summary>The cotangents of <paramref name="sources"/>, given those of the outputs; null where nothing reaches a source.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="cotangents">A cotangent of each.</param>
    /// <param name="sources">What they are pulled back to.</param>
    public static Tensor?[] Pull(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> cotangents, IReadOnlyList<Tensor> sources)
    {
        using var seen = new Numbering();
        return Pull(outputs, cotangents, sources, seen);
    }

    /// <summary>The same beside what was seen before: nodes older than the sources, which do not depend on them and are not walked.</summary>
    public static Tensor?[] Pull(
        IReadOnlyList<Tensor> outputs,
        IReadOnlyList<Tensor> cotangents,
        IReadOnlyList<Tensor> sources,
        Numbering seen
    )
    {
        var first = seen.Count;
        Walk.Number(seen, sources, [.. outputs]); // which the rules met on the way see
        var end = seen.Count;
        var pull = new Pulling(seen, first, sources);
        for (var i = 0; i < outputs.Count; i++)
            pull.Add(outputs[i], cotangents[i]);
        pull.Run();
        Tensor?[] result = [.. sources.Select(pull.Sum)];
        seen.Remove(first, end);
        return result;
    }

    /// <summary>One walk back over the nodes seen from <paramref name="first"/> on.</summary>
    private sealed class Pulling(Numbering seen, int first, IReadOnlyList<Tensor> sources)
    {
        private readonly bool[] _active = Active(seen, first, sources);
        private readonly Tensor?[] _sums = new Tensor?[seen.Count - first];
        private readonly Dictionary<int, List<Parts.Part>> _parts = [];
        private readonly Dictionary<Tensor, List<Apply>> _shared = SharedLoops.Among(seen, first);
        private readonly Overwritten _overwritten = new();
        private readonly HashSet<int> _stops = [.. sources.Select(source => seen.Of(source) - first)];

        public void Run()
        {
            for (var id = _sums.Length - 1; id >= 0; id--)
            {
                var node = seen[first + id];
                if (_parts.Count > 0 && _parts.Remove(id, out var list) && !HandedOn(node, id, list))
                    _sums[id] = Parts.Added(_sums[id], node, list, seen);
                if (_shared.TryGetValue(node, out var loops))
                {
                    // What reads the others comes after the first.
                    if (ReferenceEquals(node, loops[0]) && Loops.Together(loops, Taken(loops)) is { } whole)
                        Push(whole.Node, whole.G);
                    continue;
                }
                if (_sums[id] is not { } g || node is not Apply apply || _stops.Contains(id))
                    continue;
                _sums[id] = null;
                Push(apply, g);
            }
        }

        /// <summary>The nodes' cotangents, which they no longer have.</summary>
        private Tensor?[] Taken(List<Apply> nodes)
        {
            var taken = new Tensor?[nodes.Count];
            for (var i = 0; i < taken.Length; i++)
            {
                ref var sum = ref _sums[Id(nodes[i])];
                (taken[i], sum) = (sum, null);
            }
            return taken;
        }

        public Tensor? Sum(Tensor source) => Id(source) is var id && id >= 0 ? _sums[id] : null;

        public void Add(Tensor node, Tensor? cotangent)
        {
            if (cotangent is not null && Id(node) is var id && id >= 0 && _active[id])
                AddTo(id, cotangent);
        }

        private void AddTo(int id, Tensor cotangent) => _sums[id] = _sums[id] is { } sum ? sum + cotangent : cotangent;

        private static bool[] Active(Numbering seen, int first, IReadOnlyList<Tensor> sources)
        {
            var active = Walk.DependingOn(sources, seen, first, Op.Reaches);
            CustomRules.CheckClosures(seen, first, sources, active);
            return active;
        }

        /// <summary>The node's place among those that are walked; negative for others.</summary>
        private int Id(Tensor node) => seen.Of(node) is var position && position < first + _sums.Length ? position - first : -1;

        // The parts of a matrix that is transposed anew for each of them are parts of that matrix.
        private bool HandedOn(Tensor node, int id, List<Parts.Part> list)
        {
            if (node is not Apply { Op: Op.Transpose or Op.Reshape } view || _stops.Contains(id) || _sums[id] is not null)
                return false;
            if (list.Exists(part => part.Through is not null))
                return false;
            foreach (var part in list)
                Keep(view.Arguments[0], part with { Through = view });
            return true;
        }

        private void Keep(Tensor node, Parts.Part part)
        {
            var id = Id(node);
            if (part.Cotangent.Shape.Size == 0 || id < 0 || !_active[id])
                return;
            if (!_parts.TryGetValue(id, out var list))
                _parts.Add(id, list = []);
            list.Add(part);
        }

        private bool IsActive(Tensor node) => Id(node) is var id && id >= 0 && _active[id];

        private bool[] Wanted(Apply node) => [.. node.Arguments.ToArray().Select(IsActive)];

        private void Push(Apply node, Tensor g)
        {
            if (node.Op is Op.Slice or Op.Gather)
            {
                Keep(node.Arguments[0], new(node, g));
                return;
            }
            if (node.Op is Op.SetSlice set)
            {
                var (part, whole) = (node.Arguments[0], node.Arguments[1]);
                if (IsActive(part))
                    Add(part, _overwritten.Updates(set, part.Shape, g));
                if (IsActive(whole))
                    Add(whole, _overwritten.Rest(set, part.Shape, g));
                return;
            }
            var y = new Pulled(node, g, seen) { Wanted = node.Op.Facts.Kind == OpKind.Control ? Wanted(node) : [] };
            for (var i = 0; i < y.Arguments.Length; i++)
            {
                if (y.Op.Facts.Reaches(i) && Id(y[i]) is var id && id >= 0 && _active[id] && Transposes.Of(y, i) is { } cotangent)
                    AddTo(id, cotangent);
            }
        }
    }
}
