using System.Diagnostics;

namespace AutoDiff;

/// <summary>A graph evaluated in double precision with every inexact result moved, up or down as a seed decides, at least as far as it can err.</summary>
/// <remarks>
/// Stochastic arithmetic (Vignes 1974; Parker 1997): results of several seeds scatter as widely as rounding errors reach. Arithmetic moves by twice the error it can
/// have, an elementary function by four units in its last place; sums run term after term, which no order of the plans' sums is worse than in practice. Exact results stay.
/// </remarks>
public sealed class RoundedEvaluation
{
    private const int Lanes = 4;

    private readonly Graph _graph;
    private readonly RandomRounding _rounding;

    private RoundedEvaluation(Graph graph, RandomRounding rounding) => (_graph, _rounding) = (graph, rounding);

    /// <summary>The elements of each output, row by row, each array the caller's own; equal seeds give equal bits.</summary>
    /// <param name="graph">What to evaluate.</param>
    /// <param name="inputs">The elements of each input, row by row; read only.</param>
    /// <param name="seed">What decides the ways.</param>
    /// <exception cref="ArgumentException">The inputs do not fit the graph.</exception>
    public static double[][] Evaluate(Graph graph, ReadOnlySpan<double[]> inputs, ulong seed) =>
        Reference.Evaluate(graph, inputs, instead: new RoundedEvaluation(graph, new RandomRounding(SplitMix64.Mix(seed))).Value);

    private double[]? Value(int id, double[]?[] values)
    {
        if (_graph.Nodes[id] is not Apply node)
            return null;
        var x = Reference.Arguments(_graph, id, values);
        return node.Op.Facts.Kind switch
        {
            OpKind.Map => Map(node.Op, x[0]),
            OpKind.Zip => Zip(((Op.Zip)node.Op).Function, x[0], x[1]),
            OpKind.Reduction => Reduce((Op.Reduce)node.Op, node, x[0]),
            OpKind.Product when node.Op is Op.MatMul => MatMul(x[0], x[1], node.Shape, node.Arguments[0].Shape[-1]),
            OpKind.Product => throw new UnreachableException(),
            OpKind.Matrix => ByBackwardError(node, x),
            OpKind.Sums when node.Op is Op.Fft => Fourier(node, x[0]),
            OpKind.Sums => ByMagnitude(node, x),
            OpKind.Callback => Array.ConvertAll(Reference.Value(node, x), _rounding.Function),
            OpKind.Position when node.Op is Op.Gamma => Array.ConvertAll(Reference.Value(node, x), value => Function(value, value == 0)),
            OpKind.Control => Control(node.Op, x),
            // These choose, move or compare elements, and round nothing.
            OpKind.Select or OpKind.Position or OpKind.Moves or OpKind.Pad or OpKind.Barrier or OpKind.Rule => null,
        };
    }

    /// <summary>Each step moved anew.</summary>
    private double[] Control(Op op, double[][] x)
    {
        return op switch
        {
            Op.Scan(var loop) => Reference.Scan(loop, x, (_, inputs) => Inside(loop.Body, inputs)),
            Op.While(var loop) => Reference.While(loop, x, (_, inputs) => Inside(loop.Body, inputs)),
            Op.Cond(var branches) => Reference.Cond(branches, x, (_, body, inputs) => Inside(body, inputs)),
            _ => throw new UnreachableException(),
        };

        double[][] Inside(Body body, double[][] inputs) =>
            Reference.Evaluate(body.Graph, inputs, instead: new RoundedEvaluation(body.Graph, _rounding).Value);
    }

