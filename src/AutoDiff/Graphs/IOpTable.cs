namespace AutoDiff;

/// <summary>An interpretation of graphs that has a row for each op: the compiler names those that are missing.</summary>
/// <typeparam name="TContext">What a row is given besides the op.</typeparam>
/// <typeparam name="TResult">What it gives.</typeparam>
internal interface IOpTable<in TContext, out TResult>
    where TContext : allows ref struct
{
    TResult Of(Op.Map op, TContext at);
    TResult Of(Op.Ordered op, TContext at);
    TResult Of(Op.Zip op, TContext at);
    TResult Of(Op.Select op, TContext at);
    TResult Of(Op.Reduce op, TContext at);
    TResult Of(Op.ArgMax op, TContext at);
    TResult Of(Op.CumulativeSum op, TContext at);
    TResult Of(Op.MatMul op, TContext at);
    TResult Of(Op.Matrix op, TContext at);
    TResult Of(Op.Reshape op, TContext at);
    TResult Of(Op.Transpose op, TContext at);
    TResult Of(Op.Broadcast op, TContext at);
    TResult Of(Op.Slice op, TContext at);
    TResult Of(Op.Pad op, TContext at);
    TResult Of(Op.Concatenate op, TContext at);
    TResult Of(Op.Flip op, TContext at);
    TResult Of(Op.Gather op, TContext at);
    TResult Of(Op.ScatterAdd op, TContext at);
    TResult Of(Op.Windows op, TContext at);
    TResult Of(Op.OverlapAdd op, TContext at);
    TResult Of(Op.ArgSort op, TContext at);
    TResult Of(Op.SearchSorted op, TContext at);
    TResult Of(Op.CumulativeArgMax op, TContext at);
    TResult Of(Op.LastPicks op, TContext at);
    TResult Of(Op.SetSlice op, TContext at);
    TResult Of(Op.AddSlice op, TContext at);
    TResult Of(Op.Draw op, TContext at);
    TResult Of(Op.Gamma op, TContext at);
    TResult Of(Op.SplitKey op, TContext at);
    TResult Of(Op.FoldIn op, TContext at);
    TResult Of(Op.Fft op, TContext at);
    TResult Of(Op.Barrier op, TContext at);
    TResult Of(Op.Custom op, TContext at);
    TResult Of(Op.Callback op, TContext at);
    TResult Of(Op.Scan op, TContext at);
    TResult Of(Op.While op, TContext at);
    TResult Of(Op.Cond op, TContext at);
}
