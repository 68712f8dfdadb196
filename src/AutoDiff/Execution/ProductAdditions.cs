namespace AutoDiff;

/// <summary>An addition that a matrix product makes itself.</summary>
/// <param name="Product">The product's node.</param>
/// <param name="Initial">The node of what it is added to: a bias, say, or another product.</param>
internal readonly record struct ProductAddition(int Product, int Initial);

/// <summary>The additions of a graph that its matrix products make themselves, so that no pass over the sum remains.</summary>
/// <remarks>
/// No sum is rearranged: (x + AB) + CD adds AB to x and then CD to that, in place. There are none in a graph without inputs: where AB is known already the
/// sum is rounded apart from it, and a value must not depend on what was known.
/// </remarks>
internal sealed class ProductAdditions
{
    private const int None = -1;

    private readonly Graph _graph;
    private readonly Uses _uses;
    private readonly ProductAddition[] _additions; // the product is the node itself where there is none
    private readonly bool[] _absorbed;

    public ProductAdditions(Graph graph, Uses uses)
    {
        (_graph, _uses) = (graph, uses);
        (_additions, _absorbed) = (new ProductAddition[graph.Nodes.Length], new bool[graph.Nodes.Length]);
        for (var id = 0; id < _additions.Length; id++)
            _additions[id] = new(id, None);
        for (var id = 0; id < graph.Nodes.Length; id++)
        {
            if (!uses.IsClosed && uses.IsNeeded(id) && graph.Nodes[id] is Apply { Op: Op.Zip(Binary.Add) })
                Add(id, uses.Same(graph.Arguments(id)[0]), uses.Same(graph.Arguments(id)[1]));
        }
    }

    /// <summary>The addition whose value the node is; null for other nodes.</summary>
    public ProductAddition? At(int id) => _additions[id] is var addition && addition.Product != id ? addition : null;

    /// <summary>Whether the node is part of a later node's addition and has no value of its own.</summary>
    public bool IsAbsorbed(int id) => _absorbed[id];

    private void Add(int id, int x, int y)
    {
        var (left, right) = (Product(id, x), Product(id, y));
        if (left < 0 && right < 0)
            return;
        // Of two products the later one adds itself to the earlier.
        var (part, product, initial) = left > right ? (x, left, y) : (y, right, x);
        // What is elementwise and used only here is better computed with its users.
        if (Uses.IsElementwise(_graph.Nodes[initial]) && _uses.Count(initial) == 1 && At(initial) is null)
            return;
        for (_absorbed[part] = true; part != product; _absorbed[part] = true)
            part = Source(part);
        _additions[id] = new(product, initial);
    }

    /// <summary>The product that a part of a sum is, or is under reshapes, where nothing else uses it; negative where there is none.</summary>
    private int Product(int id, int part)
    {
        while (_uses.Count(part) == 1 && _uses.Varies(part) == _uses.Varies(id))
        {
            switch (_graph.Nodes[part])
            {
                case Apply { Op: Op.MatMul }:
                    return part;
                case Apply { Op: Op.Reshape }:
                    part = Source(part);
                    break;
                default:
                    return None;
            }
        }
        return None;
    }

    private int Source(int id) => _uses.Same(_graph.Arguments(id)[0]);
}
