namespace AutoDiff.Plots;

/// <summary>Cells of characters over braille dots, two wide and four high in each; places from (0, 0) below to (1, 1).</summary>
internal sealed class Canvas(int width, int height)
{
    private const string Eighths = " ▁▂▃▄▅▆▇█";
    private const string Arrows = "→↗↑↖←↙↓↘";
    private const string Symbols = "●■▲◆×";

    /// <summary>From the first to the last shade of a heat map.</summary>
    public const string Shades = "·░▒▓█";

    private const char Blank = '\u2800';

    // The bits of a cell's dots, by row from above and by column.
    private static readonly byte[] Bits = [1, 8, 2, 16, 4, 32, 64, 128];

    private readonly char[] _cells = [.. Enumerable.Repeat(' ', width * height)];

    public IEnumerable<string> Lines =>
        Enumerable.Range(0, height).Select(row => string.Concat(_cells.Skip(row * width).Take(width)).TrimEnd());

    public void Draw(Shape shape)
    {
        switch (shape)
        {
            case Shape.Stroke line:
                foreach (var (from, to) in line.Points.Zip(line.Points.Skip(1)))
                    Line(from, to, line.Dashed);
                break;
            case Shape.Area area:
                Fill(area.Points);
                break;
            case Shape.Block { Faint: true } block:
                Fill([block.Low, block.Low with { X = block.High.X }, block.High, block.Low with { Y = block.High.Y }]);
                break;
            case Shape.Block block:
                Fill(block);
                break;
            case Shape.Dots dots:
                foreach (var point in dots.Points)
                    if (dots.Radius > 2)
                        Put(point, Symbols[(int)dots.Symbol]);
                    else
                        Dot(point);
                break;
            case Shape.Heads heads:
                foreach (var (from, at) in heads.Points)
                    Put(at, Arrows[(int)Math.Round(Math.Atan2(2 * height * (at.Y - from.Y), width * (at.X - from.X)) / (Math.PI / 4)) & 7]);
                break;
            case Shape.Words words:
                var text = words.Text.AsSpan(0, Math.Min(words.Text.Length, width));
                text.CopyTo(_cells.AsSpan(Cell(words.At) - Math.Max(0, Column(words.At.X) + text.Length - width)));
                break;
        }
    }

    public void Put(Point at, char symbol) => _cells[Cell(at)] = symbol;

    public int Column(double x) => Place(x, width);

    /// <summary>From above.</summary>
    public int Row(double y) => height - 1 - Place(y, height);

    private int Cell(Point at) => Row(at.Y) * width + Column(at.X);

    private static int Place(double part, int count) => Math.Clamp((int)(part * count), 0, count - 1);

    private void Line(Point from, Point to, bool dashed)
    {
        var steps = Math.Ceiling(Math.Max(Math.Abs(to.X - from.X) * 2 * width, Math.Abs(to.Y - from.Y) * 4 * height));
        for (var i = 0; from.IsFinite && i <= steps; i++)
            if (to.IsFinite && (!dashed || i / 3 % 2 == 0))
                Dot(Point.Between(from, to, i / Math.Max(1, steps)));
    }

    private void Dot(Point at)
    {
        var (x, y) = (Place(at.X, 2 * width), Place(1 - at.Y, 4 * height));
        ref var cell = ref _cells[(y / 4 * width) + (x / 2)];
        if (cell is ' ' or > Blank and <= (char)(Blank + 255))
            cell = (char)(Math.Max(cell, Blank) | Bits[(2 * (y % 4)) + (x % 2)]);
    }

    /// <summary>Every fourth dot of what a closed line surrounds.</summary>
    private void Fill(IReadOnlyList<Point> corners)
    {
        for (var y = 0; y < 4 * height; y++)
        {
            var level = (y + 0.5) / (4 * height);
            var crossings = corners
                .Zip(corners.Skip(1).Concat(corners.Take(1)))
                .Where(side => side.First.Y < level != side.Second.Y < level)
                .Select(side => Point.Between(side.First, side.Second, (level - side.First.Y) / (side.Second.Y - side.First.Y)).X)
                .Order();
            foreach (var span in crossings.Chunk(2))
                for (var x = (int)(span[0] * 2 * width); x < span[^1] * 2 * width; x++)
                    if ((x + (2 * y)) % 4 == 0)
                        Dot(new((x + 0.5) / (2 * width), level));
        }
    }

    /// <summary>The cells of a block: its shade where their middles lie in it, or full ones up to eighths of the topmost.</summary>
    private void Fill(Shape.Block block)
    {
        var (low, high, left) = (block.Low.Y * height, block.High.Y * height, Math.Min(width - 1, (int)Math.Round(block.Low.X * width)));
        for (var row = (int)low; row < high; row++)
            if (block.Shade is null || (row + 0.5 >= low && row + 0.5 < high))
                _cells
                    .AsSpan(((height - 1 - row) * width) + left, Math.Max(1, (int)Math.Round(block.High.X * width) - left))
                    .Fill(
                        block.Shade is { } shade
                            ? Shades[Place(shade, Shades.Length)]
                            : Eighths[(int)Math.Ceiling(8 * Math.Min(1, high - row))]
                    );
    }
}
