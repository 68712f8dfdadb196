using static AutoDiff.Ops;

namespace AutoDiff.Tests.Shapes;

/// <summary>What no array or memory holds is refused by name and size before anything is written.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void More_than_an_array_or_memory_holds_is_refused_with_its_size()
    {
        Assert.Equal(3, Allocation.Of<double>("Op", 3).Length);
        Assert.Equal(4, Allocation.Of<double>("Op", 4, available: 32).Length);
        Assert.Equal(
            "[Op] got an array of 268435456 elements (2 GiB); expected no more than the 1.5 GiB of memory there are",
            Assert.Throws<ArgumentException>(() => Allocation.Of<double>("Op", 1 << 28, available: 3L << 29)).Message
        );
        Assert.Equal(
            "[Op] got an array of 2147483592 elements (8 GiB); expected no more than 2147483591",
            Assert.Throws<ArgumentException>(() => Allocation.Of<float>("Op", Array.MaxLength + 1L)).Message
        );
        Assert.Throws<ArgumentException>(() => Allocation.Of<double>("Op", 5, available: 39));
        // 32 TiB are no machine's.
        var error = Assert.Throws<ArgumentException>(() => Allocation.Of<Page>("Op", 1L << 30));
        Assert.StartsWith(
            "[Op] got an array of 1073741824 elements (32768 GiB); expected no more than the",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_huge_constant_is_one_number_until_it_is_computed()
    {
        var zeros = Tensor.Zeros([65536, 32767]);
        Assert.Equal(65536 * 32767, zeros.Shape.Size);
        Assert.Equal(0, Take(Take(zeros, 0, 65535), 0, 1).Item());
    }

    [Fact]
    public void Values_that_do_not_fit_one_workspace_are_refused_when_planned()
    {
        // Three values of 2³⁰ elements are alive at once.
        var x = new Input([1 << 15, 1 << 15], "x");
        var y = CumulativeSum(x, 0);
        var z = CumulativeSum(y, 1);
        var w = CumulativeSum(z, 0);
        var graph = Graph.Of([x], [Sum(w * Transpose(z) * Flip(y, 0))]);
        var error = Assert.Throws<ArgumentException>(() => Plan<double>.Of(graph));
        Assert.StartsWith("[Plan] got values of ", error.Message, StringComparison.Ordinal);
        Assert.Contains("; expected no more than 2147483591", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_of_more_elements_than_are_counted_is_refused()
    {
        var pair = new Pair<Tensor, Tensor>(Tensor.Zeros([1 << 30]), Tensor.Zeros([1 << 30]));
        Assert.Equal(
            "[TreeMath.Size] got leaves of 2147483648 elements in all; expected no more than 2147483647",
            Assert.Throws<ArgumentException>(() => TreeMath.Size(pair)).Message
        );
        var error = Assert.Throws<ArgumentException>(() => TreeMath.Ravel(pair));
        Assert.StartsWith("[TreeMath.Ravel] got [1073741824] and [1073741824], which make", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_after_the_last_part_of_the_longest_array_is_never_counted()
    {
        var parts = new EqualParts(Array.MaxLength, Array.MaxLength - 1);
        Assert.Equal(2, parts.Count);
        Assert.Equal(Array.MaxLength, parts[0] + parts[1]);
        Assert.Equal(1, new EqualParts(Array.MaxLength, Array.MaxLength).Count);
        Assert.Equal(0, new EqualParts(0, 5).Count);
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Size = 1 << 15)]
    private struct Page;
}
