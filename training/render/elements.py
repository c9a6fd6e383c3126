"""What several scenes share: sky, sun, ranks of hills, water that mirrors, a boat, a lighthouse, birds."""

import torch

from .canvas import mix, smooth, warp
from .palettes import ACCENT, FAR, LIGHT, MID, NEAR, SKY_LOW, SKY_TOP


def stars(c, img, dens=0.5):
    n = 34
    gx, gy = (c.x * n).floor(), (c.y * n).floor()
    t = c.rand(c.batch, 4, n, n)
    q = t[:, :, gy[0, 0, :, 0].long()][:, :, :, gx[0, 0, 0].long()]
    d = ((c.x * n - gx - 0.2 - 0.6 * q[:, 0:1]) ** 2 + (c.y * n - gy - 0.2 - 0.6 * q[:, 1:2]) ** 2).sqrt()
    r = 0.05 + 0.16 * q[:, 2:3] ** 3
    m = ((r - d) / 0.06 + 0.5).clamp(0, 1) * (q[:, 3:4] < dens).float()
    return mix(img, mix(torch.ones_like(c.col(LIGHT)), c.col(LIGHT), 0.4), m * c.star_light)


def sky(c, hz, sun=True, cloud=True, sunp=0.75):
    t = (c.y / hz.clamp(min=0.15)).clamp(0, 1) ** c.between(0.8, 1.6)
    img = mix(c.col(SKY_TOP), c.col(SKY_LOW), t).expand(c.batch, 3, c.size, c.size)
    img = stars(c, img)
    if cloud:
        f = c.flag(0.5, "with soft clouds", "with clouds", "under a cloudy sky")
        n = smooth(0.48, 0.72, c.noise(5, 2, 5))
        img = mix(img, mix(c.col(SKY_LOW), c.col(LIGHT), 0.6), n * f * 0.75 * (1 - 0.6 * c.night))
    if sun:
        c.sun_x = c.between(0.18, 0.82)
        c.sun_y = hz * mix(c.between(0.2, 0.6), c.between(0.75, 1.0), c.low)
        R = c.between(0.045, 0.13)
        R = R * (1 - 0.3 * (1 - c.low) * (1 - c.night))
        big = (R[:, 0, 0, 0] > 0.1).tolist()
        # Where the light is low, what it comes from is seen.
        f = c.rand(c.batch) < torch.maximum(c.low[:, 0, 0, 0], torch.full((c.batch,), sunp, device=c.device))
        for i, v in enumerate(f.tolist()):
            if v:
                c.tags[i].append(
                    c.rng.choice(
                        ["with a full moon", "under the moon", "with a pale moon"]
                        if c.night[i].item() > 0.5
                        else (
                            ["with a huge sun", "with a large glowing sun"]
                            if big[i]
                            else ["with a small sun", "with the sun in the sky"]
                        )
                    )
                )
        f = f.view(-1, 1, 1, 1).float()
        d = ((c.x - c.sun_x) ** 2 + (c.y - c.sun_y) ** 2).sqrt()
        img = mix(img, c.col(LIGHT), (torch.exp(-((d / (R * 2.6)) ** 1.2)) * 0.6) * f)
        img = mix(img, mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.45), c.edge(R - d) * f)
        c.sun_shows = f
    return img


def birds(c, img, p=0.25):
    f = c.flag(p, "with birds flying", "and a flock of birds")
    cx, cy = c.between(0.2, 0.8), c.between(0.12, 0.4)
    m = 0
    for _k in range(5):
        dx, dy = cx + c.between(-0.15, 0.15), cy + c.between(-0.08, 0.08)
        s = c.between(0.012, 0.028)
        u = ((c.x - dx) / s).abs()
        v = (c.y - dy) / s
        m = torch.maximum(
            c.edge(s * (0.16 * (1.2 - u).clamp(min=0) ** 0.5 - (v - (0.9 * (u - 0.55) ** 2 - 0.35)).abs()))
            * (u < 1).float(),
            m + 0 * u,
        )
    return mix(img, c.col(NEAR), m * f)


def hills(c, img, hz, n=4, amp=0.12, f=2, sharp=False, oct=4, bottom=1.0, mist=0.5, snow=False, gain=0.5):
    snf = c.flag(0.5, "with snowy peaks", "snow capped") if snow else 0
    for i in range(n):
        k = i / max(n - 1, 1)
        base = hz + (bottom - hz) * (k**1.25) * 0.72
        h = base + amp * (1 - 0.45 * k) * (0.6 - c.ridge(f * (1 + 0.6 * k), oct, gain, sharp) * 1.6 + 0.2)
        d = c.y - h
        m = c.edge(d)
        col = (
            mix(mix(c.col(SKY_LOW), c.col(FAR), 0.75), c.col(MID), min(1, 2 * k))
            if k < 0.5
            else mix(c.col(MID), c.col(NEAR), 2 * k - 1)
        )
        tex = c.noise(10, 10, 3)
        sh = (
            mix(col, c.col(LIGHT), ((tex - 0.5) * 0.5).clamp(-0.12, 0.2))
            if sharp
            else mix(col, c.col(LIGHT), 0.18 * torch.exp(-d.clamp(min=0) / 0.05) * (1 - 0.5 * k))
        )
        if sharp:
            fac = smooth(-0.05, 0.05, (c.ridge(7 * (1 + k), 3, 0.6, True) - 0.5) * 0.6 + (tex - 0.5) * 0.8)
            sh = mix(sh, c.col(NEAR), 0.22 * fac)
        if snow and k < 0.6:
            sn = c.edge(
                (0.035 + 0.30 * (c.noise(8, 26, 4) - 0.5) + 0.35 * (0.04 - (h - base) - amp * 0.1).clamp(0, 0.12) - d)
                * 0.7
            )
            sh = mix(sh, mix(c.col(LIGHT), torch.ones_like(col), 0.6), sn * snf * (0.95 - 0.35 * (fac if sharp else 0)))
        sh = mix(sh, mix(c.col(SKY_LOW), c.col(FAR), 0.3), (smooth(0, 0.22, d) * mist * (1 - k)))
        img = mix(img, sh, m)
    return img


