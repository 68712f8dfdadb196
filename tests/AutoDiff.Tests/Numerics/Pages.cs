using System.Runtime.InteropServices;

namespace AutoDiff.Tests.Numerics;

/// <summary>Memory between two pages that must not be touched: a kernel that reads or writes one element too far ends the process with the kernel's name in the stack.</summary>
internal sealed unsafe partial class Pages : IDisposable
{
    private const int ReadAndWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nint _start;
    private readonly nint _length;
    private readonly nint _page = Environment.SystemPageSize;

    /// <summary>Room for so many bytes, rounded up to whole pages.</summary>
    public Pages(int bytes)
    {
        _length = ((bytes + _page - 1) / _page * _page) + (2 * _page);
        _start = Map(0, _length, ReadAndWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, _start);
        Assert.Equal(0, Protect(_start, _page, 0));
        Assert.Equal(0, Protect(_start + _length - _page, _page, 0));
    }

    /// <summary>The values at the end of the room, where the next element is out of bounds, or at its start, where the one before is.</summary>
    public ref T Place<T>(ReadOnlySpan<T> values, bool atEnd)
        where T : unmanaged
    {
        var at = atEnd ? (T*)(_start + _length - _page) - values.Length : (T*)(_start + _page);
        values.CopyTo(new Span<T>(at, values.Length));
        return ref *at;
    }

    public void Dispose() => Assert.Equal(0, Unmap(_start, _length));

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint at, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(nint at, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint at, nint length);
}
