using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>A tensor whose elements a caller supplies when the graph is run.</summary>
public sealed partial record Input : Tensor
{
    /// <summary>A new input: equal to no other, whatever the name.</summary>
    /// <param name="shape">The lengths of its axes.</param>
    /// <param name="name">The name shown by printed graphs and errors.</param>
    /// <param name="notesOrigin">Whether nodes built on it note where they were built, for debugging.</param>
    public Input(Shape shape, string name, bool notesOrigin = false)
        : base(shape)
    {
        Name = name;
        NotesOrigin = notesOrigin;
    }

    /// <summary>The name shown by printed graphs and errors.</summary>
    public string Name { get; }

    internal override bool NotesOrigin { get; }

    /// <summary>Equality by reference.</summary>
    public bool Equals(Input? other) => ReferenceEquals(this, other);

    /// <summary>A hash of the reference.</summary>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
