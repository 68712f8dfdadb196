"""Known values of losses by PyTorch 1.13, float64: python3 losses.py > losses.json

Each row is a loss with its options and inputs; for each reduction the value, and of the value weighted by `weights` the gradient by each input that
has one and the Hessian times `directions`. What PyTorch does not have is written out here.
"""

import json
import torch
import torch.nn.functional as F

torch.manual_seed(12)
torch.set_default_dtype(torch.float64)
rows = []


def normal(*shape):
    return torch.randn(shape)


def case(loss, by, inputs, options=None, also=(), whole=None, each=None):
    """by: the inputs that are differentiated; whole: the loss by reduction; each: the losses on their own, where only those are given."""
    options = options or {}
    row = {"loss": loss, "options": options, "inputs": {}, "reductions": {}}
    for key, x in inputs.items():
        row["inputs"][key] = {"shape": list(x.shape), "data": x.flatten().tolist()}
    batch = next(iter(inputs.values())).shape[0]
    for reduction in ("mean", "sum", "batchmean", "none"):
        leaves = {key: (x.clone().requires_grad_(True) if key in by else x) for key, x in inputs.items()}

        def value():
            if whole is None:
                losses = each(**leaves)
                return {"mean": losses.mean, "sum": losses.sum, "batchmean": lambda: losses.sum() / batch, "none": lambda: losses}[reduction]()
            return whole(**leaves, reduction="sum") / batch if reduction == "batchmean" else whole(**leaves, reduction=reduction)

        y = value()
        weights = normal(*y.shape)
        total = (weights * y).sum()
        result = {"value": y.flatten().tolist(), "weights": weights.flatten().tolist(), "by": {}}
        gradients = torch.autograd.grad(total, [leaves[key] for key in by], create_graph=True)
        for key, gradient in zip(by, gradients):
            direction = normal(*gradient.shape)
            product = None
            if gradient.requires_grad:
                (product,) = torch.autograd.grad((gradient * direction).sum(), leaves[key], retain_graph=True, allow_unused=True)
            product = torch.zeros(gradient.shape) if product is None else product + torch.zeros(gradient.shape)
            result["by"][key] = {
                "gradient": gradient.flatten().tolist(),
                "direction": direction.flatten().tolist(),
                "product": product.flatten().tolist(),
            }
        row["reductions"][reduction] = result
    rows.append(row)


def classes_of(x):
    return x.long()


# Classes
def cross_entropy(logits, targets, reduction, weights=None, smoothing=0.0, ignore=-100, axis=-1):
    if axis == -1 and logits.dim() > 2:
        logits = logits.movedim(-1, 1)
        targets = targets.movedim(-1, 1) if targets.dim() == logits.dim() else targets
    t = targets if targets.shape == logits.shape else classes_of(targets)
    return F.cross_entropy(logits, t, weight=weights, ignore_index=ignore, reduction=reduction, label_smoothing=smoothing)


numbers = torch.tensor([0.0, 3, 1, 1, 2, 0])
shares = torch.softmax(2 * normal(6, 4), 1)
class_weights = torch.tensor([0.5, 1.5, 0.0, 2.0])
for smoothing in (0.0, 0.1):
    for weighted in (False, True):
        weights = {"weights": class_weights} if weighted else {}
        for ignore in (None, 1):
            options = {"labelSmoothing": smoothing, **({} if ignore is None else {"ignore": ignore})}
            case(
                "cross entropy",
                ["logits"],
                {"logits": 3 * normal(6, 4), "targets": numbers, **weights},
                options,
                whole=lambda logits, targets, reduction, weights=None: cross_entropy(
                    logits, targets, reduction, weights, smoothing, -100 if ignore is None else ignore
                ),
            )
        case(
            "cross entropy",
            ["logits", "targets"],
            {"logits": 3 * normal(6, 4), "targets": shares, **weights},
            {"labelSmoothing": smoothing},
            whole=lambda logits, targets, reduction, weights=None: cross_entropy(logits, targets, reduction, weights, smoothing),
        )