def reflect(c, img, hz, amp=0.012, dark=0.25):
    yy = c.y - hz
    pers = 0.25 + yy.clamp(min=0) * 2
    rip = (c.noise(40, 4, 2) - 0.5) * amp * 4 * pers
    ry = 2 * hz - c.y
    r = warp(c, img, rip, ry - c.y + rip * 0.6)
    w = mix(r, mix(c.col(SKY_TOP), c.col(MID), 0.5), dark + 0.12 * yy.clamp(0, 1))
    gl = smooth(0.60, 0.72, c.noise(44, 6, 2))
    w = mix(w, c.col(LIGHT), gl * 0.25)
    w = mix(w, c.col(SKY_LOW), torch.exp(-yy.clamp(min=0) / 0.012) * 0.35)
    return mix(img, w, c.edge(yy))


def boat(c, img, hz, p=0.35):
    f = c.flag(p, "with a sailboat", "and a small sailing boat", "with a lone boat")
    bx, by, s = c.between(0.2, 0.8), hz + c.between(0.03, 0.16), c.between(0.05, 0.1)
    u, v = (c.x - bx) / s, (c.y - by) / s
    hull = c.edge(s * torch.minimum(torch.minimum(0.28 - v, v + 0.02), 0.75 - 0.9 * v.clamp(min=0) - u.abs()))
    s1 = c.edge(s * torch.minimum(torch.minimum(u - 0.05, -0.12 - v), (v + 1.7) * 0.5 - u))
    s2 = c.edge(s * torch.minimum(torch.minimum(-0.03 - u, -0.12 - v), (v + 1.35) * 0.5 + u))
    ref = c.edge(s * torch.minimum(torch.minimum(v - 0.28, 1.2 - v), 0.5 - u.abs())) * 0.35
    img = mix(img, c.col(NEAR), ref * f)
    img = mix(img, c.col(NEAR), hull * f)
    img = mix(img, mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.5), s1 * f)
    return mix(img, c.col(ACCENT), s2 * f)


def lighthouse(c, img, hz, p=0.3):
    """White tower on a headland that falls to the water on its inner side; lamp glow and a beam over the sea."""
    f = c.flag(
        p, "with a lighthouse", "and a lighthouse", "with a white lighthouse on a rock", "with a lighthouse on a cliff"
    )
    side = (c.rand(c.batch, 1, 1, 1) < 0.5).float() * 2 - 1
    bx = 0.5 + side * c.between(0.14, 0.3)
    s = torch.minimum(c.between(0.3, 0.44), (hz + 0.02) / 1.3)
    by = hz + c.between(0.0, 0.05)
    u, v = (c.x - bx) / s * side, (c.y - by) / s
    ro = c.ridge(9, 4, 0.6) - 0.5
    top = (
        mix(-0.02 * torch.ones_like(u), -0.16 * torch.ones_like(u), smooth(0.1, 0.9, u))
        + 0.34 * smooth(-0.12, -0.62, u)
        + 0.10 * ro
    )
    base = 0.22 + 0.14 * smooth(-0.5, 0.6, u) + 0.05 * (c.ridge(16, 3) - 0.5)
    rk = c.edge(s * torch.minimum(v - top, base - v))
    tx = smooth(0.42, 0.62, c.noise(26, 12, 4))
    rc = mix(c.col(NEAR), c.col(MID), 0.45 * tx)
    rc = mix(rc, c.col(LIGHT), 0.30 * torch.exp(-(v - top).clamp(min=0) / 0.05) * tx)
    img = mix(img, rc, rk * f)
    fo = torch.exp(-(((v - base).abs() / 0.035) ** 2)) * smooth(0.4, 0.6, c.noise(40, 20, 2)) * (v > top).float()
    img = mix(img, mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.6), fo * 0.85 * f)
    tw = 0.085 - 0.03 * (-v).clamp(0, 1.2)
    tower = c.edge(s * torch.minimum(tw - u.abs(), torch.minimum(v + 0.98, 0.03 - v)))
    lit = mix(mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.6), c.col(MID), smooth(-0.6, 0.9, u / tw) * 0.55)
    band = ((v * 5).floor() % 2 == 0).float()
    lit = mix(lit, c.col(ACCENT), band * 0.8 * (c.rand(c.batch, 1, 1, 1) < 0.6).float())
    img = mix(img, lit, tower * f)
    lv = v + 1.05
    glow = torch.exp(-((u**2 + lv**2).sqrt() / 0.2))
    bm = (
        torch.exp(-(((lv - 0.14 * u.abs()).abs() / (0.03 + 0.10 * u.abs())) ** 2))
        * (u < 0).float()
        * torch.exp(-u.abs() / 1.3)
    )
    img = mix(img, mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.5), (glow * 0.75 + bm * 0.42).clamp(0, 0.9) * f)
    room = c.edge(s * torch.minimum(0.05 - u.abs(), torch.minimum(v + 1.12, -0.97 - v)))
    img = mix(img, mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.5), room * f)
    gal = c.edge(s * torch.minimum(0.085 - u.abs(), 0.016 - (v + 0.975).abs()))
    cap = c.edge(s * torch.minimum(torch.minimum(v + 1.25, -1.11 - v), (v + 1.26) * 0.55 - u.abs()))
    return mix(img, c.col(NEAR), torch.maximum(gal, cap) * f)
