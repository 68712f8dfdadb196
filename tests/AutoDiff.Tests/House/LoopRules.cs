using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace AutoDiff.Tests.House;

/// <summary>How the kernels' loops are compiled: a hot caller that takes one in spoils it.</summary>
public sealed class LoopRules
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    [Fact]
    public void No_caller_takes_a_loop_over_vectors_in()
    {
        var loops = Methods()
            .Where(method => Has(method, MethodImplAttributes.AggressiveOptimization) || IsLoopOverVectors(method))
            .ToArray();
        Assert.Contains(loops, method => method.DeclaringType == typeof(MatrixTile<,,>));
        Assert.Contains(loops, method => method.DeclaringType == typeof(MapLoops));
        Assert.Contains(loops, method => method.DeclaringType == typeof(FoldLoops<>));
        var open = loops
            .Where(method => !Has(method, MethodImplAttributes.NoInlining))
            .Select(method => $"{method.DeclaringType}.{method.Name}")
            .ToArray();
        Assert.True(open.Length == 0, $"callers may take in {string.Join(", ", open)}: mark them NoInlining");
    }

    private static IEnumerable<MethodInfo> Methods() =>
        typeof(MatrixTile<,,>)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetMethods(
                    BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            );

    private static bool Has(MethodInfo method, MethodImplAttributes attribute) => method.MethodImplementationFlags.HasFlag(attribute);

    /// <summary>Whether a method jumps back and has locals that are vectors. One that is always inlined is judged where it is.</summary>
    private static bool IsLoopOverVectors(MethodInfo method) =>
        !Has(method, MethodImplAttributes.AggressiveInlining)
        && method.GetMethodBody() is { } body
        && body.LocalVariables.Any(local => IsVector(local.LocalType))
        && JumpsBack(body.GetILAsByteArray()!);

    private static bool IsVector(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name is "TVector" or "TPacked";
        var name = type.Name;
        return name.StartsWith("Packed", StringComparison.Ordinal)
            || (type.Namespace == typeof(Vector256).Namespace && name.StartsWith("Vector", StringComparison.Ordinal));
    }

    private static bool JumpsBack(byte[] code)
    {
        for (var at = 0; at < code.Length; )
        {
            var operation = Codes[code[at] == 0xFE ? BitConverter.ToInt16([code[at + 1], 0xFE]) : code[at]];
            at += operation.Size;
            var size = operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
            if (operation.OperandType == OperandType.ShortInlineBrTarget && (sbyte)code[at] < 0)
                return true;
            if (operation.OperandType == OperandType.InlineBrTarget && BitConverter.ToInt32(code, at) < 0)
                return true;
            at += size;
        }
        return false;
    }
}
