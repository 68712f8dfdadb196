namespace AutoDiff;

public abstract partial record Tensor : ITensorTree<Tensor>
{
    void ITensorTree<Tensor>.AddLeaves(ICollection<Tensor> leaves) => leaves.Add(this);

    void ITensorTree<Tensor>.AddNames(string path, ICollection<string> names) => names.Add(path);

    bool ITensorTree<Tensor>.IsLike(Tensor other) => true;

    Tensor ITensorTree<Tensor>.Rebuild(LeafReader leaves) => leaves.Next();
}
