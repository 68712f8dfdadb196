using System.Runtime.InteropServices;

namespace AutoDiff.Benchmarks;

/// <summary>OpenBLAS's matrix products, called directly, on one thread.</summary>
internal sealed unsafe class OpenBlas
{
    private const string Library = "libopenblas.so.0";
    private const int RowMajor = 101;
    private const int NotTransposed = 111;

    private readonly delegate* unmanaged<
        int,
        int,
        int,
        int,
        int,
        int,
        double,
        double*,
        int,
        double*,
        int,
        double,
        double*,
        int,
        void> _double;
    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _single;

    private OpenBlas(nint library)
    {
        _double = (delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)
            NativeLibrary.GetExport(library, "cblas_dgemm");
        _single = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        Kernels = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "openblas_get_corename"))())!;
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(1);
    }

    /// <summary>The processor whose kernels it runs.</summary>
    public string Kernels { get; }

    /// <summary>The library, where the system has it; else null, and why is said.</summary>
    public static OpenBlas? Find(out string problem)
    {
        problem = $"no peer: the system does not load {Library}";
        return NativeLibrary.TryLoad(Library, out var library) ? new(library) : null;
    }

    /// <summary>result = left · right, row-major.</summary>
    public void Multiply<T>(ProductShape shape, T[] left, T[] right, T[] result)
        where T : unmanaged
    {
        var (m, n, k) = (shape.M, shape.N, shape.K);
        fixed (
            T* a = left,
                b = right,
                c = result
        )
        {
            if (typeof(T) == typeof(double))
                _double(RowMajor, NotTransposed, NotTransposed, m, n, k, 1, (double*)a, k, (double*)b, n, 0, (double*)c, n);
            else
                _single(RowMajor, NotTransposed, NotTransposed, m, n, k, 1, (float*)a, k, (float*)b, n, 0, (float*)c, n);
        }
    }
}
