using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoDiff.Generators;

/// <summary>Finds keys that are drawn from more than once.</summary>
internal static class Draws
{
    /// <summary>Each draw from a local or parameter that another draw, which may come before it in the same run, was made from; with that key.</summary>
    public static IEnumerable<(IInvocationOperation Draw, ISymbol Key)> Repeated(ImmutableArray<IOperation> blocks, Library library)
    {
        foreach (var block in blocks)
        {
            var all = block.DescendantsAndSelf().ToList();
            var draws = all.OfType<IInvocationOperation>()
                .Where(call => IsDraw(call, library))
                .GroupBy(KeyOf, SymbolEqualityComparer.Default);
            foreach (var draw in draws)
            {
                // A key that is set again may be another one at each draw.
                if (draw.Key is null || all.Exists(operation => Sets(operation, draw.Key)))
                    continue;
                var calls = draw.ToList();
                for (var i = 0; i < calls.Count; i++)
                {
                    var call = calls[i];
                    if (calls.Take(i).Any(earlier => !Excludes(earlier, call)) || IsRepeated(call, draw.Key, library))
                        yield return (call, draw.Key);
                }
            }
        }
    }

    private static bool IsDraw(IInvocationOperation call, Library library) =>
        call.TargetMethod.Name
            is "Uniform"
                or "Normal"
                or "TruncatedNormal"
                or "Bernoulli"
                or "Rademacher"
                or "Orthogonal"
                or "Exponential"
                or "Gamma"
                or "Categorical"
                or "Integer"
                or "Integers"
                or "Permutation"
                or "Choice"
        && library.IsKey(call.TargetMethod.ContainingType);

    private static ISymbol? KeyOf(IInvocationOperation call) =>
        call.Instance switch
        {
            ILocalReferenceOperation reference => reference.Local,
            IParameterReferenceOperation reference => reference.Parameter,
            _ => null,
        };

    private static bool Sets(IOperation operation, ISymbol key)
    {
        var targets = operation switch
        {
            IDeconstructionAssignmentOperation deconstruction => deconstruction.Target.DescendantsAndSelf(),
            IAssignmentOperation assignment => [assignment.Target],
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => [argument.Value],
            _ => [],
        };
        return targets.Any(target =>
            target switch
            {
                ILocalReferenceOperation reference => !reference.IsDeclaration
                    && SymbolEqualityComparer.Default.Equals(reference.Local, key),
                IParameterReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, key),
                _ => false,
            }
        );
    }

    /// <summary>Whether a run that makes the earlier draw cannot come to the later, as far as is seen: other branches, a way out between, other functions.</summary>
    private static bool Excludes(IOperation earlier, IOperation later)
    {
        var above = new HashSet<IOperation>(Ancestors(later));
        var (meeting, part) = (earlier, earlier);
        while (!above.Contains(meeting))
        {
            if (Leaves(meeting) || IsFunction(meeting))
                return true;
            (part, meeting) = (meeting, meeting.Parent!);
        }
        var other = later;
        while (other.Parent != meeting)
        {
            if (IsFunction(other))
                return true;
            other = other.Parent!;
        }
        return meeting switch
        {
            IConditionalOperation choice => part != choice.Condition && other != choice.Condition,
            ISwitchOperation choice => part != choice.Value,
            ISwitchExpressionOperation choice => part != choice.Value,
            _ => IsFunction(other),
        };
    }

    private static bool IsFunction(IOperation operation) => operation is IAnonymousFunctionOperation or ILocalFunctionOperation;

    /// <summary>Whether what follows is not reached any more; where a loop is given, the loop is left.</summary>
    private static bool Leaves(IOperation operation, ILoopOperation? loop = null) =>
        operation switch
        {
            IReturnOperation => operation.Kind is not OperationKind.YieldReturn,
            IThrowOperation => true,
            IBranchOperation branch => loop is null
                || branch.BranchKind is BranchKind.GoTo
                || SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel),
            IBlockOperation block => block.Operations.LastOrDefault() is { } last && Leaves(last, loop),
            _ => false,
        };

    /// <summary>Whether the draw is in a loop, or in a lambda that LINQ runs for each element, and the key comes from outside of it.</summary>
    private static bool IsRepeated(IOperation call, ISymbol key, Library library)
    {
        IOperation part = call;
        foreach (var ancestor in Ancestors(call))
        {
            if (ancestor is IAnonymousFunctionOperation lambda)
                return Lambdas.Receiver(lambda) is { } receiver && library.RunsForEach(receiver.TargetMethod) && !Declares(lambda, key);
            if (ancestor is ILocalFunctionOperation)
                return false;
            if (ancestor is ILoopOperation loop && RunsAgain(loop, part, call))
                return !Declares(loop, key);
            part = ancestor;
        }
        return false;
    }

    /// <summary>What stands in a loop's head and is computed once, as the collection of a foreach, is not repeated; nor is what leaves the loop.</summary>
    private static bool RunsAgain(ILoopOperation loop, IOperation part, IOperation call) =>
        !(loop is IForEachLoopOperation each && part == each.Collection)
        && !(loop is IForLoopOperation counted && counted.Before.Contains(part))
        && !Ancestors(call).TakeWhile(ancestor => ancestor != loop).Any(ancestor => Leaves(ancestor, loop));

    private static bool Declares(IOperation around, ISymbol key) =>
        key.DeclaringSyntaxReferences.Any(reference =>
            around.Syntax.SyntaxTree == reference.SyntaxTree && around.Syntax.Span.Contains(reference.Span)
        );

    private static IEnumerable<IOperation> Ancestors(IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null; ancestor = ancestor.Parent)
            yield return ancestor;
    }
}
