namespace AutoDiff.Numerics;

/// <summary>A number known when code is compiled for it, as a type argument.</summary>
internal interface INatural
{
    static abstract int Value { get; }
}

internal readonly struct N0 : INatural
{
    public static int Value => 0;
}

internal readonly struct N1 : INatural
{
    public static int Value => 1;
}

internal readonly struct N2 : INatural
{
    public static int Value => 2;
}

internal readonly struct N3 : INatural
{
    public static int Value => 3;
}

internal readonly struct N4 : INatural
{
    public static int Value => 4;
}

internal readonly struct N5 : INatural
{
    public static int Value => 5;
}

internal readonly struct N6 : INatural
{
    public static int Value => 6;
}

internal readonly struct N7 : INatural
{
    public static int Value => 7;
}

internal readonly struct N8 : INatural
{
    public static int Value => 8;
}

internal readonly struct N9 : INatural
{
    public static int Value => 9;
}

internal readonly struct N10 : INatural
{
    public static int Value => 10;
}

internal readonly struct N11 : INatural
{
    public static int Value => 11;
}

internal readonly struct N12 : INatural
{
    public static int Value => 12;
}
