"""Writes spectra.json: decompositions and functions of small matrices in 60 digits, and derivatives at repeated eigenvalues.

python3 spectra.py > spectra.json   (needs mpmath)

Rows of a matrix one after another; every number is the double nearest the true value of the doubles given. Signs are the library's: R has a positive diagonal, of each
eigenvector and each left singular vector the element of largest magnitude is positive. "exponentials" has, for matrices with repeated and with nearly equal eigenvalues, exp(A)
and its derivatives along one, two and three of the directions, as coefficients of exp(A + sE + tF + uG), read off block-triangular matrices (Mathias 1996) by the power
series, which knows nothing of eigenvalues.
"""

import json

from mpmath import expm, eigsy, matrix, mp, mpf, qr, svd_r

mp.dps = 60


def of(rows):
    return matrix([[mpf(x) for x in row] for row in rows])


def flat(m):
    return [float(m[i, j]) for i in range(m.rows) for j in range(m.cols)]


def positive(vectors, *others):
    for j in range(vectors.cols):
        best = max(range(vectors.rows), key=lambda i: abs(vectors[i, j]))
        if vectors[best, j] < 0:
            for m in (vectors, *others):
                for i in range(m.rows):
                    m[i, j] = -m[i, j]


def thin_qr(a):
    q, r = qr(a, mode="skinny")
    for k in range(r.rows):
        if r[k, k] < 0:
            for j in range(r.cols):
                r[k, j] = -r[k, j]
            for i in range(q.rows):
                q[i, k] = -q[i, k]
    return q, r


def eigen(a):
    values, vectors = eigsy(a)
    positive(vectors)
    return values, vectors


def svd(a):
    u, s, vt = svd_r(a)
    v = vt.T
    positive(u, v)
    return u, s, v


def pseudoinverse(a, rank=None):
    u, s, v = svd(a)
    k = rank or len(s)
    d = matrix(len(s), len(s))
    for i in range(k):
        d[i, i] = 1 / s[i]
    return v * d * u.T


TALL = [[1.875, 0.5], [1.25, 1.9375], [1, 1.5]]
EVEN = [[1.875, 1], [1, -1.875], [0.5, 0.25]]
SQUARE = [[1.875, 0.5], [1.25, 1.9375]]
POSITIVE = [[0.25, 0.5], [0.375, 0.125]]
SYMMETRIC = [[1.75, 0.875], [0.875, -1.5]]
LOW = [[1, 2, 3], [2, 4, 6], [-1, -2, -3], [0.5, 1, 1.5]]
NILPOTENT = [[0, 8, -3], [0, 0, 16], [0, 0, 0]]


def blocks(a, directions):
    """A ⊗ I plus each direction times a nilpotent of its own: the mixed derivative is the last block above the diagonal."""
    n, size = a.rows, 1 << len(directions)
    whole = matrix(n * size, n * size)
    for row in range(size):
        for i in range(n):
            for j in range(n):
                whole[row * n + i, row * n + j] = a[i, j]
        for k, direction in enumerate(directions):
            if not row >> k & 1:
                column = row | 1 << k
                for i in range(n):
                    for j in range(n):
                        whole[row * n + i, column * n + j] = direction[i, j]
    return whole


def last(m, n):
    return m[0:n, m.cols - n : m.cols]


REPEATED = {
    "identity": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "pair": [[2, 0, 0], [0, 2, 0], [0, 0, 0.5]],
    "near": [[1, 0, 0], [0, 1.0009765625, 0], [0, 0, 3]],
    "apart": [[2, 0.5, -0.25], [0.5, 1, 0.75], [-0.25, 0.75, 4]],
}
DIRECTIONS = [
    [[0.5, 1, -0.25], [1, -0.75, 0.5], [-0.25, 0.5, 1.25]],
    [[-1, 0.25, 0.5], [0.25, 0.5, -1.5], [0.5, -1.5, 0.75]],
    [[0.25, -0.5, 1], [-0.5, 1.5, 0.75], [1, 0.75, -0.5]],
]


def exponentials():
    for name, rows in REPEATED.items():
        a = of(rows)
        derivatives = [flat(last(expm(blocks(a, [of(d) for d in DIRECTIONS[:k]])), 3)) for k in range(4)]
        yield {"matrix": name, "elements": flat(a), "derivatives": derivatives}


def main():
    q, r = thin_qr(of(TALL))
    sq, sr = thin_qr(of(SQUARE))
    values, vectors = eigen(of(SYMMETRIC))
    u, s, v = svd(of(TALL))
    su, ss, sv = svd(of(SQUARE))
    right = of([[3], [-1], [1]])
    wide = of([[2], [1.5]])
    result = {
        "tall": {"q": flat(q), "r": flat(r), "u": flat(u), "s": flat(s), "v": flat(v)},
        "wide": {"solution": flat(pseudoinverse(of(TALL).T) * wide)},
        "square": {"q": flat(sq), "r": flat(sr), "u": flat(su), "s": flat(ss), "v": flat(sv), "pinv": flat(pseudoinverse(of(SQUARE)))},
        "positive": {"exp": flat(expm(of(POSITIVE)))},
        "symmetric": {"values": flat(values), "vectors": flat(vectors)},
        "low": {"pinv": flat(pseudoinverse(of(LOW), 1))},
        "nilpotent": {"exp": flat(expm(of(NILPOTENT)))},
        "least squares": {"solution": flat(pseudoinverse(of(EVEN)) * right)},
        "directions": [flat(of(d)) for d in DIRECTIONS],
        "exponentials": list(exponentials()),
    }
    print(json.dumps(result, indent=1))


main()
