using AutoDiff.Nets;

namespace AutoDiff.Properties;

/// <content>Normalizations, and layers whose weights are normalized.</content>
public static partial class LayerCases
{
    private static LayerCase[] Normalizations =>
        [
            new("batch normalization, features", new BatchNormalization(), [3]) { MixesExamples = true },
            new("batch normalization, images", new BatchNormalization { Decay = 0.3 }, [2, 3, 2]) { MixesExamples = true },
            new("batch normalization, sequences", new BatchNormalization { Axis = -1 }, [4, 3]) { MixesExamples = true },
            new("batch normalization, not affine", new BatchNormalization { Affine = false }, [3]) { MixesExamples = true },
            new("batch normalization, far from 0", new BatchNormalization(), [3])
            {
                MixesExamples = true,
                Inputs = (key, shape) => 10 + key.Normal(shape),
            },
            // Elsewhere what is held constant in the derivative is not constant, which differences see.
            new("batch renormalization at its bounds", new BatchRenormalization { MaxRatio = 1, MaxShift = 0 }, [3])
            {
                MixesExamples = true,
            },
            new("batch renormalization", new BatchRenormalization(), [3]) { MixesExamples = true, StopsGradients = true },
            new("layer normalization", new LayerNormalization(), [4]),
            new("layer normalization, two axes", new LayerNormalization { Axes = 2 }, [2, 2, 3]),
            new("layer normalization, not affine", new LayerNormalization { Affine = false }, [2, 4]),
            new("instance normalization", new InstanceNormalization(), [2, 5]),
            new("instance normalization, running", new InstanceNormalization { Affine = true, RunningStatistics = true }, [2, 2, 3]),
            new("group normalization, features", new GroupNormalization(2), [6]),
            new("group normalization, images", new GroupNormalization(2), [4, 2, 2]),
            new("RMS normalization", new RmsNormalization(), [4]),
            new("RMS normalization, two axes", new RmsNormalization { Axes = 2 }, [2, 3]),
            new("standardization", new Standardization(Tensor.Of([1, -2, 0.5]), Tensor.Of([2, 0.5, 0])), [3]),
            new("weight normalized dense", new WeightNormalized(new Dense(3)), [4]),
            new("spectral normalized dense", new SpectralNormalized(new Dense(3)), [4]) { StopsGradients = true },
            new("weight normalized kernels", new WeightNormalized(new Convolution1D(3, 2)), [2, 5]),
        ];
}
