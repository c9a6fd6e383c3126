"""Scenes without a horizon."""

import math

import torch

from .canvas import TAU, mix, smooth, warp
from .elements import stars
from .palettes import ACCENT, FAR, LIGHT, MID, NEAR, SKY_LOW, SKY_TOP
from .patterns import hash_noise, ramp, voronoi


def sc_flow(c):
    q = c.noise(2, 2, 2) - 0.5
    p = c.noise(2, 2, 2) - 0.5
    n = c.noise(2, 2, 4, 0.45)
    a = c.between(0.3, 0.8)
    n = warp(c, n, q * a, p * a)
    n = (n - n.amin((2, 3), keepdim=True)) / (n.amax((2, 3), keepdim=True) - n.amin((2, 3), keepdim=True))
    img = ramp(c, n)
    ln = c.flag(0.6, "with flowing lines", "with contour lines")
    k = c.between(14, 34)
    w = torch.sin(n * k * TAU)
    img = mix(img, c.col(NEAR), smooth(0.75, 0.95, w) * 0.55 * ln)
    img = mix(img, c.col(LIGHT), smooth(0.8, 1, -w) * 0.5 * ln)
    e = warp(c, n, torch.full_like(n, 0.01), torch.full_like(n, 0.01)) - n
    return (img * (1 + e * 2.2)).clamp(0, 1)


def sc_mandala(c):
    cx, cy = 0.5, 0.5
    dx, dy = c.x - cx, c.y - cy
    r = (dx * dx + dy * dy).sqrt() + 0 * c.between(0, 1)
    th = torch.atan2(dy, dx)
    n = 2 * c.whole(3, 9)
    img = mix(mix(c.col(NEAR), c.col(SKY_TOP), 0.5), c.col(NEAR), smooth(0, 0.7, r)).expand(c.batch, 3, c.size, c.size)
    for i in range(8):
        k = 1 - i / 8
        rr = 0.47 * k * c.between(0.93, 1.05)
        nn = n * (2 if i % 3 == 1 else 1)
        a = th * nn / 2 + (0 if i % 2 else math.pi / 2)
        cs = torch.cos(a).abs()
        pet = rr * (0.72 + 0.28 * cs ** c.between(0.5, 1.6))
        ci = (6, 3, 1, 4, 2, 0, 6, 3)[i]
        img = mix(img, c.col(NEAR), c.edge(pet + 0.006 - r) * 0.9)
        img = mix(img, mix(c.col(ci), c.col(LIGHT), 0.35 * smooth(0.6, 1.0, r / pet)), c.edge(pet - r))
        img = mix(img, c.col(NEAR), c.edge(0.003 - (r - pet * 0.86).abs()) * 0.7)
        rd = rr * 0.78
        da = ((th * nn / TAU + 0.25 * (i % 2)) % 1 - 0.5) / nn * TAU
        dd = ((r - rd) ** 2 + (rd * da) ** 2).sqrt()
        img = mix(img, mix(c.col(LIGHT), c.col(ACCENT), float(i % 2) * 0.6), c.edge(0.03 * k * c.between(0.5, 1) - dd))
    return img


def sc_cells(c):
    n = c.rng.choice([5, 7, 9, 11])
    f1, f2, px, py = voronoi(c, n)
    t = (0.65 * hash_noise(px, py) + 0.35 * (1 - py)).clamp(0, 1)
    img = ramp(c, t, (5, 4, 6, 3, 1, 2))
    img = mix(img, c.col(LIGHT), 0.35 * smooth(0.5, 0, f1))
    img = mix(img, c.col(NEAR), smooth(0.45, 0.9, f1) * 0.35)
    img = mix(img, c.col(NEAR), 1 - smooth(0.02, 0.06, f2 - f1))
    f = c.flag(0.5, "with concentric rings inside")
    return mix(img, c.col(LIGHT), smooth(0.6, 0.95, torch.sin(f1 * 40)) * 0.4 * f)


def sc_galaxy(c):
    _ca, _sa = torch.cos(c.between(0, TAU)), torch.sin(c.between(0, TAU))
    cx, cy = c.between(0.4, 0.6), c.between(0.4, 0.6)
    a0 = c.between(0, TAU)
    dx, dy = c.x - cx, c.y - cy
    u = dx * torch.cos(a0) + dy * torch.sin(a0)
    v = (-dx * torch.sin(a0) + dy * torch.cos(a0)) * c.between(1, 1.9)
    r = (u * u + v * v).sqrt() + 1e-4
    th = torch.atan2(v, u)
    bg = mix(c.col(NEAR) * 0.5, c.col(SKY_TOP) * 0.45, c.noise(3, 3, 4))
    img = mix(bg, c.col(MID) * 0.7, smooth(0.5, 0.75, c.noise(3, 3, 5)) * 0.5)
    c.star_light = c.star_light * 0 + 1
    img = stars(c, img, 0.8)
    arm = c.whole(2, 4)
    s = c.between(2.2, 4) * c.between(-1, 1).sign()
    w = torch.cos(arm * th + s * torch.log(r * 4 + 0.05) * arm + (c.noise(6, 6, 4) - 0.5) * 4)
    den = smooth(-0.35, 1, w) * torch.exp(-r / 0.17) * 1.5 * (0.45 + 1.1 * c.noise(14, 14, 4))
    img = 1 - (1 - img.clamp(0, 1)) * (1 - den.clamp(0, 1) * mix(c.col(ACCENT), c.col(FAR), smooth(0.05, 0.35, r)))
    img = 1 - (1 - img) * (1 - (den * smooth(0.1, 0.8, w)).clamp(0, 1) * c.col(LIGHT) * 0.7)
    core = torch.exp(-((r / 0.055) ** 1.1))
    return (1 - (1 - img) * (1 - core.clamp(0, 1) * mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.5))).clamp(0, 1)


