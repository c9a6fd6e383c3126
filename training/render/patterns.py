"""Colour ramps and Voronoi cells."""

import torch

from .canvas import mix
from .palettes import ACCENT, FAR, LIGHT, MID, NEAR, SKY_LOW


def ramp(c, t, order=(NEAR, MID, FAR, ACCENT, SKY_LOW, LIGHT)):
    """Colours of the palette in order, t in 0..1, [batch, 1, size, size] to [batch, 3, size, size]."""
    t = t.clamp(0, 0.9999) * (len(order) - 1)
    colors = torch.stack([c.palette[:, role] for role in order], 1)
    i = t.floor().long()
    f = t - i

    def color(j):
        flat = j.view(c.batch, 1, -1)
        channels = [torch.gather(colors[:, :, k].view(c.batch, 1, len(order)), 2, flat) for k in range(3)]
        return torch.stack([channel.view(c.batch, c.size, c.size) for channel in channels], 1)

    return mix(color(i), color((i + 1).clamp(max=len(order) - 1)), f * f * (3 - 2 * f))


def voronoi(c, n):
    """n cells across: distances to the nearest and the second nearest seed, in cells, and where the nearest lies."""
    G = n + 6
    jit = c.rand(c.batch, 2, G, G) * 0.92 + 0.04
    X = c.x * n
    Y = c.y * n
    xi = X[0, 0, 0].floor().long() + 3
    yi = Y[0, 0, :, 0].floor().long() + 3
    f1 = torch.full((c.batch, 1, c.size, c.size), 9.0, device=c.device)
    f2 = f1.clone()
    cxm = torch.zeros_like(f1)
    cym = cxm.clone()
    for a in (-1, 0, 1):
        for b in (-1, 0, 1):
            j = jit[:, :, yi + a][:, :, :, xi + b]
            px = (xi + b - 3).view(1, 1, 1, -1) + j[:, :1]
            py = (yi + a - 3).view(1, 1, -1, 1) + j[:, 1:]
            d = ((X - px) ** 2 + (Y - py) ** 2).sqrt()
            w = d < f1
            f2 = torch.where(w, f1, torch.minimum(f2, d))
            f1 = torch.where(w, d, f1)
            cxm = torch.where(w, px, cxm)
            cym = torch.where(w, py, cym)
    return f1, f2, cxm / n, cym / n


def hash_noise(a, b):
    v = torch.sin(a * 127.1 + b * 311.7) * 43758.5453
    return v - v.floor()
