using System.Globalization;
using System.Text;
using AutoDiff.Data;
using AutoDiff.Examples;
using AutoDiff.Files;
using AutoDiff.Tests.Files;

namespace AutoDiff.Tests.Data;

public sealed class CsvTests
{
    [Theory]
    [InlineData("1,2,0\n3,4,1\n", 2, 3)]
    [InlineData("1,2,0\r\n3,4,1\r\n\r\n  \n", 2, 3)]
    [InlineData("\uFEFF1,2,0\n3,4,1", 2, 3)]
    [InlineData("a,b,label\n1,2,0\n3,4,1\n", 2, 3)]
    [InlineData("2,2,no,yes\n1,2,0\n3,4,1\n", 2, 3)]
    [InlineData("3,4,setosa,versicolor,virginica\n1,2,3,4,0\n1,2,3,4,1\n1,2,3,4,2\n", 3, 5)]
    [InlineData("1,2,0\r3,4,1\r", 2, 3)]
    [InlineData(" 1 , -2.5e-3 ,0\n+3,.5,1\n", 2, 3)]
    [InlineData("1;2;0\n3;4;1\n", 2, 3)]
    [InlineData("1,5;2\n3,5;4\n", 2, 2)]
    [InlineData("1\t2\n3\t4\n", 2, 2)]
    [InlineData("1|2\n3|4\n", 2, 2)]
    [InlineData("  1   2 3\n4 5  6  \n", 2, 3)]
    [InlineData("1, 2, 3\n4, 5, 6\n", 2, 3)]
    [InlineData("7\n8\n9", 3, 1)]
    [InlineData("\"a;b\",c\n\"d;e\",f\n", 1, 2)]
    [InlineData("new york,1\nlos angeles,2\n", 2, 2)]
    [InlineData("0,0,0", 1, 3)]
    public void A_table_is_read(string text, int rows, int columns)
    {
        var table = Tables.Read(text);
        Assert.Equal((rows, columns), (table.Count, table.Columns.Length));
    }

    [Fact]
    public void Cells_keep_their_places_and_quotes_their_content()
    {
        var table = Tables.Read("name,\"a, b\"\n\"x \"\"y\"\"\r\nz\",-5e-1\n \"w\" , 6 \n");
        Assert.Equal(["name", "a, b"], table.Columns.Select(column => column.Name));
        Assert.Equal(["x \"y\"\r\nz", "w"], table["name"].Texts);
        Assert.Equal([-0.5, 6], table["a, b"].Numbers);
        Assert.Equal("f.csv, line 2, column 2", table.Place(0, 1));
        Assert.Equal("f.csv, line 4, column 2", table.Place(1, "a, b"));
    }

    [Theory]
    [InlineData(CsvHeader.Detect, "a,1\n2,3\n", 2, "column1")]
    [InlineData(CsvHeader.Present, "a,1\n2,3\n", 1, "a")]
    [InlineData(CsvHeader.Detect, "a,b\n2,3\n", 1, "a")]
    [InlineData(CsvHeader.Absent, "a,b\n2,3\n", 2, "column1")]
    [InlineData(CsvHeader.Absent, "2,2,x\n1,2,y\n", 2, "column1")]
    [InlineData(CsvHeader.Detect, "1,2,x\n1,2,y\n", 2, "column1")]
    [InlineData(CsvHeader.Detect, "25,3,red,yes\n30,2,blue,no\n41,0,red,no\n", 3, "column1")]
    [InlineData(CsvHeader.Detect, "1,2,x\n", 1, "column1")]
    [InlineData(CsvHeader.Detect, "1,2,x\n3,4,0\n", 1, "column1")]
    [InlineData(CsvHeader.Detect, "year,2019,2020\n1,2,3\n", 2, "column1")]
    [InlineData(CsvHeader.Detect, ",b\n2,3\n", 1, "column1")]
    public void The_first_line_names_columns_or_is_a_row(CsvHeader header, string text, int rows, string name)
    {
        var table = Tables.Read(text, new() { Header = header });
        Assert.Equal((rows, name), (table.Count, table.Columns[0].Name));
    }

    [Fact]
    public void A_separator_given_is_taken()
    {
        Assert.Equal(["1,5", "3,5"], Tables.Read("1,5;2\n3,5;4\n", new() { Separator = ';' })[0].Texts);
        Assert.Equal(["1", "3"], Tables.Read("1,5;2\n3,5;4\n", new() { Separator = ',' })[0].Numbers.Select(number => $"{number}"));
        Assert.Single(Tables.Read("1 2\n3 4\n", new() { Separator = ',' }).Columns);
    }

