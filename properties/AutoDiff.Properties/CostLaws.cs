using Xunit;

namespace AutoDiff.Properties;

/// <summary>What grows with a program grows no faster than it: every count of <see cref="Cost"/>, for every row of <see cref="Programs"/>, in every order.</summary>
public sealed class CostLaws
{
    private const int Size = 128;
    private const double MostExponent = 1.2;

    public static TheoryData<string, string> ProgramRows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var program in Programs.All.Keys)
            {
                foreach (var order in Cost.Orders.Keys)
                    rows.Add(program, order);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(ProgramRows))]
    public void Costs_are_proportional_to_size(string program, string order)
    {
        Of(4); // what is made once is not counted
        var steep = Steep(Size);
        // What grows faster does so from any size on; that a table doubles between two sizes, or that another way pays from a size on, shows from some of them.
        foreach (var size in new[] { Size + (Size / 2), 8 * Size })
        {
            if (steep.Count > 0)
                steep = steep.IntersectBy(Steep(size).Select(row => row.Count), row => row.Count).ToList();
        }
        Assert.Equal("", string.Join("; ", steep.Select(row => $"{row.Count} ~ {row.Growth}")));

        List<(string Count, string Growth)> Steep(int size)
        {
            var (first, second, third) = (Of(size), Of(2 * size), Of(4 * size));
            return
            [
                .. first
                    .Keys.Select(count => (Count: count, Exponent: Cost.Exponent(first[count], second[count], third[count])))
                    .Where(row => row.Exponent > MostExponent)
                    .Select(row => (row.Count, $"n^{row.Exponent:F2}: {first[row.Count]}, {second[row.Count]}, {third[row.Count]}")),
            ];
        }

        Dictionary<string, double> Of(int size)
        {
            var (point, loss) = Programs.All[program](size);
            return Cost.Of(Cost.Orders[order](loss), point);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(100, 1)]
    [InlineData(1000, 2)]
    public void The_exponent_is_the_powers(double constant, double power) =>
        Assert.Equal(power, Cost.Exponent(constant + 1, constant + Math.Pow(2, power), constant + Math.Pow(4, power)), 1e-12);
}
