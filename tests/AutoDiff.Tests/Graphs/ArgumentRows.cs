using System.Reflection;

namespace AutoDiff.Tests.Graphs;

/// <summary>Valid arguments: by method and parameter where it matters, else by parameter's name, else by its type. An argument that none gives fails the test.</summary>
internal static class ArgumentRows
{
    private static readonly Tensor Image = ArgumentValues.Filled(2, 3, 5, 6);
    private static readonly Tensor Matrix = ArgumentValues.Filled(4, 6);
    private static readonly Func<Tensor, Tensor> Loss = x => Ops.Sum(Ops.Square(x));

    private static readonly Dictionary<string, object?> Rows = new(StringComparer.Ordinal)
    {
        ["Reshape.shape"] = new[] { 3, -1 },
        ["ReshapeTo.shape"] = Shape.Of(6, 4),
        ["Transpose.axes"] = new[] { 1, 0 },
        ["BroadcastTo.shape"] = Shape.Of(2, 4, 6),
        ["KeepAxes.reduced"] = ArgumentValues.Filled(4),
        ["KeepAxes.original"] = Shape.Of(4, 6),
        ["KeepAxes.axes"] = new[] { 1 },
        ["Pad.low"] = Ints.Of(1, 0),
        ["Pad.high"] = Ints.Of(0, 2),
        ["Split.lengths"] = Ints.Of(1, 3),
        ["Gather.indices"] = Tensor.Of([0, 3]),
        ["ScatterAdd.updates"] = ArgumentValues.Filled(2, 3),
        ["ScatterAdd.indices"] = Tensor.Of([0, 3]),
        ["ScatterAdd.length"] = 5,
        ["SearchSorted.sorted"] = Tensor.Of([0, 3]),
        ["TakeAlongAxis.indices"] = Tensor.Of([0, 3, 1, 1, 2, 0], 1, 6),
        ["TopK.count"] = 3,
        ["Squeeze.x"] = ArgumentValues.Filled(4, 1, 6),
        ["Repeat.counts"] = Ints.Of(1, 0, 2, 3),
        ["MeshGrid.vectors"] = new[] { ArgumentValues.Filled(2), ArgumentValues.Filled(3) },
        ["Quantile.probability"] = 0.3,
        ["Linspace.start"] = 1.0,
        ["Linspace.end"] = 2.0,
        ["Arange.start"] = 1.0,
        ["Arange.end"] = 2.0,
        ["Arange.step"] = 0.25,
        ["Zeros.lengths"] = new[] { 2, 3 },
        ["Ones.lengths"] = new[] { 2, 3 },
        ["Tri.rows"] = 3,
        ["Tri.columns"] = 4,
        ["Concatenate.second"] = Matrix,
        ["At.indices"] = Tensor.Of([1.0, 0]),
        ["Unstack.tree"] = Matrix,
        ["OneHot.classes"] = Tensor.Of([0, 3]),
        ["Tile.counts"] = new[] { 2, 1 },
        ["Windows.size"] = 2,
        ["OverlapAdd.length"] = 30,
        ["MatMul.right"] = ArgumentValues.Filled(6, 2),
        ["Cholesky.x"] = ArgumentValues.Filled(3, 3),
        ["TriangularSolve.matrix"] = ArgumentValues.Filled(3, 3),
        ["TriangularSolve.right"] = ArgumentValues.Filled(3, 2),
        ["CholeskySolve.factor"] = ArgumentValues.Filled(3, 3),
        ["CholeskySolve.right"] = ArgumentValues.Filled(3, 2),
        ["Solve.matrix"] = ArgumentValues.Filled(3, 3),
        ["Solve.right"] = ArgumentValues.Filled(3, 2),
        ["Inverse.x"] = ArgumentValues.Filled(3, 3),
        ["QR.x"] = ArgumentValues.Filled(4, 3),
        ["Eigh.x"] = ArgumentValues.Filled(3, 3),
        ["MatrixExponential.x"] = ArgumentValues.Filled(3, 3),
        ["Determinant.x"] = ArgumentValues.Filled(3, 3),
        ["LogDeterminant.x"] = ArgumentValues.Filled(3, 3),
        ["Dot.x"] = ArgumentValues.Filled(6),
        ["Dot.y"] = ArgumentValues.Filled(6),
        ["Outer.x"] = ArgumentValues.Filled(6),
        ["Outer.y"] = ArgumentValues.Filled(3),
        ["Convolution.x"] = Image,
        ["Convolution.kernel"] = ArgumentValues.Filled(4, 3, 2, 3),
        ["ConvolutionTranspose.y"] = ArgumentValues.Filled(2, 4, 4, 4),
        ["ConvolutionTranspose.kernel"] = ArgumentValues.Filled(4, 3, 2, 3),
        ["ConvolutionTranspose.height"] = 5,
        ["ConvolutionTranspose.width"] = 6,
        ["ConvolutionKernelTranspose.x"] = Image,
        ["ConvolutionKernelTranspose.y"] = ArgumentValues.Filled(2, 4, 4, 4),
        ["ConvolutionKernelTranspose.rows"] = 2,
        ["ConvolutionKernelTranspose.columns"] = 3,
        ["ConvolutionTranspose.lengths"] = Ints.Of(5, 6),
        ["ConvolutionKernelTranspose.size"] = Ints.Of(2, 3),
        ["InverseRealFft.real"] = ArgumentValues.Filled(2, 3),
        ["InverseRealFft.imaginary"] = ArgumentValues.Filled(2, 3),
        ["InverseRealFft.length"] = 2,
        ["Interpolate.xp"] = Tensor.Of([0.25]),
        ["Interpolate.fp"] = Tensor.Of([3]),
        ["ResizeNearest.x"] = Image,
        ["ResizeNearest.height"] = 7,
        ["ResizeNearest.width"] = 4,
        ["ResizeBilinear.x"] = Image,
        ["ResizeBilinear.height"] = 7,
        ["ResizeBilinear.width"] = 4,
        ["MaxPool.x"] = Image,
        ["AveragePool.x"] = Image,
        ["Einsum.equation"] = "ij,jk->ik",
        ["Einsum.operands"] = new[] { Matrix, ArgumentValues.Filled(6, 2) },
        ["Of.shape"] = new[] { 2, 3 },
        ["Of.values"] = new double[6],
        ["op_Implicit.values"] = new double[6],
        ["Choice.count"] = 9,
        ["Uniform.high"] = 2.0,
        ["Clamp.high"] = 1.0,
        ["Scale.factor"] = Tensor.Of(2),
        ["Axpy.factor"] = Tensor.Of(2),
        ["Map.f"] = (Func<string, Tensor, Tensor>)((_, x) => x * 2),
        ["PolyGamma.n"] = 2,
        ["op_Division.right"] = 2.0,
        ["Unravel.vector"] = ArgumentValues.Filled(24),
        ["Bernoulli.probability"] = 0.5,
        ["Exponential.rate"] = 2.0,
        ["TruncatedNormal.high"] = 2.0,
        ["FromWords.words"] = Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8]),
        ["FoldIn.data"] = Tensor.Of([0.0, 3]),
        ["Fold.step"] = Transforms.Compile((Tensor state, Tensor batch) => state + batch),
        ["Scan.length"] = 3,
        ["Scan.step"] = (Func<Tensor, Tensor, (Tensor, Tensor)>)((s, x) => (s + Ops.Sum(x), s)),
        ["While.condition"] = (Func<Tensor, Tensor>)(x => Ops.Less(Ops.Sum(x), -1e6)),
        ["While.body"] = (Func<Tensor, Tensor>)(x => x - 1),
        ["Cond.whenTrue"] = (Func<Tensor>)(() => Matrix),
        ["Cond.whenFalse"] = (Func<Tensor>)(() => Matrix * 2),
        ["Cond.predicate"] = Tensor.Of(1),
        ["FixedPoint.function"] = (Func<Tensor, Tensor>)Ops.Cos,
        ["CustomRoot.residual"] = (Func<Tensor, Tensor>)Ops.Sin,
        ["CustomRoot.solve"] = (Func<Func<Tensor, Tensor>, Tensor, Tensor>)((_, x) => x * 0),
        ["FixedPoint.tolerance"] = 1e-6,
        ["Fold.batches"] = new[] { Matrix },
        ["PureCallback.shape"] = Shape.Of(),
        ["Fold.each"] = (Func<FoldStep<Tensor, Tensor>, bool>)(_ => true),
        ["Fold.progress"] = null,
        ["Fold.every"] = 1,
        ["Fold.cancellation"] = CancellationToken.None,
    };

    // A distribution's parameters broadcast to its shape.
    private static readonly string[] OfNumbers = ["low", "high", "mean", "standardDeviation", "probability", "rate", "concentration"];

    private static readonly Dictionary<string, object?> Names = new(StringComparer.Ordinal)
    {
        ["axis"] = 0,
        ["operation"] = "Trace",
        ["axes"] = new[] { 1 },
        ["from"] = 0,
        ["to"] = 1,
        ["start"] = 1,
        ["end"] = 3,
        ["step"] = 1,
        ["position"] = 1,
        ["batchAxes"] = 0,
        ["count"] = 5,
        ["take"] = 3,
        ["bound"] = 5,
        ["offset"] = 1,
        ["first"] = 0,
        ["second"] = 1,
        ["shift"] = 2,
        ["size"] = 2,
        ["sizes"] = Ints.Of(2, 2),
        ["stride"] = 1,
        ["padding"] = 0,
        ["dilation"] = 1,
        ["groups"] = 1,
        ["window"] = ConvolutionWindow.Of(2),
        ["chunk"] = 4,
        ["correction"] = 1.0,
        ["order"] = 3.0,
        ["inAxes"] = null,
        ["outAxes"] = null,
        ["firstAxis"] = 0,
        ["secondAxis"] = 0,
        ["thirdAxis"] = null,
        ["outAxis"] = 0,
        ["options"] = null,
        ["name"] = "custom",
        ["checkpointEvery"] = 2,
        ["maxIterations"] = 50,
    };

    public static object? Of(string method, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (method == nameof(Transforms.Scan) && type == typeof(Func<Tensor, (Tensor, Tensor)>))
            return (Func<Tensor, (Tensor, Tensor)>)(x => (x, Loss(x))); // a carry keeps its shape
        if (Rows.TryGetValue($"{method}.{parameter.Name}", out var row) && (row is null || Fits(row, type)))
            return row;
        if (type == typeof(Compiled<Tensor, Tensor, Pair<Tensor, Tensor>>))
            return Transforms.Compile((Tensor state, Tensor batch) => (state + batch, Loss(state)));
        if (type == typeof(Compiled<Tensor, Tensor>))
            return Transforms.Compile((Tensor state) => state + 1);
        if (Names.TryGetValue(parameter.Name!, out var named) && (named is null || Fits(named, type)))
            return named;
        if (type == typeof(Tensor))
            return parameter.Member.DeclaringType == typeof(Key) && OfNumbers.Contains(parameter.Name) ? Tensor.Of([0.25, 0.5, 2]) : Matrix;
        if (type == typeof(ReadOnlySpan<TensorIndex>) || type == typeof(TensorIndex[]))
            return new TensorIndex[] { 1 };
        if (type == typeof(Shape))
            return Shape.Of(2, 3);
        if (type == typeof(double))
            return 0.0;
        if (type == typeof(bool))
            return false;
        if (type == typeof(ulong))
            return 3ul;
        if (type == typeof(UInt128))
            return (UInt128)3;
        if (type == typeof(double[,]))
            return new double[2, 3];
        if (type == typeof(System.Numerics.Tensors.Tensor<double>))
            return System.Numerics.Tensors.Tensor.Create(new double[] { 1, 2 }, [2]);
        if (type == typeof(IReadOnlyList<Tensor>))
            return new[] { Matrix };
        if (type.IsEnum)
            return Enum.ToObject(type, 0);
        return Function(type) ?? throw new InvalidOperationException($"no valid argument for {method}'s {parameter.Name}: add a row");
    }

    /// <summary>Whether a value asks for more work than a test has time for, and rightly gets it.</summary>
    public static bool IsTooLong(ArgumentCall call, int argument, object? value) =>
        call is { Operation: "Fold" } && call.Names[argument] is "count" && value is int.MaxValue;

    /// <summary>What errors of a method begin with: the bare name of an op or transform, that of others with their type's.</summary>
    public static string Operation(MethodInfo method) =>
        method.Name switch
        {
            "op_Addition" => "Add",
            "op_Subtraction" => "Subtract",
            "op_Multiply" => "Multiply",
            "op_Division" => "Divide",
            "op_UnaryNegation" => "Negate",
            "op_LessThan" => "Less",
            "op_GreaterThan" => "Greater",
            "op_LessThanOrEqual" => "LessOrEqual",
            "op_GreaterThanOrEqual" => "GreaterOrEqual",
            "op_Implicit" => "Tensor",
            var name when method.DeclaringType == typeof(Ops) || method.DeclaringType == typeof(Transforms) => name,
            var name => $"{method.DeclaringType!.Name}.{name}",
        };

    /// <summary>A function that a transform gave, called with valid arguments; any other result itself.</summary>
    public static object? Applied(object? result) =>
        result switch
        {
            Func<Tensor, Tensor> function => function(Matrix),
            Func<Tensor, Tensor, Tensor> function => function(Matrix, Matrix),
            Compiled<Tensor, Tensor> compiled => compiled.Invoke(Matrix),
            _ => result,
        };

    private static bool Fits(object value, Type type) =>
        type.IsInstanceOfType(value)
        || Nullable.GetUnderlyingType(type)?.IsInstanceOfType(value) == true
        || (
            value is Array
            && type.IsGenericType
            && type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>)
            && value.GetType().GetElementType() == type.GetGenericArguments()[0]
        );

    private static Delegate? Function(Type type) =>
        type == typeof(Func<Tensor, Tensor>) ? Loss
        : type == typeof(Func<Tensor, Tensor, Tensor>) ? (Func<Tensor, Tensor, Tensor>)((x, y) => x + y)
        : type == typeof(Func<Tensor, (Tensor, Tensor)>) ? (Func<Tensor, (Tensor, Tensor)>)(x => (Loss(x), x))
        : type == typeof(Func<Tensor, (Tensor, Tensor, Tensor)>) ? (Func<Tensor, (Tensor, Tensor, Tensor)>)(x => (Loss(x), x, x))
        : type == typeof(Func<Tensor, Tensor, (Tensor, Tensor)>) ? (Func<Tensor, Tensor, (Tensor, Tensor)>)((x, y) => (x + y, x))
        : type == typeof(Func<Tensor, Tensor, (Tensor, Tensor, Tensor)>)
            ? (Func<Tensor, Tensor, (Tensor, Tensor, Tensor)>)((x, y) => (x + y, x, y))
        : type == typeof(Func<Tensor, Tensor, Tensor, Tensor>) ? (Func<Tensor, Tensor, Tensor, Tensor>)((x, _, g) => 2 * x * g)
        : null;
}
