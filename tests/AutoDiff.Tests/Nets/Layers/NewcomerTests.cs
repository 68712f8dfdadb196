using AutoDiff;
using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace Newcomer;

/// <summary>Outside the library's own namespaces, with the usings of a first program.</summary>
public class NewcomerTests
{
    private static readonly string[] Implicit =
    [
        "System",
        "System.Collections.Generic",
        "System.IO",
        "System.Linq",
        "System.Net.Http",
        "System.Threading",
        "System.Threading.Tasks",
    ];

    [Fact]
    public void LayersAndOpsOfOneNameAreToldApart()
    {
        var net = Net.Of(
            [2, 3],
            new Reshape(3, -1),
            Branch.Sum(new Residual(Activation.Softmax()), new Lambda(x => Reshape(Softmax(x), -1, 3, 2))),
            new Flatten(),
            new Dense(2)
        );
        var x = Key.Of(1).Normal([5, 2, 3]);
        var gradient = Grad<TensorMap>(parameters => Losses.MeanSquared(net.Apply(parameters, x), Tensor.Zeros([5, 2])))(
            net.Init(Key.Of(0))
        );
        Assert.Equal(["layers.3.weight", "layers.3.bias"], gradient.Names);
    }

    /// <summary>A name that implicit usings bring too is an error wherever it is written.</summary>
    [Fact]
    public void NoTypeHasTheNameOfOneThatImplicitUsingsBring()
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && name.StartsWith("System.", StringComparison.Ordinal))
            .SelectMany(path => System.Reflection.Assembly.Load(Path.GetFileNameWithoutExtension(path)).GetExportedTypes())
            .Where(type => Implicit.Contains(type.Namespace, StringComparer.Ordinal))
            .Select(type => type.Name)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Contains("Parallel", platform);
        Assert.Empty(
            typeof(Net).Assembly.GetExportedTypes().Where(type => !type.IsNested && platform.Contains(type.Name)).Select(type => type.Name)
        );
    }
}