    /// <summary>The error of one operation is known; what else is inexact may err as elementary functions do.</summary>
    private double[]? Map(Op op, double[] x)
    {
        var row = Unaries.Of(op);
        if (row.IsExact)
            return null;
        return op switch
        {
            Op.Map(Unary.Square) => Array.ConvertAll(x, value => _rounding.Multiply(value, value)),
            Op.Map(Unary.Reciprocal) => Array.ConvertAll(x, value => _rounding.Divide(1, value)),
            Op.Map(Unary.Sqrt) => Array.ConvertAll(x, _rounding.Sqrt),
            _ => Array.ConvertAll(x, value => Function(row.Value(value), value == 0)),
        };
    }

    private double[]? Zip(Binary function, double[] x, double[] y)
    {
        var row = Binaries.Of(function);
        if (row.Kind == BinaryKind.Choice)
            return null;
        var z = new double[x.Length];
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = function switch
            {
                Binary.Add => _rounding.Add(x[i], y[i]),
                Binary.Subtract => _rounding.Add(x[i], -y[i]),
                Binary.Multiply => _rounding.Multiply(x[i], y[i]),
                Binary.Divide => _rounding.Divide(x[i], y[i]),
                _ => Function(row.Value(x[i], y[i]), x[i] is 0 or 1 || y[i] is 0 or 1),
            };
        }
        return z;
    }

    private double[]? Reduce(Op.Reduce op, Apply node, double[] x)
    {
        var (row, size) = (Reductions.Of(op.Kind), node.Shape.Size);
        var target = Reference.Targets(op.Axes, node.Arguments[0].Shape, node.Shape);
        return row.Kind switch
        {
            ReductionKind.Sum => Sum(x, target, size),
            ReductionKind.Choice => null,
            ReductionKind.Fold => Fold(row.Fold!, x, target, size),
            ReductionKind.LogSumExp => LogSumExp(x, target, size),
        };
    }

    private double[] Fold(ReductionFold fold, double[] x, int[] target, int size)
    {
        var y = new double[size];
        Array.Fill(y, fold.Start);
        for (var i = 0; i < x.Length; i++)
            y[target[i]] = Function(fold.Value(y[target[i]], x[i]), y[target[i]] is 0 or 1 || x[i] is 0 or 1);
        return y;
    }

    /// <summary>A value moved, but for the whole numbers that elementary functions take at 0 and powers at 0 and 1.</summary>
    private double Function(double value, bool special) => special && Math.Abs(value) is 0 or 1 ? value : _rounding.Function(value);

    private double[] Sum(double[] x, int[] target, int size)
    {
        var y = new double[size];
        for (var i = 0; i < x.Length; i++)
            y[target[i]] = _rounding.Add(y[target[i]], x[i]);
        return y;
    }

    private double[] LogSumExp(double[] x, int[] target, int size)
    {
        var largest = new double[size];
        Array.Fill(largest, double.NegativeInfinity);
        for (var i = 0; i < x.Length; i++)
            largest[target[i]] = Math.Max(largest[target[i]], x[i]);
        var powers = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var difference = _rounding.Add(x[i], -largest[target[i]]);
            powers[i] = Function(Math.Exp(difference), difference == 0);
        }
        var sums = Sum(powers, target, size);
        for (var i = 0; i < size; i++)
            sums[i] = double.IsInfinity(largest[i]) ? largest[i] : _rounding.Add(largest[i], Function(Math.Log(sums[i]), sums[i] == 1));
        return sums;
    }

    private double[] MatMul(double[] x, double[] y, Shape to, int inner)
    {
        var (m, n) = (to[-2], to[-1]);
        var z = new double[to.Size];
        // Rows of whole registers: zeros that are added change nothing.
        var width = (n + Lanes - 1) / Lanes * Lanes;
        var terms = Padded(y, n, width);
        var sums = new double[width];
        for (var row = 0; row < z.Length / Math.Max(n, 1); row++)
        {
            Array.Clear(sums);
            for (var k = 0; k < inner; k++)
            {
                var factor = x[(row * inner) + k];
                if (factor != 0)
                    _rounding.AddProducts(factor, terms.AsSpan(((row / m * inner) + k) * width, width), sums);
            }
            sums.AsSpan(0, n).CopyTo(z.AsSpan(row * n, n));
        }
        return z;
    }

    /// <summary>A function of whole matrices of arguments that are moved as far as its backward error reaches, √n units, the result by one; where nothing is differentiable it holds positions and stays.</summary>
    private double[] ByBackwardError(Apply node, double[][] x)
    {
        var row = MatrixFunctions.Of(((Op.Matrix)node.Op).Function);
        double[][] moved = [.. x.Select((elements, i) => Moved(elements, node.Arguments[i].Shape, row.IsSubstitution))];
        var y = Reference.Value(node, moved);
        return row.Facts.Differentiable == Arguments.None ? y : Array.ConvertAll(y, value => value == 0 ? value : _rounding.Move(value, 1));
    }

    /// <summary>Each element moved by √n units relative to itself, or to the size of the row and the column that it is in.</summary>
    private double[] Moved(double[] x, Shape shape, bool relativeToItself)
    {
        var (rows, columns) = (shape[-2], shape[-1]);
        var units = (int)Math.Ceiling(Math.Sqrt(Math.Max(rows, columns)));
        if (relativeToItself)
            return Array.ConvertAll(x, value => value == 0 ? value : _rounding.Move(value, units));
        var moved = new double[x.Length];
        for (var start = 0; start < x.Length; start += rows * columns)
        {
            var matrix = new PlainMatrix(x.AsSpan(start, rows * columns).ToArray(), rows, columns);
            for (var (i, at) = (0, start); i < rows; i++)
            {
                for (var j = 0; j < columns; j++, at++)
                {
                    var scale = Math.Sqrt(matrix.Row(i).Max(Math.Abs) * matrix.Column(j).Max(Math.Abs));
                    var way = Math.Sign(_rounding.Move(x[at], 1) - x[at]);
                    moved[at] = scale == 0 ? x[at] : x[at] + (way * Math.Abs(_rounding.Move(scale, units) - scale));
                }
            }
        }
        return moved;
    }

    /// <summary>Rows of n elements with zeros behind them, up to a width.</summary>
    private static double[] Padded(double[] rows, int n, int width)
    {
        if (n == width)
            return rows;
        var padded = new double[rows.Length / n * width];
        for (var row = 0; row < rows.Length / n; row++)
            rows.AsSpan(row * n, n).CopyTo(padded.AsSpan(row * width));
        return padded;
    }

    /// <summary>Transforms of n elements moved by log₂ n units of their rows' norms, as far as a fast transform errs.</summary>
    private double[] Fourier(Apply node, double[] x)
    {
        var (y, length) = (Reference.Value(node, [x]), node.Shape[-1]);
        var units = (int)Math.Ceiling(Math.Log2(Math.Max(1, length)));
        for (var start = 0; start < y.Length && units > 0; start += 2 * length)
        {
            var size = VectorLoops.Norm(x.AsSpan(start, 2 * length));
            for (var i = start; i < start + (2 * length) && size > 0; i++)
                y[i] += _rounding.Move(size, units) - size;
        }
        return y;
    }

    /// <summary>Sums moved by √k units of the sum of their k terms' magnitudes, as far as a walk of that many steps goes; zeros are no terms, and a sum of one is that term.</summary>
    private double[] ByMagnitude(Apply node, double[][] x)
    {
        var (sums, sizes, counts) = (Of(value => value), Of(Math.Abs), Of(value => value == 0 ? 0 : 1));
        for (var i = 0; i < sums.Length; i++)
        {
            if (counts[i] > 1)
                sums[i] += _rounding.Move(sizes[i], (int)Math.Ceiling(Math.Sqrt(counts[i]))) - sizes[i];
        }
        return sums;

        double[] Of(Converter<double, double> term) =>
            Reference.Value(node, [.. x.Select((values, i) => node.Op.Facts.Reaches(i) ? Array.ConvertAll(values, term) : values)]);
    }
}
