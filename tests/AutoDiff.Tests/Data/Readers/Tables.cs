using System.Text;
using AutoDiff.Data;

namespace AutoDiff.Tests.Data;

/// <summary>Tables of texts.</summary>
internal static class Tables
{
    public static Table Read(string text, CsvOptions? options = null) =>
        Csv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), options, "f.csv", TestContext.Current.CancellationToken);
}
