using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators;

/// <summary>Warns of uses of tensors and keys that compile and do something else than they say.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisuseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [Misuses.Equality, Misuses.ValueWhileTracing, Misuses.UnusedResult, Misuses.KeyReuse];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (Library.Of(start.Compilation) is not { } library)
                return;
            start.RegisterOperationAction(operation => Compared(operation, library), OperationKind.Binary);
            start.RegisterOperationAction(operation => Called(operation, library), OperationKind.Invocation);
            start.RegisterOperationAction(operation => Stated(operation, library), OperationKind.ExpressionStatement);
            start.RegisterOperationBlockAction(block => Drawn(block, library));
        });
    }

    private static void Compared(OperationAnalysisContext context, Library library)
    {
        var comparison = (IBinaryOperation)context.Operation;
        if (
            comparison.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
            && !IsNull(comparison.LeftOperand)
            && !IsNull(comparison.RightOperand)
            // Cast to object, the operands ask for what they get.
            && comparison.OperatorMethod is { } method
            && method.Parameters.All(parameter => library.ComparesNodes(parameter.Type))
        )
            context.ReportDiagnostic(
                Diagnostic.Create(
                    Misuses.Equality,
                    comparison.Syntax.GetLocation(),
                    comparison.OperatorKind is BinaryOperatorKind.Equals ? "'=='" : "'!='",
                    Shown(method.Parameters[0].Type)
                )
            );
    }

    private static void Called(OperationAnalysisContext context, Library library)
    {
        var call = (IInvocationOperation)context.Operation;
        // A tree's own equality is made of that of its parts.
        if (
            context.ContainingSymbol.Name is not nameof(Equals)
            && ComparedTypes(call) is var (left, right)
            && (library.ComparesNodes(left) || library.ComparesNodes(right))
        )
            context.ReportDiagnostic(
                Diagnostic.Create(
                    Misuses.Equality,
                    call.Syntax.GetLocation(),
                    "'Equals'",
                    Shown((library.ComparesNodes(left) ? left : right)!)
                )
            );
        if (Tracing.Of(call, library) is { } tracer)
            context.ReportDiagnostic(
                Diagnostic.Create(Misuses.ValueWhileTracing, call.Syntax.GetLocation(), call.TargetMethod.Name, tracer.Name)
            );
    }

    private static void Stated(OperationAnalysisContext context, Library library)
    {
        // The body of a lambda that is one expression is not written as a statement: who calls it may want what it throws.
        if (
            context.Operation
                is { Syntax: ExpressionStatementSyntax }
                    and IExpressionStatementOperation { Operation: IInvocationOperation call }
            && library.IsPure(call.TargetMethod)
            && !EndsAttempt(context.Operation)
        )
            context.ReportDiagnostic(Diagnostic.Create(Misuses.UnusedResult, call.Syntax.GetLocation(), call.TargetMethod.Name));
    }

    /// <summary>Whether a statement is the last of a try block whose exceptions are caught: it may be there for what it throws.</summary>
    private static bool EndsAttempt(IOperation statement) =>
        statement.Parent is IBlockOperation { Parent: ITryOperation { Catches.IsEmpty: false } attempt } block
        && block == attempt.Body
        && block.Operations.Last() == statement;

    private static void Drawn(OperationBlockAnalysisContext context, Library library)
    {
        foreach (var (draw, key) in Draws.Repeated(context.OperationBlocks, library))
            context.ReportDiagnostic(Diagnostic.Create(Misuses.KeyReuse, draw.Syntax.GetLocation(), key.Name, draw.TargetMethod.Name));
    }

    /// <summary>The types at both sides of a call of <c>Equals</c>; null where it is none, or one side is null.</summary>
    private static (ITypeSymbol? Left, ITypeSymbol? Right)? ComparedTypes(IInvocationOperation call)
    {
        IOperation[] sides = call.TargetMethod switch
        {
            { Name: nameof(Equals), IsStatic: false, Parameters.Length: 1 } when call.Instance is { } instance =>
            [
                instance,
                call.Arguments[0].Value,
            ],
            { Name: nameof(Equals), IsStatic: true, ContainingType.SpecialType: SpecialType.System_Object } =>
            [
                call.Arguments[0].Value,
                call.Arguments[1].Value,
            ],
            _ => [],
        };
        return sides.Length == 0 || sides.Any(IsNull) ? null : (Uncast(sides[0]).Type, Uncast(sides[1]).Type);
    }

    private static string Shown(ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(TypeNames.Short);

    private static bool IsNull(IOperation operand) => Uncast(operand) is { ConstantValue: { HasValue: true, Value: null } };

    private static IOperation Uncast(IOperation operand) =>
        operand is IConversionOperation { IsImplicit: true } conversion ? Uncast(conversion.Operand) : operand;
}
