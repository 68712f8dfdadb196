using System.Collections.Immutable;
using System.Diagnostics;

namespace AutoDiff;

internal sealed partial class PlanBuilder<T>
{
    /// <summary>What is read where it lies, by node: only products read it.</summary>
    private readonly Dictionary<int, Folded> _folded = [];

    public View? Of(Op.Reshape op, Node at)
    {
        if (Argument(at.Id, 0).Reshape(op.To) is { } view)
            return view;
        if (_folds.IsOnlyMultiplied(at.Id) && Folded.Of(Argument(at.Id, 0), op.To) is { } folded)
        {
            _folded.Add(at.Id, folded);
            return null;
        }
        return Contiguous(at.Id, 0).Reshape(op.To)!;
    }

    public View? Of(Op.Transpose op, Node at) => _views[Source(at.Id, 0)]?.Transpose(op.Permutation, at.Shape);

    public View? Of(Op.MatMul op, Node at)
    {
        var (left, right) = (Source(at.Id, 0), Source(at.Id, 1));
        if (_folded.TryGetValue(right, out var folded) && at.Shape[-2] > 1 && folded.Layout.Rows.Length <= FoldedProduct<T>.MostDepth)
        {
            var y = Whole(at);
            Emit(at.Id, new FoldedProductStep<T>(Matrix(left), folded, y.Storage));
            return y;
        }
        if (
            IsTurnedFold(right)
            && at.Shape[-2] > 1
            && (_folded.GetValueOrDefault(left) ?? Folded.Of(Matrix(left), _graph.Nodes[left].Shape)) is { Layout.RowStep: not null } rows
        )
        {
            var turned = _folded[Source(right, 0)];
            var y = New(at.Shape.Size, at.Id);
            Emit(at.Id, new FoldedTransposedStep<T>(rows, turned, y));
            var strides = View.RowMajor(at.Shape);
            (strides[^2], strides[^1]) = (1, at.Shape[-2]);
            return new(y, 0, at.Shape, strides);
        }
        var product = Whole(at);
        Emit(at.Id, new MatMulStep<T>(Matrix(left), Matrix(right), null, product.Storage));
        return product;
    }

    /// <summary>Whether a node is the transpose of what is read where it lies.</summary>
    private bool IsTurnedFold(int id) => _graph.Nodes[id] is Apply { Op: Op.Transpose } && _folded.ContainsKey(Source(id, 0));

    /// <summary>Whether a node is computed with a later one.</summary>
    private bool IsAbsorbed(int id) => _additions.IsAbsorbed(id) || _folds.IsAbsorbed(id) || _ties.IsAbsorbed(id);

    /// <summary>The sum of overlapping windows that a product makes, added where they lie; null where the windows are laid out.</summary>
    private View? Overlapped(Node at)
    {
        var chain = _folds.ChainFrom(at.Id);
        if (chain.IsEmpty)
            return null;
        var (product, y) = (chain[^1], Whole(at));
        var shape = _graph.Nodes[product].Shape;
        var (left, right) = (Matrix(Source(product, 0)), Source(product, 1));
        if (
            left.Shape[-1] is > 0 and <= FoldedProduct<T>.MostDepth
            && Windows(chain, y) is var windows
            && Folded.Of(windows, shape) is { } sums
            && (_folded.GetValueOrDefault(right) ?? Folded.Of(Matrix(right), _graph.Nodes[right].Shape)) is { } factor
        )
        {
            Emit(at.Id, new FillStep<T>(y.Storage, T.Zero));
            Emit(at.Id, new FoldedAddStep<T>(left, factor, sums, Folded.Unit(windows, shape)));
            return y;
        }
        for (var i = chain.Length - 1; i > 0; i--)
            Add(chain[i]);
        return null;
    }

    /// <summary>Where in a sum the elements of what is added lie: through the nodes from the sum down to the product's reshape.</summary>
    private View Windows(ImmutableArray<int> chain, View sum)
    {
        foreach (var id in chain[..^2])
        {
            var source = _graph.Nodes[Source(id, 0)].Shape;
            sum = ((Apply)_graph.Nodes[id]).Op switch
            {
                Op.OverlapAdd op => sum.Windows(new Op.Windows(op.Axis, source[-1], op.Stride, op.Dilation), source),
                Op.Transpose op => sum.Transpose(Ints.From(source.Rank, axis => op.Permutation.AsSpan().IndexOf(axis)), source),
                _ => throw new UnreachableException(),
            };
        }
        return sum;
    }

    /// <summary>A product's operand as a view: a copy of what would else be read where it lies.</summary>
    private View Matrix(int id) =>
        _views[id] ??= ((Apply)_graph.Nodes[id]).Op switch
        {
            Op.Transpose op => Matrix(Source(id, 0)).Transpose(op.Permutation, _graph.Nodes[id].Shape),
            _ => Contiguous(id, 0).Reshape(_graph.Nodes[id].Shape)!,
        };

    private int Source(int id, int index) => _uses.Same(_graph.Arguments(id)[index]);
}
