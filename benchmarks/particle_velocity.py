#!/usr/bin/env python3
"""One velocity evaluation (Pre-LN, Q = K = V = I) as it is usually written in NumPy, against the
floor of bench_particles.cpp: 1.5 n^2 d multiply-adds at the speed of NumPy's own matrix product
and n^2/2 exponentials at the speed of its own exponential.

    OPENBLAS_NUM_THREADS=1 benchmarks/particle_velocity.py [n d]...
"""
import sys
import time

import numpy as np


def velocity(theta, r, beta):
    """theta': n x d, r': n, for unit rows theta."""
    scores = beta * (theta @ theta.T)
    scores -= scores.max(axis=1, keepdims=True)
    weights = np.exp(scores)
    weights /= weights.sum(axis=1, keepdims=True)
    attention = weights @ theta
    along = np.einsum("ij,ij->i", theta, attention)
    return (attention - along[:, None] * theta) / r[:, None], along


def least(function, seconds=2.0):
    """Least time of a call over some seconds of repetitions."""
    best, start = float("inf"), time.perf_counter()
    while time.perf_counter() - start < seconds:
        before = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - before)
    return best


def main():
    sizes = [int(text) for text in sys.argv[1:]] or [256, 256, 2048, 512]
    random = np.random.default_rng(1)
    square = random.standard_normal((512, 512))
    product = least(lambda: square @ square) / 512**3
    many = -random.random(4096)
    exponential = least(lambda: np.exp(many)) / many.size
    print(f"product {2e-9 / product:.1f} GFlop/s, exponential {1e9 * exponential:.2f} ns")
    for n, d in zip(sizes[::2], sizes[1::2]):
        theta = random.standard_normal((n, d))
        theta /= np.linalg.norm(theta, axis=1, keepdims=True)
        r = np.full(n, 2.0)
        measured = least(lambda: velocity(theta, r, 5.0))
        floor = 1.5 * n * n * d * product + 0.5 * n * n * exponential
        print(f"n = {n}, d = {d}: {1e3 * measured:.3f} ms, {measured / floor:.2f} times the floor")


if __name__ == "__main__":
    main()