case("cross entropy", ["logits"], {"logits": normal(6, 4) + 790, "targets": numbers}, {"labelSmoothing": 0.0}, whole=cross_entropy)
image = torch.tensor([0.0, 2, 1, 1, 2, 0]).reshape(2, 1, 3)
case(
    "cross entropy",
    ["logits"],
    {"logits": normal(2, 3, 1, 3), "targets": image},
    {"labelSmoothing": 0.2, "axis": 1},
    whole=lambda logits, targets, reduction: cross_entropy(logits, targets, reduction, smoothing=0.2, axis=1),
)
case("cross entropy", ["logits"], {"logits": normal(2, 1, 3, 3), "targets": image}, {"labelSmoothing": 0.0}, whole=cross_entropy)
for weighted in (False, True):
    weights = {"weights": class_weights} if weighted else {}
    for ignore in (None, 0):
        case(
            "nll",
            ["logProbabilities"],
            {"logProbabilities": torch.log_softmax(normal(6, 4), 1), "targets": numbers, **weights},
            {} if ignore is None else {"ignore": ignore},
            whole=lambda logProbabilities, targets, reduction, weights=None: F.nll_loss(
                logProbabilities, classes_of(targets), weights, ignore_index=-100 if ignore is None else ignore, reduction=reduction
            ),
        )

# Numbers
y, t = normal(5, 3), normal(5, 3)
both = ["predictions", "targets"]
case("mean squared", both, {"predictions": y, "targets": t}, whole=lambda predictions, targets, reduction: F.mse_loss(predictions, targets, reduction=reduction))
case("half squared", both, {"predictions": normal(5, 3, 2), "targets": normal(5, 3, 2)}, each=lambda predictions, targets: 0.5 * ((predictions - targets) ** 2).sum((1, 2)))
case("mean absolute", both, {"predictions": y, "targets": t}, whole=lambda predictions, targets, reduction: F.l1_loss(predictions, targets, reduction=reduction))
for delta in (0.3, 1.0):
    case("huber", both, {"predictions": y, "targets": t}, {"delta": delta}, whole=lambda predictions, targets, reduction: F.huber_loss(predictions, targets, delta=delta, reduction=reduction))
for beta in (0.0, 0.4, 1.0):
    case("smooth l1", both, {"predictions": y, "targets": t}, {"beta": beta}, whole=lambda predictions, targets, reduction: F.smooth_l1_loss(predictions, targets, beta=beta, reduction=reduction))

# One class against another
signs = torch.tensor([1.0, -1, 1, 1, -1, -1, 1])
scores = 2 * normal(7)
case("hinge", ["scores"], {"scores": scores, "targets": signs}, each=lambda scores, targets: F.relu(1 - targets * scores))
case("squared hinge", ["scores"], {"scores": scores, "targets": signs}, each=lambda scores, targets: F.relu(1 - targets * scores) ** 2)
case("soft margin", ["scores"], {"scores": 3 * scores, "targets": signs}, whole=lambda scores, targets, reduction: F.soft_margin_loss(scores, targets, reduction=reduction))
p = torch.sigmoid(4 * normal(4, 3))
soft = torch.rand(4, 3)
for weighted in (False, True):
    weights = {"weights": torch.rand(4, 3)} if weighted else {}
    # By its formula: the second derivative of PyTorch's own adds 1e-12 to p (1 - p).
    case(
        "binary cross entropy",
        ["probabilities", "targets"],
        {"probabilities": p, "targets": soft, **weights},
        each=lambda probabilities, targets, weights=torch.ones(4, 3): -weights
        * (targets * torch.log(probabilities).clamp(min=-100) + (1 - targets) * torch.log1p(-probabilities).clamp(min=-100)),
    )
    check = F.binary_cross_entropy(p, soft, weights.get("weights"))
    assert abs(check.item() - rows[-1]["reductions"]["mean"]["value"][0]) < 1e-14
    for positive in (False, True):
        pos = {"positiveWeights": torch.tensor([0.5, 1, 3.0])} if positive else {}
        case(
            "binary cross entropy with logits",
            ["logits", "targets"],
            {"logits": 10 * normal(4, 3), "targets": soft, **weights, **pos},
            whole=lambda logits, targets, reduction, weights=None, positiveWeights=None: F.binary_cross_entropy_with_logits(
                logits, targets, weights, reduction=reduction, pos_weight=positiveWeights
            ),
        )

