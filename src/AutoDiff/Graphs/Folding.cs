using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>Signals [batch, channels, length…] as matrices of windows, by which convolutions of any rank are matrix products, and back.</summary>
/// <remarks>
/// Windows are laid out as [channels, size…, batch, position…]: copied, and added back, in rows of neighbouring positions, however small the windows; the product of
/// [outputs, channels·size] with it is one whatever the batch, and leaves each output's positions side by side.
/// </remarks>
internal sealed class Folding
{
    private readonly string _operation;
    private readonly Shape[] _operands;
    private readonly Ints _lengths;
    private readonly Ints _size;
    private readonly ConvolutionWindow _window;
    private readonly int _batch;
    private readonly int _channels;
    private readonly int _groups;

    /// <summary>Windows of a size over signals of a shape.</summary>
    /// <exception cref="ArgumentException">A window does not fit, or a number is out of range.</exception>
    public Folding(string operation, Shape x, Ints size, ConvolutionWindow window, int groups, Shape[] operands)
    {
        (_operation, _operands, _window, _size, _groups) = (operation, operands, window, size, groups);
        (_batch, _channels, _lengths) = (x[0], x[1], Ints.Of(x.AsSpan()[2..]));
        CheckWindow(x);
        Fits([_batch, _channels, .. Padded]);
        Positions = Ints.From(
            size.Count,
            i => (int)ShapeRules.WindowCount(operation, x, i + 2, Padded[i], size[i], window.Stride[i], window.Dilation[i])
        );
        CheckSizes();
    }

    /// <summary>Windows at the positions that <paramref name="y"/> [batch, outputs, position…] has, over signals of given lengths.</summary>
    /// <exception cref="ArgumentException">A window reaches past the signals, or a number is out of range.</exception>
    public Folding(string operation, Shape y, Ints lengths, Ints size, int channels, ConvolutionWindow window, int groups, Shape[] operands)
    {
        (_operation, _operands, _window, _size, _groups) = (operation, operands, window, size, groups);
        (_batch, _channels, _lengths, Positions) = (y[0], channels, lengths, Ints.Of(y.AsSpan()[2..]));
        CheckWindow(y);
        for (var i = 0; i < size.Count; i++)
            ShapeRules.OverlapFits(operation, y, i + 2, Positions[i], size[i], Padded[i], window.Stride[i], window.Dilation[i]);
        Fits([_batch, _channels, .. Padded]);
        CheckSizes();
    }

    /// <summary>How many windows there are along each axis.</summary>
    public Ints Positions { get; }

    private long[] Padded => [.. _lengths.Select((length, i) => (long)length + _window.Low[i] + _window.High[i])];

    private bool IsPadded => _window.Low.Concat(_window.High).Any(side => side > 0);

    /// <summary>Refuses lengths that no array has, in the operation's name.</summary>
    public void Fits(ReadOnlySpan<long> lengths) => Shape.Result(_operation, lengths, _operands);

    /// <summary>[batch, channels, length…] → [channels, size…, batch, position…].</summary>
    public Tensor Windows(Tensor x, double fill)
    {
        if (IsPadded)
            x = Pad(x, [0, 0, .. _window.Low], [0, 0, .. _window.High], fill);
        x = SwapFirst(x);
        for (var i = 0; i < _size.Count; i++)
            x = MoveAxis(Ops.Windows(x, 2 + (2 * i), _size[i], _window.Stride[i], _window.Dilation[i]), -1, 1 + i);
        return x;
    }

    /// <summary>Whether windows lie side by side: none overlaps another, none has gaps, none reaches into padding.</summary>
    public bool AreApart => !IsPadded && _window.Stride.Equals(_size) && _window.Dilation.All(step => step == 1);

    /// <summary>[batch, channels, length…] → [batch, channels, position, size, …] for windows side by side: the same elements under another shape.</summary>
    public Tensor Blocks(Tensor x)
    {
        for (var i = 0; i < _size.Count; i++)
            x = SliceAxis(x, 2 + i, 0, Positions[i] * _size[i], 1);
        return ReshapeTo(x, [_batch, _channels, .. _size.SelectMany((size, i) => new[] { Positions[i], size })]);
    }

    /// <summary>Signals as [groups…, channels ⁄ groups·size, batch·positions]; the first axis is there where there are several groups.</summary>
    public Tensor Columns(Tensor x) => ReshapeTo(Windows(x, 0), Matrix(Taps, Places));

    /// <summary>The transpose of <see cref="Columns"/>.</summary>
    public Tensor Signals(Tensor columns)
    {
        var x = ReshapeTo(columns, [_channels, .. _size, _batch, .. Positions]);
        for (var i = _size.Count - 1; i >= 0; i--)
            x = OverlapAdd(MoveAxis(x, 1 + i, -1), 2 + (2 * i), (int)Padded[i], _window.Stride[i], _window.Dilation[i]);
        x = SwapFirst(x);
        for (var i = 0; i < _size.Count; i++)
            x = SliceAxis(x, 2 + i, _window.Low[i], _lengths[i], 1);
        return x;
    }

    /// <summary>Kernels [outputs, channels ⁄ groups, size…] as [groups…, outputs ⁄ groups, channels ⁄ groups·size].</summary>
    public Tensor Grouped(Tensor kernel) => ReshapeTo(kernel, Matrix(kernel.Shape[0] / _groups, Taps));

    /// <summary>Outputs [batch, outputs, position…] as [groups…, outputs ⁄ groups, batch·positions].</summary>
    public Tensor Rows(Tensor y) => ReshapeTo(SwapFirst(y), Matrix(y.Shape[1] / _groups, Places));

    private int Taps => Product(_size) * (_channels / _groups);

    private int Places => Product(Positions) * _batch;

    private Shape Matrix(int rows, int columns) => _groups == 1 ? [rows, columns] : [_groups, rows, columns];

    private void CheckWindow(Shape x)
    {
        foreach (var list in new[] { _window.Stride, _window.Low, _window.High, _window.Dilation })
        {
            Require.NotNull(list, _operation, "window");
            Require.That(
                list.Count == _size.Count,
                $"[{_operation}] got a window with {list.Count} numbers in a list for {x}; expected one for each of {_size.Count} spatial axes"
            );
        }
        Require.That(
            _window.Low.Concat(_window.High).All(side => side >= 0),
            $"[{_operation}] got padding {string.Join('×', _window.Low)} before and {string.Join('×', _window.High)} behind for {x}; expected none negative"
        );
    }

    /// <summary>Every intermediate result fits an array, whatever axes are windows already.</summary>
    private void CheckSizes()
    {
        for (var i = 0; i <= _size.Count; i++)
            Fits([_channels, .. _size.Take(i), _batch, .. Positions.Take(i), .. Padded[i..]]);
        Fits([_channels, .. _size]);
        Fits([_batch, .. Positions]);
    }

    private static int Product(Ints lengths)
    {
        var product = 1;
        foreach (var length in lengths)
            product *= length;
        return product;
    }
}
