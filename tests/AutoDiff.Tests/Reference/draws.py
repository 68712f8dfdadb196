"""Known draws of the key of seed 42, from their definitions: Philox 4x32-10 in integers, distributions in mpmath at 40 digits.

Prints the literals of KnownOps.Random.cs and KeyGraphTests.cs. Needs mpmath.
"""
import mpmath as mp

mp.mp.dps = 40
MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        left, right = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(right >> 32) ^ c[1] ^ k[0], right & MASK, (left >> 32) ^ c[3] ^ k[1], left & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def block(bits, index, domain):
    w = philox([index, bits >> 64 & MASK, bits >> 96 & MASK, domain], [bits & MASK, bits >> 32 & MASK])
    return w[0] | w[1] << 32 | w[2] << 64 | w[3] << 96


def word(bits, i):
    return block(bits, i // 2, 0) >> 64 * (i % 2) & (2**64 - 1)


def words16(bits):
    return [bits >> 16 * i & 0xFFFF for i in range(8)]


def unit(w):
    return mp.mpf(w >> 11) / 2**53


def midpoint(w):
    return (mp.mpf(w >> 12) + mp.mpf(1) / 2) / 2**52


def quantile(p):
    return mp.sqrt(2) * mp.erfinv(2 * p - 1)


def truncated(w, a, b):
    fa, fb = mp.ncdf(a), mp.ncdf(b)
    return quantile(fa + (fb - fa) * midpoint(w))


def below(bits, at, bound):
    while True:
        high, low = divmod(word(bits, at) * bound, 2**64)
        at += 1
        if low >= 2**64 % bound:
            return high, at


def integers(bits, bound, count):
    at, found = 0, []
    for _ in range(count):
        n, at = below(bits, at, bound)
        found.append(n)
    return found


def permutation(bits, count):
    at, order = 0, list(range(count))
    for i in range(count):
        j, at = below(bits, at, count - i)
        order[i], order[i + j] = order[i + j], order[i]
    return order


def trial(bits, i, t):
    b = block(bits, i, 4 + t)
    return b & (2**64 - 1), b >> 64


def gamma(bits, i, a):
    if a < 1:
        return gamma(bits, i, a + 1) * midpoint(trial(bits, i, 0)[0]) ** (1 / mp.mpf(a))
    d = mp.mpf(a) - mp.mpf(1) / 3
    t = 1
    while True:
        first, second = trial(bits, i, t)
        x = quantile(midpoint(first))
        v = (1 + x / mp.sqrt(9 * d)) ** 3
        if v > 0 and mp.log(midpoint(second)) < x * x / 2 + d - d * v + d * mp.log(v):
            return d * v
        t += 1


def fold(bits, n):
    return block(block(bits, n & MASK, 2), n >> 32, 3)


def show(name, values):
    print(name, "[" + ", ".join(repr(float(v)) if not isinstance(v, int) else str(v) for v in values) + "]")


K = 42
show("Uniform(1, 3)", [1 + 2 * unit(word(K, i)) for i in range(5)])
show("Normal(0.5, 2)", [mp.mpf(1) / 2 + 2 * quantile(midpoint(word(K, i))) for i in range(5)])
show("TruncatedNormal(-0.5, 2)", [truncated(word(K, i), -0.5, 2) for i in range(5)])
show("TruncatedNormal(6, 7)", [-truncated(word(K, i), -7, -6) for i in range(5)])
show("Bernoulli(0.45)", [int(unit(word(K, i)) < mp.mpf(0.45)) for i in range(8)])
show("Rademacher", [-1 if word(K, i) >> 63 else 1 for i in range(8)])
show("Exponential(4)", [-mp.log(midpoint(word(K, i))) / 4 for i in range(5)])
show("Integers(1000)", integers(K, 1000, 6))
show("Permutation(10)", permutation(K, 10))
show("Gamma", [gamma(K, i, a) for i, a in enumerate([0.25, 0.5, 1, 2.5, 30, 1000])])
for c in range(3):
    show(f"Split {c}", words16(block(K, c, 1)))
for n in (7, 2**40 + 3):
    show(f"FoldIn {n}", words16(fold(K, n)))
    show("  words", [n >> 16 * i & 0xFFFF for i in range(4)])
