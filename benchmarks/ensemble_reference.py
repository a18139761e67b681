"""The work of `attest ensemble` in NumPy or PyTorch, for comparison; the suite itself uses neither.

    python3 benchmarks/ensemble_reference.py 5a --runs 3            # NumPy
    python3 benchmarks/ensemble_reference.py 5c --runs 3 --torch    # PyTorch, on the CPU

One run is six schemes x 64 layers in single precision on one thread, the six schemes with the same
tokens and weights. Prints CPU seconds per run and the mean cosine similarity after the last layer.
Set OMP_NUM_THREADS=1 (and MKL_NUM_THREADS, OPENBLAS_NUM_THREADS) for NumPy.
"""

import argparse
import math
import time

PANELS = {  # d, heads, beta, static weights, standard deviation of an entry
    "5a": (512, 1, math.sqrt(512), True, math.sqrt(2 / 512)),
    "5b": (512, 1, 4 * math.sqrt(512), True, math.sqrt(2 / 512)),
    "5c": (512, 1, math.sqrt(512), False, math.sqrt(2 / 512)),
    "5d": (16, 1, 1.0, True, math.sqrt(2 / 16)),
    "5e": (128, 1, math.sqrt(128), True, math.sqrt(2 / 128)),
    "5f": (128, 1, 4 * math.sqrt(128), True, math.sqrt(2 / 128)),
    "5g": (768, 12, 8.0, True, 0.02),
}
SCHEMES = ("post-ln", "pre-ln", "mix-ln", "peri-ln", "ngpt", "sqrt-scaling")
TOKENS = 128


class NumpyBackend:
    def __init__(self, seed):
        import numpy

        self.np = numpy
        self.random = numpy.random.Generator(numpy.random.Philox(seed))

    def normal(self, rows, columns, deviation):
        return deviation * self.random.standard_normal((rows, columns), dtype=self.np.float32)

    def norms(self, x):
        return self.np.linalg.norm(x, axis=1, keepdims=True)

    def attention(self, x, q, k, v, beta, heads):
        split = lambda y: y.reshape(len(y), heads, -1).transpose(1, 0, 2)
        scores = beta * (split(x @ q) @ split(x @ k).transpose(0, 2, 1))
        weights = self.np.exp(scores - scores.max(axis=2, keepdims=True))
        weights /= weights.sum(axis=2, keepdims=True)
        return (weights @ split(x @ v)).transpose(1, 0, 2).reshape(x.shape)


class TorchBackend:
    def __init__(self, seed):
        import torch

        torch.set_num_threads(1)
        self.torch = torch
        self.generator = torch.Generator().manual_seed(seed)

    def normal(self, rows, columns, deviation):
        return deviation * self.torch.randn(rows, columns, generator=self.generator)

    def norms(self, x):
        return x.norm(dim=1, keepdim=True)

    def attention(self, x, q, k, v, beta, heads):
        split = lambda y: y.reshape(len(y), heads, -1).transpose(0, 1)
        weights = self.torch.softmax(beta * (split(x @ q) @ split(x @ k).transpose(1, 2)), dim=2)
        return (weights @ split(x @ v)).transpose(0, 1).reshape(x.shape)


def advance(backend, scheme, x, attention, t, layers):
    """The discrete column of Table 1 with alpha = 1 and tau = T/4."""
    if scheme == "mix-ln":
        scheme = "post-ln" if t <= layers / 4 else "pre-ln"
    if scheme == "post-ln":
        y = x + attention
    elif scheme == "pre-ln":
        return x + attention
    elif scheme == "peri-ln":
        return x + attention / backend.norms(attention)
    elif scheme == "ngpt":
        y = x + attention / backend.norms(attention)
    else:
        y = x + attention / math.sqrt(t + 1)
    return y / backend.norms(y)


def simulate(backend, panel, layers):
    d, heads, beta, static, deviation = PANELS[panel]
    tokens = backend.normal(TOKENS, d, 1)
    tokens = tokens / backend.norms(tokens)
    states = {scheme: tokens for scheme in SCHEMES}
    curves = {scheme: [] for scheme in SCHEMES}
    for t in range(layers):
        if t == 0 or not static:
            q, k, v, w = (backend.normal(d, d, deviation) for _ in range(4))
        for scheme in SCHEMES:
            x = states[scheme]
            theta = x / backend.norms(x)
            x = advance(backend, scheme, x, backend.attention(theta, q, k, v, beta, heads) @ w,
                        t, layers)
            states[scheme] = x
            total = (x / backend.norms(x)).sum(0)
            curves[scheme].append((float(total @ total) - TOKENS) / (TOKENS * (TOKENS - 1)))
    return curves


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("panel", choices=sorted(PANELS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--layers", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--torch", action="store_true")
    options = parser.parse_args()
    backend = (TorchBackend if options.torch else NumpyBackend)(options.seed)
    simulate(backend, options.panel, 2)
    start = time.process_time()
    runs = [simulate(backend, options.panel, options.layers) for _ in range(options.runs)]
    print(f"{(time.process_time() - start) / options.runs:.4f} CPU seconds per run")
    for scheme in SCHEMES:
        mean = sum(run[scheme][-1] for run in runs) / options.runs
        print(f"{scheme:13} {mean:.5f}")


if __name__ == "__main__":
    main()
