using System.Formats.Tar;

namespace AutoDiff.Examples;

/// <summary>Tells files that can be replaced from pipes and devices, which must be written to.</summary>
internal static class FileKind
{
    /// <summary>Whether an existing path, links not followed, is a file of the usual kind.</summary>
    /// <remarks>Of the framework's types only an archive's entry knows what kind of file it was made of; its header is all that is made here.</remarks>
    public static bool IsRegular(string path)
    {
        using var header = new Header();
        try
        {
            // Of the formats with one header, the one that holds owners of every number.
            using var archive = new TarWriter(header, TarEntryFormat.Gnu, leaveOpen: true);
            archive.WriteEntry(path, "x");
        }
        catch (Header.FullException) { }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return true; // only such a file is opened; a socket, which no archive holds, refuses who opens it to write
        }
        return header.Kind is (byte)TarEntryType.RegularFile;
    }

    /// <summary>Takes an entry's header and refuses its content.</summary>
    private sealed class Header : Stream
    {
        private const int KindAt = 156;

        private readonly byte[] _bytes = new byte[512];
        private int _filled;

        public byte Kind => _bytes[KindAt];

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (_filled == _bytes.Length)
                throw new FullException();
            var taken = Math.Min(count, _bytes.Length - _filled);
            buffer.AsSpan(offset, taken).CopyTo(_bytes.AsSpan(_filled));
            _filled += taken;
        }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        internal sealed class FullException : Exception;
    }
}
