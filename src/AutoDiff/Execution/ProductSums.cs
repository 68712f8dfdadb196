namespace AutoDiff;

/// <summary>A sum of matrix products: each product adds to what the one before left, the first to the initial value.</summary>
/// <param name="Products">The products' nodes, in order.</param>
/// <param name="Initial">The node of what else is added, a bias say; negative where there is none.</param>
internal sealed record ProductSum(int[] Products, int Initial);

/// <summary>The additions of a graph that its matrix products make themselves, so that no pass over the sum remains.</summary>
internal sealed class ProductSums
{
    private const int None = -1;

    private readonly Graph _graph;
    private readonly Uses _uses;
    private readonly Dictionary<int, ProductSum> _endingAt = [];
    private readonly HashSet<int> _absorbed = [];

    public ProductSums(Graph graph, Uses uses)
    {
        (_graph, _uses) = (graph, uses);
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            if (uses.IsNeeded(id) && graph.Nodes[id] is Apply { Op: Op.Zip(Binary.Add) })
                Add(id, uses.Same(graph.Arguments(id)[0]), uses.Same(graph.Arguments(id)[1]));
        }
    }

    /// <summary>The sum whose value the node is; null for other nodes.</summary>
    public ProductSum? EndingAt(int id) => _endingAt.GetValueOrDefault(id);

    /// <summary>Whether the node is part of a later node's sum and has no value of its own.</summary>
    public bool IsAbsorbed(int id) => _absorbed.Contains(id);

    private void Add(int id, int x, int y)
    {
        var (left, right) = (Part(id, x), Part(id, y));
        if (x == y || (left is null && right is null))
            return;
        if (left is not null && right is not null)
        {
            if (left.Initial >= 0 && right.Initial >= 0)
                return;
            var (first, second) = right.Initial >= 0 ? (right, left) : (left, right);
            Absorb(x);
            Absorb(y);
            _endingAt.Add(id, new([.. first.Products, .. second.Products], first.Initial));
            return;
        }
        var (sum, part, initial) = left is null ? (right!, y, x) : (left, x, y);
        // What is elementwise and used only here is better computed with its users.
        if (sum.Initial >= 0 || (Uses.IsElementwise(_graph.Nodes[initial]) && _uses.Count(initial) == 1))
            return;
        Absorb(part);
        _endingAt.Add(id, sum with { Initial = initial });
    }

    /// <summary>The products that make up the node's value, where no other node needs it.</summary>
    private ProductSum? Part(int id, int part)
    {
        if (_uses.Count(part) != 1 || _uses.Varies(part) != _uses.Varies(id))
            return null;
        if (_endingAt.TryGetValue(part, out var sum))
            return sum;
        var product = Unreshaped(part);
        return product >= 0 ? new([product], None) : null;
    }

    private void Absorb(int part)
    {
        _absorbed.Add(part);
        if (_endingAt.Remove(part))
            return;
        for (; _graph.Nodes[part] is Apply { Op: Op.Reshape }; _absorbed.Add(part))
            part = _uses.Same(_graph.Arguments(part)[0]);
    }

    /// <summary>The product that the node is, or is under reshapes that alone use it; negative where it is none.</summary>
    private int Unreshaped(int id)
    {
        while (_graph.Nodes[id] is Apply { Op: Op.Reshape } && _uses.Count(id) == 1)
            id = _uses.Same(_graph.Arguments(id)[0]);
        return _graph.Nodes[id] is Apply { Op: Op.MatMul } && _uses.Count(id) == 1 ? id : None;
    }
}
