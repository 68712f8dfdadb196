using System.Linq.Expressions;
using System.Reflection;

namespace AutoDiff.Tests.Graphs;

/// <summary>A public method with valid arguments, and a way to call it with others: spans are given as arrays, trees are tensors.</summary>
internal sealed class ArgumentCall
{
    private readonly Func<object?[], object?> _invoke;

    public ArgumentCall(MethodInfo method)
    {
        var closed = method.IsGenericMethod ? method.MakeGenericMethod([.. method.GetGenericArguments().Select(Argument)]) : method;
        var parameters = closed.GetParameters();
        object?[] own = closed.IsStatic
            ? []
            :
            [
                closed.DeclaringType == typeof(Key) ? Key.Of(1)
                : closed.Name == "Item" ? Tensor.Of(2)
                : ArgumentValues.Filled(2, 3),
            ];
        Types = [.. parameters.Select(parameter => parameter.ParameterType)];
        Names = [.. parameters.Select(parameter => parameter.Name!)];
        Valid = [.. parameters.Select(parameter => ArgumentRows.Of(method.Name, parameter))];
        Operation = ArgumentRows.Operation(method);
        Computes = method.DeclaringType == typeof(Transforms);
        var list = Expression.Parameter(typeof(object?[]));
        var arguments = parameters.Select(
            (parameter, i) => Given(Expression.ArrayIndex(list, Expression.Constant(i)), parameter.ParameterType)
        );
        var call = closed.IsStatic
            ? Expression.Call(closed, arguments)
            : Expression.Call(Expression.Constant(own[0], closed.DeclaringType!), closed, arguments);
        Expression body =
            closed.ReturnType == typeof(void)
                ? Expression.Block(call, Expression.Constant(null))
                : Expression.Convert(call, typeof(object));
        _invoke = Expression.Lambda<Func<object?[], object?>>(body, list).Compile();
    }

    /// <summary>The name that errors begin with.</summary>
    public string Operation { get; }

    /// <summary>Whether it is a transform: these may compute, and may name the transform that they are built of.</summary>
    public bool Computes { get; }

    public Type[] Types { get; }

    public string[] Names { get; }

    public object?[] Valid { get; }

    public object? Invoke(object?[] arguments) => ArgumentRows.Applied(_invoke(arguments));

    private static Type Argument(Type parameter) => parameter.Name is "TElement" ? typeof(double) : typeof(Tensor);

    private static Expression Given(Expression value, Type type)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(ReadOnlySpan<>))
            return Expression.Convert(value, type);
        var array = type.GetGenericArguments()[0].MakeArrayType();
        return Expression.Convert(Expression.Convert(value, array), type, type.GetMethod("op_Implicit", [array]));
    }
}
