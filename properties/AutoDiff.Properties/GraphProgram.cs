using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AutoDiff.Properties;

/// <summary>A random function as data: a list of instructions, each over earlier values.</summary>
/// <param name="Instructions">In order; the last one's value is the result.</param>
public sealed partial record GraphProgram(ImmutableArray<Instruction> Instructions)
{
    private const int LargestSize = 24;

    /// <summary>The function; total, so that any instruction can be dropped.</summary>
    public Tensor Build(Tensor x) => Values(x)[^1];

    /// <summary>The argument and the value of each instruction.</summary>
    public IReadOnlyList<Tensor> Values(Tensor x)
    {
        var values = new List<Tensor> { x };
        foreach (var instruction in Instructions)
            values.Add(Next(values, instruction));
        return values;
    }

    /// <summary>The program as text, with the shapes that it has for an input of the given shape.</summary>
    public string Print(Shape shape)
    {
        var text = new StringBuilder($"\n  v0 : {shape}\n");
        var values = new List<Tensor> { new Input(shape, "x") };
        foreach (var instruction in Instructions)
        {
            var (left, right) = Operands(values.Count, instruction);
            values.Add(Next(values, instruction));
            text.Append(
                CultureInfo.InvariantCulture,
                $"  v{values.Count - 1} = {instruction.Step.Name}(v{left}, v{right}, {instruction.Parameter}) : {values[^1].Shape}\n"
            );
        }
        return text.ToString();
    }

    /// <summary>The program that <see cref="Print"/> printed: by the steps' names, so that it stays when steps are added.</summary>
    /// <exception cref="FormatException">A step has no such name, or reads a value that is not computed before.</exception>
    public static GraphProgram Parse(string text)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        foreach (Match line in Line().Matches(text))
        {
            var count = instructions.Count + 1;
            var (name, left, right) = (line.Groups["step"].Value, Number("left"), Number("right"));
            var step = Steps.All.SingleOrDefault(step => step.Name.Equals(name, StringComparison.Ordinal));
            if (step is null || Number("result") != count || left >= count || right >= count)
                throw new FormatException($"[GraphProgram] got \"{line.Value.Trim()}\"; expected v{count} = a step of earlier values");
            instructions.Add(new(step, count - 1 - left, count - 1 - right, Number("parameter")));

            int Number(string group) => int.Parse(line.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        }
        return new(instructions.ToImmutable());
    }

    /// <summary>Programs without one instruction, or with one made simpler.</summary>
    public IEnumerable<GraphProgram> Shrink()
    {
        for (var i = Instructions.Length - 1; i >= 0; i--)
            yield return new(Instructions.RemoveAt(i));
        for (var i = 0; i < Instructions.Length; i++)
        {
            var instruction = Instructions[i];
            if (instruction.Parameter > 0)
                yield return new(Instructions.SetItem(i, instruction with { Parameter = 0 }));
            if (instruction.Left + instruction.Right > 0)
                yield return new(Instructions.SetItem(i, instruction with { Left = 0, Right = 0 }));
            if (!ReferenceEquals(instruction.Step, Steps.All[0]))
                yield return new(Instructions.SetItem(i, instruction with { Step = Steps.All[0] }));
        }
    }

    private static Tensor Next(List<Tensor> values, Instruction instruction)
    {
        var (left, right) = Operands(values.Count, instruction);
        var value = instruction.Step.Build(values[left], values[right], instruction.Parameter);
        while (value.Shape.Size > LargestSize)
            value = Ops.Mean(value, 0);
        return value;
    }

    private static (int Left, int Right) Operands(int count, Instruction instruction) =>
        (count - 1 - (instruction.Left % count), count - 1 - (instruction.Right % count));

    [GeneratedRegex(
        @"^ *v(?<result>\d+) = (?<step>.+)\(v(?<left>\d+), v(?<right>\d+), (?<parameter>\d+)\)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Line();
}
