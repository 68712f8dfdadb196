"""Writes layers_sequences.json: recurrent layers and attention, with PyTorch in double precision.

python3 layers_sequences.py > layers_sequences.json   (needs PyTorch; made with 1.13)

Each row: the settings, parameters by PyTorch's names, input x [batch, time, features], initial states where given, output, last states, weights w, and for the scalar
sum(w·y) + sum(y²) ⁄ 2 (with the last states s, also sum(s²) ⁄ 2) of the output y: gradient, a direction, and the product of the Hessian with it, by parameter and input.
"""

import json
import math

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(12)


def shown(tensor):
    return {"shape": list(tensor.shape), "data": [float(x) for x in tensor.detach().flatten()]}


def row(name, layer, settings, parameters, x, initial, function):
    names, leaves = list(parameters), [p.detach().clone().requires_grad_() for p in parameters.values()]
    names += ["x"] + [f"initial{i}" for i in range(len(initial))]
    leaves += [t.detach().clone().requires_grad_() for t in [x, *initial]]
    count = len(parameters)
    y, final = function(dict(zip(names, leaves[:count])), leaves[count], leaves[count + 1 :])
    weights = torch.randn(y.shape)
    loss = (weights * y).sum() + 0.5 * (y * y).sum() + sum(0.5 * (s * s).sum() for s in final)
    gradient = torch.autograd.grad(loss, leaves, create_graph=True)
    direction = [torch.randn(leaf.shape) for leaf in leaves]
    along = sum((g * d).sum() for g, d in zip(gradient, direction))
    product = torch.autograd.grad(along, leaves)
    by_name = lambda tensors: {n: shown(t) for n, t in zip(names, tensors)}
    return {
        "name": name,
        "layer": layer,
        **settings,
        "at": by_name(leaves),
        "output": shown(y),
        "final": [shown(s) for s in final],
        "weights": shown(weights),
        "gradient": by_name(gradient),
        "direction": by_name(direction),
        "product": by_name(product),
    }


def recurrent(name, layer, batch, time, features, units, layers=1, both=False, bias=True, relu=False, initial=False):
    kind = {"recurrent": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[layer]
    more = {"nonlinearity": "relu"} if relu else {}
    module = kind(features, units, num_layers=layers, bidirectional=both, bias=bias, batch_first=True, **more)
    states = 2 if layer == "lstm" else 1
    start = [torch.randn(layers * (2 if both else 1), batch, units) for _ in range(states if initial else 0)]

    def function(parameters, x, given):
        given = given or [torch.zeros(layers * (2 if both else 1), batch, units)] * states
        run = {"recurrent": torch._VF.rnn_relu if relu else torch._VF.rnn_tanh, "lstm": torch._VF.lstm, "gru": torch._VF.gru}[layer]
        y, *final = run(x, given if layer == "lstm" else given[0], list(parameters.values()), bias, layers, 0.0, False, both, True)
        return y, final

    settings = {"units": units, "layers": layers, "bidirectional": both, "bias": bias, "relu": relu}
    return row(name, layer, settings, dict(module.named_parameters()), torch.randn(batch, time, features), start, function)


def attention(name, batch, time, features, heads, causal=False, bias=True):
    module = torch.nn.MultiheadAttention(features, heads, bias=bias, batch_first=True)
    parameters = {n: p if p.dim() > 1 else torch.randn(p.shape) for n, p in module.named_parameters()}
    mask = torch.triu(torch.ones(time, time, dtype=torch.bool), diagonal=1) if causal else None

    def function(given, x, _):
        y, _ = torch.nn.utils.stateless.functional_call(module, given, (x, x, x), {"attn_mask": mask, "need_weights": False})
        return y, []

    return row(name, "attention", {"heads": heads, "causal": causal, "bias": bias}, parameters, torch.randn(batch, time, features), [], function)


def dot_product(name, queries, keys, values, mask):
    def function(given, q, _):
        scores = q @ given["keys"].transpose(-1, -2) / math.sqrt(q.shape[-1])
        if mask is not None:
            scores = scores.masked_fill(mask == 0, -math.inf)
        return torch.softmax(scores, -1) @ given["values"], []

    parameters = {"keys": torch.randn(keys), "values": torch.randn(values)}
    settings = {"mask": None if mask is None else shown(mask)}
    return row(name, "dot product", settings, parameters, torch.randn(queries), [], function)


print(
    json.dumps(
        [
            recurrent("recurrent", "recurrent", 2, 4, 3, 2),
            recurrent("recurrent with relu", "recurrent", 2, 3, 2, 3, relu=True),
            recurrent("recurrent of two layers, both directions, from a state", "recurrent", 2, 3, 2, 2, 2, True, initial=True),
            recurrent("recurrent without bias, one time, one example", "recurrent", 1, 1, 3, 2, bias=False),
            recurrent("lstm", "lstm", 2, 4, 3, 2),
            recurrent("lstm of one time, one example, from a state", "lstm", 1, 1, 2, 2, initial=True),
            recurrent("lstm of two layers, both directions, from a state", "lstm", 2, 3, 2, 2, 2, True, initial=True),
            recurrent("lstm without bias", "lstm", 1, 3, 2, 2, bias=False),
            recurrent("gru", "gru", 2, 4, 3, 2),
            recurrent("gru of one time, one example, from a state", "gru", 1, 1, 2, 3, initial=True),
            recurrent("gru of three layers, both directions", "gru", 2, 3, 2, 2, 3, True),
            recurrent("gru without bias, both directions, from a state", "gru", 1, 3, 2, 2, 1, True, bias=False, initial=True),
            attention("attention", 2, 3, 4, 2),
            attention("attention with one head, causal", 2, 4, 3, 1, causal=True),
            attention("attention with three heads, causal, without bias", 1, 3, 3, 3, causal=True, bias=False),
            attention("attention of one time, one example", 1, 1, 4, 2),
            dot_product("dot product", (2, 3, 2), (2, 4, 2), (2, 4, 3), None),
            dot_product("dot product with a mask", (3, 2), (4, 2), (4, 3), torch.tensor([[1.0, 0, 1, 0], [0, 0, 1, 0], [1, 1, 1, 1]])),
        ],
        separators=(",", ":"),
    )
)
