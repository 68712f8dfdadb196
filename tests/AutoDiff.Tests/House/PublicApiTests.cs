using System.Globalization;
using System.Reflection;

namespace AutoDiff.Tests.House;

/// <summary>A change of the public API shows as a change of PublicApi.txt.</summary>
public class PublicApiTests
{
    [Fact]
    public void IsWhatWasReviewed()
    {
        var actual = string.Join('\n', HouseRules.Libraries.SelectMany(Lines)) + "\n";
        var reviewed = Repository.Read("tests", "AutoDiff.Tests", "House", "PublicApi.txt").ReplaceLineEndings("\n");
        if (actual == reviewed)
            return;
        var received = Path.Combine(AppContext.BaseDirectory, "PublicApi.received.txt");
        File.WriteAllText(received, actual);
        var lines = reviewed.Split('\n');
        var now = actual.Split('\n');
        Assert.Fail(
            $"The public API differs from tests/AutoDiff.Tests/House/PublicApi.txt; where that is meant, copy {received} over it.\n"
                + string.Join('\n', now.Except(lines).Select(line => $"+ {line}").Concat(lines.Except(now).Select(line => $"- {line}")))
        );
    }

    private static IEnumerable<string> Lines(Assembly library) =>
        library
            .GetExportedTypes()
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Prepend(Name(type)));

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not Type && !member.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)))
            .Where(member =>
                member is not MethodInfo { IsSpecialName: true } method || method.Name.StartsWith("op_", StringComparison.Ordinal)
            )
            .Select(member => string.Create(CultureInfo.InvariantCulture, $"{Name(type)}: {Describe(member)}"));

    private static string Describe(MemberInfo member) =>
        member switch
        {
            MethodInfo method => $"{Name(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().Select(Parameter))})",
            ConstructorInfo constructor => $"new({string.Join(", ", constructor.GetParameters().Select(Parameter))})",
            PropertyInfo property => $"{Name(property.PropertyType)} {property.Name}",
            FieldInfo field => $"{Name(field.FieldType)} {field.Name}",
            _ => member.ToString()!,
        };

    private static string Parameter(ParameterInfo parameter) =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}";

    private static string Name(Type type) =>
        !type.IsGenericType
            ? (type.IsGenericParameter || type.Namespace is "System" ? type.Name : type.ToString())
            : $"{type.Namespace}.{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
}