def sphere(c, img, cx, cy, R, col, f=1):
    dx, dy = (c.x - cx) / R, (c.y - cy) / R
    d = (dx * dx + dy * dy).sqrt()
    lit = ((-0.5 * dx - 0.6 * dy) + 0.62 * (1 - d * d).clamp(min=0).sqrt()).clamp(-0.2, 1)
    sh = mix(mix(col, c.col(NEAR), 0.6), col, smooth(-0.1, 0.5, lit))
    sh = mix(sh, torch.ones_like(col), smooth(0.86, 1.0, lit) * 0.75)
    return mix(img, sh, c.edge(R * (1 - d)) * f)


def sc_still(c):
    ty = c.between(0.62, 0.74)
    img = mix(c.col(SKY_LOW), c.col(FAR), smooth(-0.2, 1.2, ((c.x - 0.2) ** 2 + c.y**2).sqrt())).expand(
        c.batch, 3, c.size, c.size
    )
    img = mix(img, c.col(SKY_TOP), 0.25 * smooth(0.4, 0.7, c.noise(3, 3, 3)))
    tb = mix(mix(c.col(MID), c.col(ACCENT), 0.3), c.col(NEAR), smooth(0, 0.4, c.y - ty) * 0.6)
    tb = mix(tb, c.col(NEAR), 0.2 * smooth(0.5, 0.6, c.noise(50, 3, 2)))
    img = mix(img, tb, c.edge(c.y - ty))
    f = c.flag(0.65, "a vase of flowers", "flowers in a vase")
    vx = c.between(0.36, 0.64)
    vb = ty + c.between(0.08, 0.15)
    H = c.between(0.24, 0.34)
    t = (c.y - (vb - H)) / H
    w = 0.055 + 0.06 * torch.sin(math.pi * t.clamp(0, 1) ** c.between(0.7, 1.5)) + 0.02 * (1 - t).clamp(0, 1) ** 6
    u = (c.x - vx) / w
    sdw = torch.exp(-(((c.x - vx - 0.06) / 0.17) ** 2 + ((c.y - vb) / 0.03) ** 2))
    img = mix(img, c.col(NEAR), sdw * 0.6 * f)
    for j in range(9):
        ax = vx + c.between(-0.2, 0.2)
        ay = vb - H - c.between(0.05, 0.28)
        s = c.between(0.035, 0.075)
        k = (c.y - ay) / ((vb - H) - ay).clamp(min=0.02)
        sun_x = ax + (vx - ax) * k.clamp(0, 1)
        img = mix(
            img,
            mix(c.col(MID), c.col(NEAR), 0.5),
            c.edge(0.005 - (c.x - sun_x).abs()) * (k > 0).float() * (k < 1).float() * f,
        )
    for j in range(11):
        ax = vx + c.between(-0.21, 0.21)
        ay = vb - H - c.between(0.0, 0.28)
        s = c.between(0.03, 0.07)
        dx, dy = c.x - ax, c.y - ay
        r = (dx * dx + dy * dy).sqrt()
        th = torch.atan2(dy, dx)
        n = (5, 6, 8)[j % 3]
        pr = s * (0.65 + 0.35 * torch.cos(th * n / 2 + c.between(0, 6)).abs())
        cc = (6, 2, 1, 6, 3)[j % 5]
        col = mix(mix(c.col(cc), c.col(LIGHT), 0.15), c.col(NEAR), 0.25 * smooth(0.8, 0.1, r / s))
        img = mix(img, c.col(NEAR), c.edge(pr + 0.004 - r) * f * 0.35)
        img = mix(img, col, c.edge(pr - r) * f)
        img = mix(img, mix(c.col(LIGHT), c.col(ACCENT), 0.3 if cc != 6 else 0), c.edge(s * 0.25 - r) * f)
    va = mix(mix(c.col(SKY_TOP), c.col(MID), 0.5), c.col(NEAR), smooth(-0.1, 1.1, u) * 0.75)
    va = mix(va, c.col(LIGHT), torch.exp(-(((u + 0.45) / 0.18) ** 2)) * 0.55)
    band = smooth(0.6, 0.9, torch.sin(t * c.whole(6, 20) * 2))
    va = mix(va, c.col(ACCENT), band * 0.5 * c.flag(0.5))
    img = mix(img, va, c.edge((1 - u.abs()) * w) * c.edge(t * H) * c.edge((1 - t) * H) * f)
    g = c.flag(0.6, "with fruit", "and apples and oranges")
    g = torch.maximum(g, 1 - f)
    for j in range(6):
        R = c.between(0.045, 0.08)
        fx = c.between(0.12, 0.88)
        fy = ty + c.between(0.05, 0.22) - R * 0.4
        on = (c.between(0, 1) < 0.75).float() * g
        sd = torch.exp(-(((c.x - fx - R * 0.5) / (R * 1.2)) ** 2 + ((c.y - fy - R) / (R * 0.28)) ** 2))
        img = mix(img, c.col(NEAR), sd * 0.6 * on)
        img = sphere(c, img, fx, fy, R, mix(c.col((6, 2, 1, 6, 3, 6)[j]), c.col(ACCENT), 0.35), on)
    return img


