namespace AutoDiff.Curvature;

/// <summary>How <see cref="CriticalPoint.Find{T}(Objective{T}, IReadOnlyList{T}, FindOptions{T})"/> goes from a start to where the gradient is zero. All methods make ½‖g‖² small, whatever the curvature's signs.</summary>
public enum FindMethod
{
    /// <summary>
    /// Newton-MR (Roosta, Liu, Xu, Mahoney 2018): steps −H⁺g by <see cref="MinresQlp"/>, to a relative residual that falls with the gradient, shortened until ‖g‖² falls
    /// by Armijo's rule. Converges superlinearly. A step costs some dozen products and memory for 20 vectors: for nets of any size.
    /// </summary>
    NewtonMr,

    /// <summary>
    /// Descent on ½‖g‖², whose gradient is Hg: one product a step, of the length of Barzilai and Borwein (1988), shortened by the nonmonotone rule of Grippo, Lampariello,
    /// Lucidi (1986); a last part by Newton-MR. The baseline: the condition number is squared.
    /// </summary>
    GradientNorm,

    /// <summary>
    /// Newton's steps for g = 0, damped as by Levenberg (1944) and Marquardt (1963), from all eigenpairs of the Hessian: −H(H² + μI)⁻¹g, μ by how well the last step
    /// did. A step costs n products, O(n³) time and O(n²) memory: for small problems the surest, and to singular critical points too.
    /// </summary>
    DampedNewton,
}
