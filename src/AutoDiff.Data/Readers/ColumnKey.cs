namespace AutoDiff.Data;

/// <summary>A column of a table, by name or by position: <c>"species"</c>, <c>0</c> or <c>^1</c>.</summary>
public readonly record struct ColumnKey
{
    private ColumnKey(string? name, Index position) => (Name, Position) = (name, position);

    /// <summary>Its name; null where it is known by its position.</summary>
    public string? Name { get; }

    /// <summary>Its position from 0, or from the end, where it has no name.</summary>
    public Index Position { get; }

    /// <summary>The column of a name, with exactly its letters.</summary>
    public static implicit operator ColumnKey(string name)
    {
        Require.NotNull(name, nameof(ColumnKey));
        return new(name, default);
    }

    /// <summary>The column at a position, counted from 0.</summary>
    public static implicit operator ColumnKey(int position) => FromIndex(position);

    /// <summary>The column at a position, also from the end.</summary>
    public static implicit operator ColumnKey(Index position) => FromIndex(position);

    /// <summary>The column of a name, with exactly its letters.</summary>
    public static ColumnKey FromString(string name) => name;

    /// <summary>The column at a position, counted from 0.</summary>
    public static ColumnKey FromInt32(int position) => position;

    /// <summary>The column at a position, also from the end.</summary>
    public static ColumnKey FromIndex(Index position) => new(null, position);

    /// <summary>The name in quotes, or the position.</summary>
    public override string ToString() => Name is null ? Position.ToString() : $"\"{Name}\"";
}
