namespace AutoDiff;

internal sealed partial class Reference
{
    /// <summary>A loop step by step.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="x">Its arguments' elements.</param>
    /// <param name="step">(number of the slice, inputs of the body) → its outputs.</param>
    public static double[] Scan(Loop loop, double[][] x, Func<int, double[][], double[][]> step)
    {
        var result = new double[loop.Packed.Size];
        var inputs = (double[][])x.Clone();
        for (var done = 0; done < loop.Length; done++)
        {
            var i = loop.Reverse ? loop.Length - 1 - done : done;
            for (var k = 0; k < loop.Slices.Length; k++)
            {
                var (at, size) = (loop.InvariantCount + loop.CarryCount + k, loop.Slices[k].Shape.Size);
                inputs[at] = x[at][(i * size)..((i + 1) * size)];
            }
            var outputs = step(i, inputs);
            outputs.AsSpan(0, loop.CarryCount).CopyTo(inputs.AsSpan(loop.InvariantCount));
            for (var k = loop.CarryCount; k < outputs.Length; k++)
                outputs[k].CopyTo(result, loop.Start(k) + (i * outputs[k].Length));
        }
        for (var k = 0; k < loop.CarryCount; k++)
            inputs[loop.InvariantCount + k].CopyTo(result, loop.Start(k));
        return result;
    }

    /// <summary>A loop step by step, until it says that it ends.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="x">Its arguments' elements.</param>
    /// <param name="step">(number of the step, inputs of the body) → its outputs.</param>
    public static double[] While(WhileLoop loop, double[][] x, Func<int, double[][], double[][]> step)
    {
        var (again, inputs) = (x[0][0], x[1..]);
        for (var i = 0; again != 0; i++)
        {
            var outputs = step(i, inputs);
            again = outputs[0][0];
            outputs.AsSpan(1).CopyTo(inputs.AsSpan(loop.InvariantCount));
        }
        return [.. inputs[loop.InvariantCount..].SelectMany(carry => carry)];
    }

    /// <summary>The branch that is taken.</summary>
    /// <param name="branches">The branches.</param>
    /// <param name="x">The arguments' elements.</param>
    /// <param name="evaluate">(name of the branch, branch, its inputs) → its outputs.</param>
    public static double[] Cond(Branches branches, double[][] x, Func<string, Body, double[][], double[][]> evaluate)
    {
        var (name, body) = branches.Chosen(x[0][0]);
        return [.. evaluate(name, body, x[1..]).SelectMany(output => output)];
    }
}
