using AutoDiff.Nets;

namespace AutoDiff.Properties;

public static partial class LayerCases
{
    private static LayerCase[] Sequences =>
        [
            new("recurrent", new Recurrent(3), [4, 2]),
            new("recurrent, relu, one bias", new Recurrent(3) { Relu = true, StateBias = false }, [3, 2]),
            new("recurrent, no bias, last only", new Recurrent(2) { Bias = false, LastOnly = true }, [3, 2]),
            new("recurrent over dense", new Sequential(new Recurrent(3), new Dense(2)), [3, 2])
            {
                Units = new(
                    3,
                    ("layers.0.forward.0.input.weight", 1, 1),
                    ("layers.0.forward.0.state.weight", 0, 1),
                    ("layers.0.forward.0.state.weight", 1, 1),
                    ("layers.0.forward.0.input.bias", 0, 1),
                    ("layers.0.forward.0.state.bias", 0, 1),
                    ("layers.1.weight", 0, 1)
                ),
            },
            new("lstm", new Lstm(2), [4, 3]),
            new("lstm, forget bias, last only", new Lstm(2) { ForgetBias = 1, LastOnly = true }, [3, 2]),
            new(
                "lstm, two layers, both directions, dropout",
                new Lstm(2)
                {
                    Layers = 2,
                    Bidirectional = true,
                    Dropout = 0.4,
                },
                [3, 2]
            )
            {
                Units = new(
                    2,
                    ("forward.0.input.weight", 1, 4),
                    ("forward.0.state.weight", 0, 1),
                    ("forward.0.state.weight", 1, 4),
                    ("forward.0.input.bias", 0, 4),
                    ("forward.0.state.bias", 0, 4),
                    ("forward.1.input.weight", 0, 2),
                    ("backward.0.input.weight", 1, 4),
                    ("backward.0.state.weight", 0, 1),
                    ("backward.0.state.weight", 1, 4),
                    ("backward.0.input.bias", 0, 4),
                    ("backward.0.state.bias", 0, 4),
                    ("backward.1.input.weight", 0, 2)
                ),
            },
            new("gru", new Gru(2), [4, 3]),
            new("gru, of one time", new Gru(3), [1, 2]),
            new("gru, one bias, last only", new Gru(2) { StateBias = false, LastOnly = true }, [3, 2]),
            new("gru, two layers, dropout", new Gru(3) { Layers = 2, Dropout = 0.25 }, [3, 2])
            {
                Units = new(
                    3,
                    ("forward.0.input.weight", 1, 3),
                    ("forward.0.state.weight", 0, 1),
                    ("forward.0.state.weight", 1, 3),
                    ("forward.0.input.bias", 0, 3),
                    ("forward.0.state.bias", 0, 3),
                    ("forward.1.input.weight", 0, 1)
                ),
            },
            new("attention", new MultiHeadAttention(2), [3, 4]),
            new("attention, causal, without bias", new MultiHeadAttention(1) { Causal = true, Bias = false }, [4, 3]),
            new("attention, dropout", new MultiHeadAttention(2) { Dropout = 0.3 }, [3, 2]),
            new("sinusoidal positions", new SinusoidalPositions(), [4, 3]),
            new("learned positions", new LearnedPositions(), [3, 2]),
        ];
}
