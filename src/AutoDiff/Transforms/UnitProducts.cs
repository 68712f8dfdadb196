namespace AutoDiff;

/// <summary>A linear map's products with the unit directions of some leaves, equally many at a time.</summary>
/// <param name="Start">The number of the first direction among those of all leaves.</param>
/// <param name="Size">How many directions there are.</param>
/// <param name="Rows">How many are computed at a time.</param>
/// <param name="Split">Their places [rows], counted from the first → a batch [rows, …] of each leaf of the products; without places where one batch holds all.</param>
public sealed record UnitProducts(int Start, int Size, int Rows, SplitGraph Split);