# Margins
for power in (1, 2):
    for weighted in (False, True):
        weights = {"weights": class_weights} if weighted else {}
        case(
            "multi margin",
            ["scores"],
            {"scores": normal(6, 4), "targets": numbers, **weights},
            {"power": power, "margin": 0.7},
            each=lambda scores, targets, weights=None: (
                torch.where(
                    F.one_hot(classes_of(targets), 4).bool(),
                    torch.zeros(6, 4),
                    F.relu(0.7 - scores.gather(1, classes_of(targets)[:, None]) + scores) ** power,
                ).sum(1)
                / 4
                * (1 if weights is None else weights[classes_of(targets)])
            ),
        )
        check = F.multi_margin_loss(torch.tensor(rows[-1]["inputs"]["scores"]["data"]).reshape(6, 4), classes_of(numbers), p=power, margin=0.7, weight=weights.get("weights"))
        assert abs(check.item() - rows[-1]["reductions"]["mean"]["value"][0]) < 1e-14
case(
    "cosine embedding",
    ["first", "second"],
    {"first": normal(7, 3), "second": normal(7, 3), "targets": signs},
    {"margin": -0.2},
    whole=lambda first, second, targets, reduction: F.cosine_embedding_loss(first, second, targets, margin=-0.2, reduction=reduction),
)
for order, swap in ((2.0, False), (3.0, True)):
    case(
        "triplet margin",
        ["anchors", "positives", "negatives"],
        {"anchors": normal(6, 3), "positives": normal(6, 3), "negatives": normal(6, 3)},
        {"margin": 0.8, "order": order, "swap": 1 if swap else 0},
        whole=lambda anchors, positives, negatives, reduction: F.triplet_margin_loss(anchors, positives, negatives, 0.8, order, 1e-6, swap, reduction=reduction),
    )

# Distributions
log_p = torch.log_softmax(normal(4, 5), 1)
case("kullback leibler", ["logPredictions"], {"logPredictions": log_p, "targets": torch.softmax(normal(4, 5), 1)}, {"logTargets": 0}, whole=lambda logPredictions, targets, reduction: F.kl_div(logPredictions, targets, reduction=reduction))
case("kullback leibler", ["logPredictions", "targets"], {"logPredictions": log_p, "targets": torch.log_softmax(normal(4, 5), 1)}, {"logTargets": 1}, whole=lambda logPredictions, targets, reduction: F.kl_div(logPredictions, targets, reduction=reduction, log_target=True))
counts = torch.tensor([0.0, 1, 2, 7, 3, 1])
for is_log in (True, False):
    for full in (False, True):
        case(
            "poisson",
            ["predictions"],
            {"predictions": normal(6) if is_log else torch.exp(normal(6)), "targets": counts},
            {"isLog": int(is_log), "full": int(full)},
            whole=lambda predictions, targets, reduction: F.poisson_nll_loss(predictions, targets, is_log, full, reduction=reduction),
        )
for full, shared in ((False, False), (True, True)):
    case(
        "gaussian",
        ["means", "targets", "variances"],
        {"means": normal(5, 3), "targets": normal(5, 3), "variances": torch.rand(5, 1 if shared else 3) + 0.1},
        {"full": int(full)},
        whole=lambda means, targets, variances, reduction: F.gaussian_nll_loss(means, targets, variances.expand(5, 3), full, reduction=reduction),
    )

print(json.dumps(rows))