    [Theory]
    [InlineData("", "line 1, column 1: there are no rows")]
    [InlineData(" \n\n", "line 1, column 1: there are no rows")]
    [InlineData("a,b,label\n", "line 2, column 1: nothing follows the header")]
    [InlineData("1,2,0\n3,4\n", "line 2, column 3: the row has 2 columns; expected 3 as on line 1")]
    [InlineData("1,2,0\n3,4,1,9\n", "line 2, column 4: the row has 4 columns; expected 3 as on line 1")]
    [InlineData("a,b\n1,2,0\n3,4\n", "line 2, column 3: the row has 3 columns; expected 2 as on line 1")]
    [InlineData("1,2,0\n\"\n\n\",4,1\n1\n", "line 5, column 2: the row has 1 columns; expected 3 as on line 1")]
    [InlineData("1,2,0\n\n3,4,1\n", "line 2, column 1: the line is blank")]
    [InlineData("\n1,2,0\n", "line 1, column 1: the line is blank")]
    [InlineData("3,2,no,yes\n1,2,0\n3,4,1\n", "line 1, column 1: the header counts 3 rows; 2 follow")]
    [InlineData("2,3,no,yes\n1,2,0\n3,4,1\n", "line 2, column 4: the row has 3 columns; expected 4 as the header counts")]
    [InlineData("1,2\n\"3,4\n5,6\n", "line 2: a quote is never closed")]
    [InlineData("1,2\n3,4\"5\n", "line 2: a quote stands within a cell")]
    [InlineData("1,2\n\"3\"4,5\n", "line 2: something follows the quote that closes a cell")]
    public void A_refusal_names_file_line_and_column(string text, string expected)
    {
        var problem = Assert.Throws<InvalidFileException>(() => Tables.Read(text));
        Assert.StartsWith("[Csv.Read] f.csv, " + expected, problem.Message, StringComparison.Ordinal);
        Assert.Equal("f.csv", problem.Path);
    }

    [Theory]
    [InlineData(new byte[] { 0x31, 0x2C, 0xFF, 0x0A }, 2, "ff")]
    [InlineData(new byte[] { 0x31, 0x2C, 0xC0, 0x80 }, 2, "c0")]
    [InlineData(new byte[] { 0x31, 0x0A, 0x61, 0xE2, 0x82 }, 3, "e282")]
    public void Bytes_that_are_no_text_are_refused_with_their_place(byte[] bytes, int offset, string shown)
    {
        var problem = Assert.Throws<InvalidFileException>(() =>
            Csv.Read(new MemoryStream(bytes), cancellation: TestContext.Current.CancellationToken)
        );
        Assert.StartsWith(
            $"[Csv.Read] the stream, byte {offset}: the bytes {shown} are no UTF-8",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(offset, problem.Offset);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Sixteen_bits_a_character_are_known_by_their_mark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("größe\tart\n1.5\t😀\n")];
        var table = Csv.Read(new MemoryStream(bytes), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["größe", "art"], table.Columns.Select(column => column.Name));
        Assert.Equal((1.5, "😀"), (table[0].Numbers[0], table[1].Texts[0]));
    }

    /// <summary>A character of several bytes across every border of the pieces that are read and checked, and a broken one there.</summary>
    [Fact]
    public void Text_is_checked_across_pieces()
    {
        for (var fill = 4080; fill < 4110; fill++)
        {
            var text = Encoding.UTF8.GetBytes(new string('x', fill) + "€,1\n");
            Assert.Equal(
                new string('x', fill) + "€",
                Csv.Read(new MemoryStream(text), cancellation: TestContext.Current.CancellationToken)[0].Texts[0]
            );
            text[fill + 1] = 0x28;
            var problem = Assert.Throws<InvalidFileException>(() =>
                Csv.Read(new MemoryStream(text), cancellation: TestContext.Current.CancellationToken)
            );
            Assert.Equal(fill, problem.Offset);
        }
    }

    [Theory]
    [InlineData("4\0")]
    [InlineData("1 000")]
    [InlineData("1,5")]
    [InlineData("\uFFFD")]
    [InlineData("0x10")]
    [InlineData("١")]
    public void What_is_no_number_makes_a_column_text(string cell)
    {
        var column = Tables.Read($"3\t2\n{cell}\t1\n")[0];
        Assert.False(column.IsNumeric);
        Assert.Equal(["3", cell], column.Texts);
    }

    /// <summary>Whatever the sizes of the blocks it comes in, and wherever in them a line ends.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void Long_text_is_read_whole(string end)
    {
        var expected = Enumerable.Range(0, 60_000).Select(cell => cell % 3 == 2 ? cell % 2 : cell / 7.0).ToArray();
        var rows = expected.Chunk(3).Select(row => string.Join(',', row.Select(cell => cell.ToString("R", CultureInfo.InvariantCulture))));
        Assert.Equal(expected, Tables.Read(string.Join(end, rows)).ToTensor().ToArray());
    }

