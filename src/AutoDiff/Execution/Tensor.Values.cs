using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace AutoDiff;

public abstract partial record Tensor
{
    private const int ShownElements = 1000;
    private const int ShownEdge = 3;

    /// <summary>The single element, computed now unless it is known.</summary>
    /// <exception cref="ArgumentException">There is not exactly one element, or the tensor depends on an input.</exception>
    public double Item()
    {
        Require.That(Shape.Size == 1, $"[Item] got shape {Shape} with {Shape.Size} elements; expected one");
        return Computed(nameof(Item)).Values[0];
    }

    /// <summary>The elements in row-major order, computed now unless they are known.</summary>
    /// <exception cref="ArgumentException">The tensor depends on an input.</exception>
    public double[] ToArray() => Computed(nameof(ToArray)).Values.ToArray();

    /// <summary>The elements of a matrix, computed now unless they are known.</summary>
    /// <exception cref="ArgumentException">The tensor is no matrix, or depends on an input.</exception>
    public double[,] ToMatrix()
    {
        Require.That(Rank == 2, $"[ToMatrix] got shape {Shape}; expected two axes");
        var matrix = new double[Shape[0], Shape[1]];
        // Counted in elements: bytes may be more than an int counts.
        var elements = MemoryMarshal.CreateSpan(ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(matrix)), Shape.Size);
        Computed(nameof(ToMatrix)).Values.CopyTo(elements);
        return matrix;
    }

    /// <summary>The elements between nested brackets, long axes shortened; op and shape where they depend on an input.</summary>
    public sealed override string ToString()
    {
        if (this is Input input)
            return $"Input \"{input.Name}\" {Shape}";
        if (this is Apply { Value: null } apply && Walk.Order(this).Exists(node => node is Input))
            return $"{apply.Op.Name} {Shape}";
        var text = new StringBuilder();
        Append(text, Computed(nameof(ToString)).Values, 0);
        return text.ToString();
    }

    private Constant Computed(string operation) => Evaluation.Evaluate([this], operation)[0];

    private void Append(StringBuilder text, ReadOnlySpan<double> values, int axis)
    {
        if (axis == Rank)
        {
            text.Append(values[0].ToString("R", CultureInfo.InvariantCulture));
            return;
        }
        var length = Shape[axis];
        var stride = length == 0 ? 0 : values.Length / length;
        text.Append('[');
        for (var i = 0; i < length; i++)
        {
            if (Shape.Size > ShownElements && i == ShownEdge && length > 2 * ShownEdge)
            {
                text.Append(", …");
                i = length - ShownEdge;
            }
            if (i > 0)
                text.Append(", ");
            Append(text, values.Slice(i * stride, stride), axis + 1);
        }
        text.Append(']');
    }

    /// <summary>The same elements as a <see cref="System.Numerics.Tensors.Tensor{T}"/>; a scalar becomes a vector of one element, since that type has no scalars.</summary>
    public System.Numerics.Tensors.Tensor<double> ToTensor() =>
        System.Numerics.Tensors.Tensor.Create(
            Computed(nameof(ToTensor)).Values.ToArray(),
            Rank == 0 ? [1] : [.. Shape.Select(length => (nint)length)]
        );
}
