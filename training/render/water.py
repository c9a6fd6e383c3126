"""Scenes by the water."""

import torch

from .canvas import TAU, mix, smooth
from .elements import birds, boat, hills, lighthouse, reflect, sky
from .palettes import FAR, LIGHT, MID, NEAR, SKY_LOW


def sc_lake(c):
    hz = c.between(0.5, 0.64)
    img = sky(c, hz)
    img = hills(c, img, hz - 0.17, 3, 0.34, 2.2, True, 5, hz + 0.12, 0.6, True, 0.48)
    pine = c.ridge(60, 2, 0.7, True) * 0.05 + 0.02 * c.ridge(4, 2)
    img = mix(img, c.col(NEAR), c.edge(c.y - (hz - pine)) * (c.flag(0.6)))
    img = reflect(c, img, hz)
    return boat(c, img, hz, 0.25)


def sc_ocean(c):
    hz = c.between(0.32, 0.55)
    img = sky(c, hz)
    yy = (c.y - hz).clamp(min=0)
    sea = mix(mix(c.col(FAR), c.col(SKY_LOW), 0.45), c.col(MID), smooth(0, 0.35, yy))
    sea = mix(sea, c.col(NEAR), smooth(0.15, 0.75, yy) * 0.6)
    v = 1 / (yy + 0.06)
    w = torch.sin(v * c.between(5, 9) + c.noise(6, 4, 3) * 14)
    sea = mix(sea, c.col(LIGHT), smooth(0.75, 1, w) * 0.22)
    sea = mix(sea, c.col(NEAR), smooth(0.6, 1, -w) * 0.25)
    gl = torch.exp(-(((c.x - c.sun_x) / (0.03 + 0.28 * yy)) ** 2)) * smooth(0.42, 0.6, c.noise(70, 14, 2))
    sea = mix(sea, c.col(LIGHT), gl * 0.9 * c.sun_shows)
    img = mix(img, sea, c.edge(c.y - hz))
    return lighthouse(c, boat(c, birds(c, img), hz, 0.3), hz, 0.4)


def sc_waves(c):
    hz = c.between(0.2, 0.42)
    img = sky(c, hz, sunp=0.6)
    img = mix(img, mix(c.col(FAR), c.col(MID), 0.5), c.edge(c.y - hz))
    n = 6
    for i in range(n):
        k = (i + 1) / n
        A = 0.018 + 0.075 * k * c.between(0.5, 1.0)
        fq = c.between(1.2, 2.6) * (1.8 - k)
        ph = c.between(0, TAU)
        th = c.x * fq * TAU + ph + 0.8 * torch.sin(c.x * fq * TAU * 0.5 + ph * 2)
        crest = (1 - (torch.sin(th * 0.5).abs())) ** 1.1
        h = hz + (1.02 - hz) * (k**1.15) * 0.8 - A * crest * 1.7 + 0.02 * (c.ridge(5, 3) - 0.5)
        d = c.y - h
        col = mix(mix(c.col(FAR), c.col(MID), min(1, k * 1.4)), c.col(NEAR), max(0, k - 0.45) * 1.1)
        st = 0.5 + 0.5 * torch.sin(d * (110 - 50 * k) + 3 * c.noise(4, 8, 2))
        sh = mix(col, c.col(LIGHT), 0.28 * st * torch.exp(-d.clamp(min=0) / 0.09))
        sh = mix(sh, c.col(SKY_LOW), torch.exp(-d.clamp(min=0) / 0.035) * 0.35)
        foam = c.edge(0.006 + 0.022 * k * crest * c.noise(40, 40, 2) * 2 - d)
        sh = mix(sh, mix(c.col(LIGHT), torch.ones_like(col), 0.7), foam)
        img = mix(img, sh, c.edge(d))
    return lighthouse(c, boat(c, img, hz, 0.2), hz + 0.06, 0.4)


def sc_islands(c):
    hz = c.between(0.45, 0.58)
    img = sky(c, hz)
    for i in range(4):
        k = i / 3
        cx = c.between(0.0, 1)
        w = c.between(0.1, 0.26) * (0.7 + 0.6 * k)
        H = c.between(0.07, 0.24)
        prof = H * torch.exp(-(((c.x - cx) / w).abs() ** 2.2)) * (0.75 + 0.5 * c.ridge(9, 4, 0.6))
        h = hz - prof + 0.012
        d = c.y - h
        col = mix(mix(c.col(SKY_LOW), c.col(FAR), 0.8), mix(c.col(MID), c.col(NEAR), 0.5), k)
        sh = mix(col, c.col(NEAR), smooth(0.45, 0.6, c.noise(16, 16, 3)) * 0.35)
        sh = mix(sh, c.col(LIGHT), 0.3 * smooth(0.6, 0.5, c.noise(20, 20, 2)) * smooth(0.06, 0, d))
        img = mix(img, sh, c.edge(d) * c.edge(hz - c.y))
    return boat(c, birds(c, reflect(c, img, hz, 0.014, 0.35)), hz, 0.35)