    [Fact]
    public void Numbers_are_read_alike_in_every_language()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;
            Assert.Equal([1.5, -2e3], Tables.Read("1.5,-2e3\n").ToTensor().ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Paths_without_a_file_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<FileNotFoundException>(() => Csv.Read(folder.File("none"), cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<UnauthorizedAccessException>(() => Csv.Read(folder.Path, cancellation: TestContext.Current.CancellationToken));
        File.WriteAllBytes(folder.File("empty"), []);
        Assert.Throws<InvalidFileException>(() => Csv.Read(folder.File("empty"), cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => Csv.Read("", cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>(() => Csv.Read((string)null!, cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>(() => Csv.Read((Stream)null!, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new CsvOptions { Separator = 'x' });
        Assert.Throws<ArgumentException>(() => new CsvOptions { Separator = '\u0109' }); // a tab's low byte
        Assert.Throws<ArgumentException>(() => new CsvOptions { Header = (CsvHeader)9 });
        Assert.Throws<ArgumentException>(() => new CsvOptions { Missing = default });
        Assert.Throws<ArgumentException>(() => new CsvOptions { MostRows = 0 });
        Assert.Throws<ArgumentException>(() => new CsvOptions { MostBytes = 0 });
        Assert.Throws<ArgumentException>(() => new CsvOptions { MostBytesPerRow = -1 });
    }

    [Fact]
    public void Reading_is_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Csv.Read(new MemoryStream("1,2,0\n3,4,1\n"u8.ToArray()), cancellation: new CancellationToken(canceled: true))
        );

    [Theory]
    [InlineData("iris.csv", 150, 5)]
    [InlineData("wine.csv", 178, 14)]
    [InlineData("breast_cancer.csv", 569, 31)]
    [InlineData("digits.csv.gz", 1797, 65)]
    [InlineData("diabetes_data_raw.csv.gz", 442, 10)]
    [InlineData("diabetes_target.csv.gz", 442, 1)]
    public void Real_tables_are_read(string file, int rows, int columns)
    {
        var table = Csv.Read(Path.Combine(RealData.Folder("uci"), file), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([rows, columns], table.ToTensor().Shape);
    }

    [Theory]
    [InlineData("iris.csv", new[] { 50, 50, 50 }, new[] { "setosa", "versicolor", "virginica" })]
    [InlineData("wine.csv", new[] { 59, 71, 48 }, new[] { "class_0", "class_1", "class_2" })]
    [InlineData("breast_cancer.csv", new[] { 212, 357 }, new[] { "malignant", "benign" })]
    [InlineData(
        "digits.csv.gz",
        new[] { 178, 182, 177, 183, 181, 182, 181, 179, 174, 180 },
        new[] { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" }
    )]
    public void Real_classes_have_their_published_counts(string file, int[] counts, string[] names)
    {
        var table = Csv.Read(Path.Combine(RealData.Folder("uci"), file), cancellation: TestContext.Current.CancellationToken);
        var targets = table.ToDataset(^1).Targets.ToArray();
        Assert.Equal(counts, targets.CountBy(target => target).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal(names, table.Classes(^1));
    }

    [Fact]
    public void Real_values_have_their_published_mean()
    {
        var folder = RealData.Folder("uci");
        var targets = Csv.Read(Path.Combine(folder, "diabetes_target.csv.gz"), cancellation: TestContext.Current.CancellationToken)[
            0
        ].Numbers;
        Assert.Equal(152.1335, targets.Average(), 4);
        var digits = Csv.Read(Path.Combine(folder, "digits.csv.gz"), cancellation: TestContext.Current.CancellationToken).ToDataset(^1);
        Assert.Equal(4.8842, digits.Inputs.ToArray().Average(), 4);
    }

    [Fact]
    public async Task A_file_that_is_named_on_the_command_line_is_refused_by_its_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("none.csv");
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(
            $"{path}: there is no such file",
            (await Assert.ThrowsAsync<RefusedException>(() => DataFile.ReadAsync(path, new(), token))).Message
        );
        Assert.StartsWith(
            $"{folder.Path}: cannot be read",
            (await Assert.ThrowsAsync<RefusedException>(() => DataFile.ReadAsync(folder.Path, new(), token))).Message,
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(path, "1,2\n3\n", token);
        Assert.Equal(
            $"{path}, line 2, column 2: the row has 1 columns; expected 2 as on line 1",
            (await Assert.ThrowsAsync<RefusedException>(() => DataFile.ReadAsync(path, new(), token))).Message
        );
    }
}
