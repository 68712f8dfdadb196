using System.Buffers.Binary;
using AutoDiff.Files;

namespace AutoDiff.Data;

/// <summary>Reads one IDX file; a packed one twice, first to see that it is whole, so that no memory is taken for what is not there.</summary>
internal sealed class IdxReader
{
    private const int Piece = 1 << 16;

    private readonly Stream _file;
    private readonly long _start;
    private readonly string _operation;
    private readonly string _path;
    private readonly bool _packed;
    private Stream _bytes;
    private long _offset;

    public IdxReader(Stream file, string operation, string path)
    {
        (_file, _start, _operation, _path) = (file, file.Position, operation, path);
        using var peek = new PeekStream(file, default);
        _packed = peek.StartsWith(GunzipStream.Magic);
        _bytes = Opened();
    }

    /// <summary>The array that fills the file, its numbers divided.</summary>
    /// <exception cref="InvalidFileException">There is none, or more than one.</exception>
    public (double[] Values, int[] Lengths) Read(double divisor)
    {
        try
        {
            var (element, lengths, count) = Header();
            var size = (long)count * element.Size;
            var left = _file.Length - _start - _offset;
            if (_packed)
                Verify(size);
            else if (left != size)
                throw Refusal($"{left} bytes follow the header; expected {size} for {element.Type} [{string.Join(", ", lengths)}]");
            return (Elements(element, count, divisor), lengths);
        }
        catch (InvalidDataException problem)
        {
            throw Refusal($"{problem.Message}; expected a whole gzip file");
        }
        finally
        {
            _bytes.Dispose();
        }
    }

    private (IdxElement Element, int[] Lengths, int Count) Header()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes, "the magic number");
        if (bytes[0] != 0 || bytes[1] != 0 || IdxElement.Of((IdxType)bytes[2]) is not { } element)
            throw Refusal(
                $"the file begins with the bytes {Convert.ToHexStringLower(bytes)}; expected 0000, one of 08, 09, 0b, 0c, 0d, 0e for the numbers' type, and the number of axes",
                0
            );
        var lengths = new int[bytes[3]];
        var count = 1L;
        for (var axis = 0; axis < lengths.Length; axis++)
        {
            Fill(bytes, "the lengths of the axes");
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            if (length == 0 || length > Array.MaxLength / count)
                throw Refusal(
                    $"the length of axis {axis} is {length}; expected at least 1, and at most {Array.MaxLength} elements in all",
                    _offset - bytes.Length
                );
            lengths[axis] = (int)length;
            count *= length;
        }
        return (element, lengths, (int)count);
    }

    /// <summary>Unpacks all of it once, keeping nothing.</summary>
    private void Verify(long size)
    {
        var start = _offset;
        var most = GunzipStream.Most(_file.Length - _start);
        if (size > most)
            throw Refusal($"the header claims {size} bytes; expected at most {most} in a gzip file of this size");
        var buffer = new byte[(int)Math.Min(Piece, size + 1)];
        // One more than there should be, so that it is seen where there are more.
        while (_bytes.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, start + size + 1 - _offset))) is > 0 and var read)
            _offset += read;
        if (_offset != start + size)
            throw Refusal(
                _offset > start + size
                    ? $"there are more bytes; expected {size} behind the header"
                    : $"{_offset - start} bytes follow the header; expected {size}",
                Math.Min(_offset, start + size)
            );
        _bytes.Dispose();
        (_bytes, _offset) = (Opened(), 0);
        Fill(new byte[(int)start], "the header");
    }

    private double[] Elements(IdxElement element, int count, double divisor)
    {
        var values = Allocated(count);
        var buffer = new byte[(int)Math.Min(Piece, (long)count * element.Size)];
        var perPiece = buffer.Length / element.Size;
        for (var at = 0; at < count; at += perPiece)
        {
            var piece = values.AsSpan(at, Math.Min(perPiece, count - at));
            var bytes = buffer.AsSpan(0, piece.Length * element.Size);
            Fill(bytes, "the elements");
            element.Swap(bytes);
            element.Decode(bytes, piece);
            if (divisor == 1)
                continue;
            foreach (ref var value in piece)
                value /= divisor;
        }
        return values;
    }

    private double[] Allocated(int count)
    {
        const int large = 1 << 25; // asking how much memory there is takes longer than making a small array
        try
        {
            if (count < large || count * (long)sizeof(double) <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
                return new double[count];
        }
        catch (OutOfMemoryException) { }
        throw Refusal($"the elements take {count * (long)sizeof(double)} bytes of memory; expected no more than there are");
    }

    private void Fill(Span<byte> bytes, string what)
    {
        var read = _bytes.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw Refusal($"{read} bytes are left for {what}; expected {bytes.Length}");
        _offset += read;
    }

    private ForwardStream Opened()
    {
        _file.Position = _start;
        var bytes = new PeekStream(_file, default);
        return _packed ? new GunzipStream(bytes, default) : bytes;
    }

    private InvalidFileException Refusal(string problem, long? at = null) =>
        new($"[{_operation}] {_path}, {(_packed ? "unpacked, " : "")}byte {at ?? _offset}: {problem}", _path, at ?? _offset);
}