def sc_geo(c):
    img = mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.35).expand(c.batch, 3, c.size, c.size) * (
        0.96 + 0.04 * c.noise(40, 40, 2)
    )
    for j in range(10):
        cx, cy = c.between(0.08, 0.92), c.between(0.08, 0.92)
        s = c.between(0.06, 0.26) * (1 - 0.04 * j)
        a = c.between(0, TAU)
        dx, dy = c.x - cx, c.y - cy
        u = dx * torch.cos(a) + dy * torch.sin(a)
        v = -dx * torch.sin(a) + dy * torch.cos(a)
        r = (dx * dx + dy * dy).sqrt()
        k = c.whole(0, 6)
        d = torch.where(
            k < 1,
            s - r,
            torch.where(
                k < 2,
                torch.minimum(s - r, v),
                torch.where(
                    k < 3,
                    s * 0.18 - (r - s * 0.8).abs(),
                    torch.where(
                        k < 4,
                        torch.minimum(s - u.abs(), s * 0.45 - v.abs()),
                        torch.where(
                            k < 5,
                            torch.minimum(v + s * 0.6, s * 0.8 - 0.87 * u.abs() * 1.3 - v * 0.5),
                            torch.minimum(s * 2.2 - u.abs(), 0.006 - v.abs()),
                        ),
                    ),
                ),
            ),
        )
        ci = c.whole(0, 5)
        col = torch.where(
            ci < 1,
            c.col(ACCENT),
            torch.where(
                ci < 2, c.col(NEAR), torch.where(ci < 3, c.col(MID), torch.where(ci < 4, c.col(FAR), c.col(SKY_TOP)))
            ),
        )
        al = torch.where(c.between(0, 1) < 0.5, 0.97, 0.72)
        img = mix(img, torch.where(al < 0.9, img * 0.35 + col * 0.65, col), c.edge(d) * al)
    return img


def sc_bloom(c):
    bg = mix(mix(c.col(MID), c.col(NEAR), 0.5), c.col(FAR), smooth(0.3, 0.8, c.noise(3, 3, 3))).expand(
        c.batch, 3, c.size, c.size
    )
    img = bg
    for j in range(7):
        d = ((c.x - c.between(0, 1)) ** 2 + (c.y - c.between(0, 1)) ** 2).sqrt()
        R = c.between(0.03, 0.1)
        img = mix(img, c.col((1, 3, 2, 6, 4, 1, 3)[j]), c.edge((R - d) * 0.25) * 0.35)
    cx, cy = c.between(0.42, 0.58), c.between(0.42, 0.58)
    dx, dy = c.x - cx, c.y - cy
    r = (dx * dx + dy * dy).sqrt()
    th = torch.atan2(dy, dx)
    n = c.whole(5, 11)
    R0 = c.between(0.34, 0.46)
    wob = (c.noise(4, 4, 3) - 0.5) * 0.12
    for j in range(5):
        k = j / 5
        a = (th + wob * 4 + j * 0.7 + c.between(0, 0.3)) * n / 2
        cs = torch.cos(a).abs()
        R = R0 * (1 - 0.17 * j)
        pr = R * (0.5 + 0.5 * cs**0.7) + wob * R * 0.5
        q = (r / pr).clamp(0, 1)
        col = mix(
            mix(c.col(ACCENT), c.col(NEAR), 0.35 * (1 - k)),
            mix(c.col(ACCENT), c.col(LIGHT), 0.65),
            smooth(0.25, 1.0, q) * (0.45 + 0.5 * k),
        )
        col = mix(col, c.col(NEAR), 0.35 * smooth(0.25, 0.0, cs) * q)
        col = mix(col, c.col(LIGHT), 0.2 * smooth(0.8, 1, torch.sin(a * 14 + wob * 30)) * q)
        img = mix(img, c.col(NEAR), c.edge((pr * 1.06 - r) * 0.3) * 0.35)
        img = mix(img, col, c.edge(pr - r))
    core = R0 * 0.2
    img = mix(img, mix(c.col(NEAR), c.col(MID), 0.4), c.edge(core - r))
    dots = smooth(0.56, 0.62, c.noise(44, 44, 2))
    return mix(img, c.col(LIGHT), dots * c.edge(core * 1.15 - r))
