namespace AutoDiff.Curvature;

/// <summary>How a random vector v [n] with E[vvᵀ] = I is distributed.</summary>
/// <remarks>The variance of vᵀAv for a symmetric A (Avron, Toledo 2011; Epperly, Tropp, Webber 2024).</remarks>
public enum ProbeDistribution
{
    /// <summary>Independent signs: variance 2(‖A‖_F² − Σᵢ Aᵢᵢ²), the least of any distribution of independent elements (Hutchinson 1990).</summary>
    Rademacher,

    /// <summary>Independent standard normal elements: variance 2‖A‖_F², the same in any basis (Girard 1989).</summary>
    Gaussian,

    /// <summary>Uniform on the sphere of radius √n: variance 2n/(n + 2)·(‖A‖_F² − (tr A)²/n), the same in any basis, and 0 for a multiple of the identity.</summary>
    Sphere,
}
