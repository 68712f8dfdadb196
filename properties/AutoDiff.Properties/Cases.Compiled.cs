using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

public static partial class Cases
{
    /// <summary>Rows of functions that run as plans where their argument is known.</summary>
    public static IReadOnlyList<Case> Compiled { get; } =
    [
        new("Compile", Compile<Tensor, Tensor>(Field), Any(3)),
        new("Compile: of a gradient", Compile(Grad<Tensor>(Loss)), Any(3)),
        new(
            "Compile: two arguments",
            x => Compile<Tensor, Tensor, Tensor>((y, z) => AutoDiff.Ops.Sin(y) * z).Invoke(x, AutoDiff.Ops.Square(x)),
            Any(3)
        ),
        new("Compile: beside other graph", x => Compile<Tensor, Tensor>(Field).Invoke(AutoDiff.Ops.Sin(x)), Any(3)),
    ];
}
