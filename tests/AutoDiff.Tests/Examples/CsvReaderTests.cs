using System.Globalization;
using System.Text;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("1,2,0\n3,4,1\n", 2, 3, 1)]
    [InlineData("1,2,0\r\n3,4,1\r\n\r\n  \n", 2, 3, 1)]
    [InlineData("\uFEFF1,2,0\n3,4,1", 2, 3, 1)]
    [InlineData("a,b,label\n1,2,0\n3,4,1\n", 2, 3, 2)]
    [InlineData("2,2,no,yes\n1,2,0\n3,4,1\n", 2, 3, 2)]
    [InlineData("3,4,setosa,versicolor,virginica\n1,2,3,4,0\n1,2,3,4,1\n1,2,3,4,2\n", 3, 5, 2)]
    [InlineData("1,2,0\r3,4,1\r", 2, 3, 1)]
    [InlineData(" 1 , -2.5e-3 ,0\n+3,.5,1\n", 2, 3, 1)]
    public void ATableIsRead(string text, int rows, int columns, int firstLine)
    {
        var table = Read(text);
        Assert.Equal((rows, columns, firstLine), (table.Rows, table.Columns, table.FirstLine));
    }

    [Fact]
    public void CellsKeepTheirPlaces()
    {
        var table = Read("1,2,3\n4,-5e-1,6\n");
        Assert.Equal([1, 2, 3, 4, -0.5, 6], table.Cells);
        Assert.Equal(-0.5, table[1, 1]);
    }

    [Theory]
    [InlineData("", "f.csv, line 1, column 1: the file is empty")]
    [InlineData(" \n\n", "f.csv, line 1, column 1: the file is empty")]
    [InlineData("a,b,label\n", "f.csv, line 2, column 1: nothing after the header")]
    [InlineData("1,2,0\n3,4\n", "f.csv, line 2, column 3: got 2 columns; expected 3 as on line 1")]
    [InlineData("1,2,0\n3,4,1,9\n", "f.csv, line 2, column 4: got 4 columns; expected 3 as on line 1")]
    [InlineData("a,b\n1,2,0\n3,4\n", "f.csv, line 3, column 3: got 2 columns; expected 3 as on line 2")]
    [InlineData("1,2,0\n\n3,4,1\n", "f.csv, line 2, column 1: the line is blank")]
    [InlineData("1,2,0\n3,four,1\n", "f.csv, line 2, column 2: got \"four\"; expected a number")]
    [InlineData("1,two,0\n3,4,1\n", "f.csv, line 1, column 2: got \"two\"; expected a number")]
    [InlineData("1,2,0\n3,,1\n", "f.csv, line 2, column 2: got \"\"; expected a number")]
    [InlineData("1,2,0\n3,NaN,1\n", "f.csv, line 2, column 2: got \"NaN\"; expected a finite number")]
    [InlineData("1,2,0\n-Infinity,4,1\n", "f.csv, line 2, column 1: got \"-Infinity\"; expected a finite number")]
    [InlineData("1,2,0\n3,1e999,1\n", "f.csv, line 2, column 2: got \"1e999\"; expected a finite number")]
    [InlineData("1;2;0\n3;4;1\n", "f.csv, line 2, column 1: got \"3;4;1\"; expected a number, and commas between numbers")]
    [InlineData("1,2,0\n3,4\0,1\n", "f.csv, line 2, column 2: got \"4?\"; expected a number")]
    [InlineData("1,2,0\n3,1 000,1\n", "f.csv, line 2, column 2: got \"1 000\"; expected a number")]
    [InlineData("1,2,0\n3,\uFFFD,1\n", "f.csv, line 2, column 2: got \"\uFFFD\"; expected a number")]
    [InlineData("1,2,0\r3,x,1\r", "f.csv, line 2, column 2: got \"x\"; expected a number")]
    [InlineData("3,2,no,yes\n1,2,0\n3,4,1\n", "f.csv, line 1, column 1: the header counts 3 rows; 2 follow")]
    [InlineData("2,3,no,yes\n1,2,0\n3,4,1\n", "f.csv, line 1, column 2: the header counts 3 features; 2 and a label follow")]
    [InlineData("1,2,0\n3,\u001b[31m,1\n", "f.csv, line 2, column 2: got \"?[31m\"")]
    public void ARefusalNamesFileLineAndColumn(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<RefusedException>(() => Read(text)).Message, StringComparison.Ordinal);

    /// <summary>Whatever the sizes of the blocks it comes in, and wherever in them a line ends.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void LongTextIsReadWhole(string end)
    {
        var expected = Enumerable.Range(0, 60_000).Select(cell => cell % 3 == 2 ? cell % 2 : cell / 7.0).ToArray();
        var rows = expected.Chunk(3).Select(row => string.Join(',', row.Select(cell => cell.ToString("R", CultureInfo.InvariantCulture))));
        Assert.Equal(expected, Read(string.Join(end, rows)).Cells);
    }

    [Fact]
    public async Task AMissingFileIsRefusedByName()
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "none.csv");
        var refusal = await Assert.ThrowsAsync<RefusedException>(() =>
            CsvReader.ReadAsync(path, new(), TestContext.Current.CancellationToken)
        );
        Assert.Equal($"{path}: there is no such file", refusal.Message);
    }

    [Fact]
    public async Task AFolderIsRefused() =>
        Assert.StartsWith(
            $"{Path.GetTempPath()}: cannot be read",
            (
                await Assert.ThrowsAsync<RefusedException>(() =>
                    CsvReader.ReadAsync(Path.GetTempPath(), new(), TestContext.Current.CancellationToken)
                )
            ).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void ReadingIsCancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            CsvReader.Read("f.csv", Text("1,2,0\n3,4,1\n"), new(), new CancellationToken(canceled: true))
        );

    internal static CsvTable Read(string text) => CsvReader.Read("f.csv", Text(text), new(), TestContext.Current.CancellationToken);

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));
}
