namespace AutoDiff.Numerics;

/// <summary>Which operands of a function of two numbers are one number for all elements.</summary>
internal interface IForm
{
    static abstract bool LeftSingle { get; }
    static abstract bool RightSingle { get; }
}

/// <summary>The three forms.</summary>
internal static class Forms
{
    /// <summary>Neither operand.</summary>
    public readonly struct Both : IForm
    {
        public static bool LeftSingle => false;
        public static bool RightSingle => false;
    }

    /// <summary>The left operand.</summary>
    public readonly struct Left : IForm
    {
        public static bool LeftSingle => true;
        public static bool RightSingle => false;
    }

    /// <summary>The right operand.</summary>
    public readonly struct Right : IForm
    {
        public static bool LeftSingle => false;
        public static bool RightSingle => true;
    }
}
