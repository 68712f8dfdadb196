using AutoDiff.Laws;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    // What simplification may fold, and what looks alike but must not be folded.
    private static IEnumerable<Case> Identities() =>
        [
            new("Add: 0", x => x + 0, Shaped(Domain.Any)),
            new("Add: 0 on the left", x => 0 + x, Shaped(Domain.Any)),
            new("Add: −0", x => (x + -0.0) * (-0.0 + x), Shaped(Domain.Any)),
            new("Subtract: 0", x => x - 0, Shaped(Domain.Any)),
            new("Subtract: from 0", x => 0 - x, Shaped(Domain.Any)),
            new("Subtract: −0", x => x - -0.0, Shaped(Domain.Any)),
            new("Subtract: both ways", x => (x - Fixed(3)) * Exp(Shared - x) * (x - Shared), Any(3)),
            new("Subtract: from itself", x => x - x, Shaped(Domain.Any)),
            new("Multiply: 0", x => x * 0, Shaped(Domain.Any)),
            new("Multiply: 1", x => x * 1 * (1 * x), Shaped(Domain.Any)),
            new("Multiply: −1", x => -1 * x, Shaped(Domain.Any)),
            new("Divide: 1", x => x / 1, Shaped(Domain.Any)),
            new("Divide: by itself", x => x / x, Shaped(Domain.NonZero)),
            new("Divide: both ways", x => (x / Shared) - (Shared / x), In(Domain.NonZero, 3)),
            new("Power: 1 and both ways", x => Power(x, 1) + Power(x, Shared) - Power(Shared, x), In(Domain.Positive, 3)),
            new("Negate: twice", x => -(-x), Shaped(Domain.Any)),
            new("Flip: twice", x => Flip(Flip(x, 0), 0) * Flip(Flip(x, 0), 1), Any(2, 3)),
            new("Transpose: twice", x => Transpose(Transpose(x, 1, 2, 0), 1, 2, 0) * 2, Any(2, 3, 2)),
            new("Transpose: and back", x => Transpose(Transpose(x)), Any(2, 3)),
            new("Reshape: twice", x => Reshape(Reshape(x, 6), 3, 2), Any(2, 3)),
            new("BroadcastTo: twice", x => BroadcastTo(BroadcastTo(x, [2, 1, 3]), [2, 2, 3]), Any(3)),
            new("Sum: of a repeated tensor", x => Sum(BroadcastTo(x, [4, 3]), 0), Any(3)),
            new("Sin: shared by two", x => (Sin(x) * Sin(x)) + Sin(x), Any(3)),
        ];

    private static readonly Tensor Shared = Tensor.Of([0.5, 1.25, 2]);
}
