"""Scenes by the water."""

import torch

from .canvas import mix, smooth
from .elements import birds, boat, hills, lighthouse, reflect, sky
from .palettes import FAR, LIGHT, MID, NEAR, SKY_LOW, SKY_TOP


def sc_lake(c):
    hz = c.between(0.5, 0.64)
    img = sky(c, hz)
    img = hills(c, img, hz - 0.17, 3, 0.34, 2.2, True, 5, hz + 0.12, 0.6, True, 0.48)
    pine = c.ridge(60, 2, 0.7, True) * 0.05 + 0.02 * c.ridge(4, 2)
    img = mix(img, c.col(NEAR), c.edge(c.y - (hz - pine)) * (c.flag(0.6)))
    img = reflect(c, img, hz)
    return boat(c, img, hz, 0.25)


def sea_colors(c):
    """Of the middle distance and of the deep. Water takes the sky's colour, also where the land is green."""
    return mix(c.col(MID), c.col(SKY_TOP), 0.5), mix(c.col(NEAR), c.col(SKY_TOP), 0.3)


def sc_ocean(c):
    hz = c.between(0.32, 0.55)
    img = sky(c, hz)
    yy = (c.y - hz).clamp(min=0)
    middle, deep = sea_colors(c)
    sea = mix(mix(c.col(FAR), c.col(SKY_LOW), 0.45), middle, smooth(0, 0.3, yy))
    sea = mix(sea, deep, smooth(0.12, 0.7, yy) * 0.7)
    # Ripples grow toward the eye: three grains of streaks, each where it is the right size.
    swell = 0
    for fy, fx, near, far in ((110, 18, -0.1, 0.12), (44, 9, 0.04, 0.3), (26, 4, 0.16, 0.6)):
        swell = swell + (c.noise(fy, fx, 2) - 0.5) * smooth(near - 0.06, near + 0.06, yy) * smooth(far, near, yy)
    sea = mix(sea, mix(c.col(LIGHT), c.col(SKY_LOW), 0.5), smooth(0.05, 0.26, swell) * 0.42)
    sea = mix(sea, deep, smooth(0.05, 0.24, -swell) * 0.4)
    sea = mix(sea, c.col(SKY_LOW), torch.exp(-yy / 0.03) * 0.35)
    gl = torch.exp(-(((c.x - c.sun_x) / (0.03 + 0.28 * yy)) ** 2)) * smooth(0.42, 0.6, c.noise(70, 14, 2))
    sea = mix(sea, c.col(LIGHT), gl * 0.9 * c.sun_shows)
    img = mix(img, sea, c.edge(c.y - hz))
    return lighthouse(c, boat(c, birds(c, img), hz, 0.3), hz, 0.4)


def sc_waves(c):
    hz = c.between(0.26, 0.42)
    img = sky(c, hz, sunp=0.6)
    middle, deep = sea_colors(c)
    img = mix(img, mix(c.col(FAR), middle, 0.6), c.edge(c.y - hz))
    white = mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.7)
    n = 6
    for i in range(n):
        k = (i + 1) / n
        rough = c.between(0.6, 1.1)
        crest = 1 - (2 * c.ridge(4.2 - 2.6 * k, 3, 0.42) - 1).abs()
        crest = (crest * 1.15 - 0.15).clamp(0, 1) ** 1.7
        high = (0.03 + 0.2 * k) * rough
        h = hz + (1.06 - hz) * (k**1.2) * 0.92 - high * crest
        d = c.y - h
        low = d.clamp(min=0)
        col = mix(mix(c.col(FAR), middle, min(1, k * 1.5)), deep, max(0, k - 0.4) * 0.9)
        # Light falls through the thin top of a wave; its foot is dark.
        thin = torch.exp(-low / (0.02 + 0.06 * k)) * smooth(0.15, 0.8, crest)
        sh = mix(col, mix(c.col(SKY_LOW), c.col(FAR), 0.45), thin * 0.6)
        sh = mix(sh, deep, smooth(0.02, 0.2 + 0.1 * k, low) * 0.45)
        streak = c.noise(34 - 18 * k, 12 - 6 * k, 3) + 0.12 * crest
        sh = mix(sh, white, smooth(0.62, 0.74, streak) * 0.45 * torch.exp(-low / (0.05 + 0.1 * k)))
        froth = c.noise(60, 60, 3)
        cap = (0.001 + 0.06 * k * smooth(0.25, 0.95, crest)) * smooth(0.25, 0.7, froth)
        sh = mix(sh, white, c.edge(cap - d) * 0.92)
        spray = (
            smooth(0.5, 0.9, crest) * smooth(0.55, 0.68, froth) * torch.exp(-((-d).clamp(min=0) / (0.012 * k + 0.004)))
        )
        img = mix(img, white, spray * 0.5 * (d < 0))
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
