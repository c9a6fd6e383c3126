"""Scenes that stand on the ground."""

import torch

from .canvas import TAU, mix, smooth
from .elements import birds, hills, reflect, sky, stars
from .palettes import ACCENT, FAR, LIGHT, MID, NEAR, SKY_LOW, SKY_TOP


def sc_mountains(c):
    hz = c.between(0.38, 0.55)
    img = sky(c, hz + 0.1)
    img = hills(c, img, hz, 5, 0.42, 2.2, True, 5, 1.0, 0.75, True, 0.48)
    return birds(c, img)


def sc_forest(c):
    hz = c.between(0.5, 0.62)
    img = sky(c, hz + 0.15, True, False, 0.6)
    gap = c.between(0.3, 0.7)
    glow = torch.exp(-(((c.x - gap) / 0.35) ** 2) - ((c.y - hz) / 0.28) ** 2)
    img = mix(img, mix(c.col(SKY_LOW), c.col(LIGHT), 0.5), glow * 0.6)
    ranks = 6
    for i in range(ranks):
        k = i / (ranks - 1)
        n = (24, 17, 12, 9, 6, 4)[i]
        off = c.between(0, 1)
        gy = hz + 0.04 + (0.92 - hz) * k**1.3 + 0.04 * (c.ridge(3, 3) - 0.5)
        col = (
            mix(mix(c.col(SKY_LOW), c.col(FAR), 0.5), c.col(MID), min(1, 2 * k))
            if k < 0.5
            else mix(c.col(MID), c.col(NEAR), 2 * k - 1)
        )
        m = c.edge(c.y - gy)
        rim = 0
        for j in (0, 0.5):
            u = c.x * n + off + j
            cell = u.floor()
            r = c.table(cell, n + 4, 4)
            tall = (0.15 + 0.78 * k**1.5) * (0.5 + 0.6 * r[1])
            middle = (cell + 0.5 + 0.4 * (r[0] - 0.5) - off - j) / n
            fx = c.x - middle
            stands = ((middle - gap).abs() > 0.04 + 0.3 * k**1.5 * (0.4 + r[3])).float()
            t = (c.y - (gy + 0.01 - tall)) / tall
            half = tall * (0.17 + 0.06 * r[2])
            tiers = ((t * (8 + 5 * r[2]) - 0.9 * fx.abs() / half) % 1).clamp(0, 1)
            wide = half * t.clamp(0, 0.9) * (0.5 + 0.5 * tiers)
            bark = c.edge(0.014 * tall - fx.abs()) * (t > 0.85)
            inside = torch.maximum(c.edge(wide - fx.abs()) * (t < 0.92), bark) * (t > 0) * (t < 1) * stands
            rim = torch.maximum(rim + 0 * inside, inside * smooth(0.1, 0.9, tiers) * ((gap - middle) * fx > 0))
            m = torch.maximum(m, inside)
        sh = mix(col, c.col(NEAR), smooth(0.45, 0.7, c.noise(34, 34, 2)) * 0.25 * k)
        sh = mix(sh, c.col(LIGHT), rim * 0.22)
        path = 0.5 * (1 - k) * torch.exp(-(((c.x - gap) / 0.5) ** 2))
        sh = mix(sh, mix(c.col(SKY_LOW), c.col(LIGHT), 0.3), smooth(gy - 0.06, gy + 0.12, c.y) * path)
        img = mix(img, sh, m)
    f = c.flag(0.4, "with a path", "with a winding path")
    t = ((c.y - hz - 0.06) / (0.94 - hz)).clamp(0, 1)
    bend = gap + 0.09 * torch.sin(5.5 * t**0.6 + c.between(0, 6)) * (1 - 0.4 * t)
    img = mix(
        img,
        mix(c.col(SKY_LOW), c.col(LIGHT), 0.45),
        c.edge(0.004 + 0.13 * t**1.7 - (c.x - bend).abs()) * (t > 0) * 0.75 * f,
    )
    return birds(c, img, 0.2)


def sc_trunks(c):
    c.between(0.7, 0.85)
    img = mix(mix(c.col(SKY_LOW), c.col(LIGHT), 0.5), c.col(FAR), smooth(0.1, 0.9, c.y)).expand(
        c.batch, 3, c.size, c.size
    )
    d = ((c.x - c.between(0.3, 0.7)) ** 2 + (c.y - c.between(0.2, 0.5)) ** 2).sqrt()
    img = mix(img, c.col(LIGHT), torch.exp(-d / 0.25) * 0.8)
    leaf = c.noise(14, 14, 4)
    img = mix(img, c.col(ACCENT), smooth(0.5, 0.6, leaf) * smooth(0.75, 0.1, c.y) * 0.55)
    birch = c.flag(0.5, "with white birch trunks", "of birch trees")
    for i in range(4):
        k = i / 3
        n = int(15 - 9 * k)
        u = c.x * n + c.between(0, 1) + 0.12 * torch.sin(c.y * 4 + k)
        cell = u.floor()
        r = c.table(cell, n + 3, 3)
        fx = u - cell - 0.5 - 0.5 * (r[0] - 0.5)
        wid = 0.1 + 0.13 * r[1] * (0.6 + k * 0.5)
        m = (
            c.edge((wid * (1 + 0.25 * smooth(0.8, 1.1, c.y)) - fx.abs()) / n)
            * (c.y < (0.62 + 0.12 * i + 0.05 * r[2])).float()
        )
        col = mix(mix(c.col(SKY_LOW), c.col(FAR), 0.7), c.col(NEAR), k)
        tr = mix(c.col(LIGHT), torch.ones_like(col), 0.3)
        bar = c.edge((c.noise(45, 6, 2) - 0.62) * 0.05)
        cb = mix(mix(tr, c.col(FAR), 0.5 * (1 - k)), c.col(NEAR), bar * 0.85)
        ct = mix(col, mix(cb, c.col(NEAR), smooth(0.0, 1, fx / wid * 0.7) * 0.5), birch)
        ct = mix(ct, c.col(NEAR), smooth(0.1, 1.0, fx / wid) * 0.4)
        img = mix(img, ct, m)
        g = 0.66 + 0.12 * i + 0.03 * (c.ridge(6, 4) - 0.5)
        gc = mix(c.col(FAR), mix(c.col(MID), c.col(ACCENT), 0.35), k * 0.8)
        gc = mix(gc, c.col(NEAR), smooth(0.42, 0.7, c.noise(26, 26, 3)) * 0.5)
        img = mix(img, gc, c.edge(c.y - g))
        lf = smooth(0.53, 0.58, c.noise(18 + 8 * i, 18 + 8 * i, 3)) * smooth(0.55 - 0.05 * i, 0.05, c.y)
        img = mix(img, mix(c.col(ACCENT), c.col(MID), k * 0.5), lf * 0.85)
    return img


def sc_dunes(c):
    hz = c.between(0.35, 0.55)
    img = sky(c, hz, sunp=0.85)
    L = c.between(-1, 1).sign()
    for i in range(5):
        k = i / 4
        h = hz + (1 - hz) * k * 0.75 + 0.10 * (0.6 + 0.6 * k) * (0.5 - c.ridge(1.3 + 0.8 * k, 2, 0.35)) * 1.6
        d = c.y - h
        cr = c.ridge(1.5, 2, 0.4) - 0.5
        side = smooth(-0.015, 0.015, (c.x - 0.5) * 0.2 * L + cr * 0.5 + d * 1.2 * L)
        col = mix(mix(c.col(FAR), c.col(SKY_LOW), 0.45 - 0.45 * k), mix(c.col(ACCENT), c.col(MID), 0.5), 0.35 + 0.4 * k)
        lit = mix(col, c.col(LIGHT), 0.45 - 0.15 * k)
        shd = mix(col, c.col(NEAR), 0.3 + 0.3 * k)
        sh = mix(lit, shd, side * (0.85))
        rp = torch.sin((d * 90 + c.noise(3, 3, 2) * 9 + c.x * 7) * (1.6 - 0.8 * k))
        sh = mix(sh, c.col(NEAR), 0.10 * smooth(0.2, 1, rp) * k)
        sh = mix(sh, c.col(LIGHT), 0.3 * torch.exp(-d.clamp(min=0) / 0.012))
        img = mix(img, sh, c.edge(d))
    return birds(c, img, 0.2)


def sc_city(c):
    hz = c.between(0.68, 0.84)
    img = sky(c, hz)
    wat = c.flag(0.5, "reflected in water", "by the river")
    for i in range(4):
        k = i / 3
        n = int(15 - 6 * k)
        u = c.x * n + c.between(0, 1)
        cell = u.floor()
        r = c.table(cell, n + 3, 4)
        fx = u - cell
        H = (0.5 - 0.22 * k) * (0.3 + 0.75 * r[0] ** 1.5) * c.between(0.7, 1.05)
        top = hz - H + 0.03 * k
        ins = 0.03 + 0.1 * r[1]
        b = torch.minimum(torch.minimum(fx - ins, 1 - ins - fx) / n, c.y - top)
        stp = torch.minimum(torch.minimum(fx - 0.3, 0.7 - fx) / n, c.y - (top - 0.05 * r[2] - 0.015))
        spire = (
            torch.minimum((0.03 - (fx - 0.5).abs()) / n, c.y - (top - 0.13 * r[2])) * (r[3] > 0.6).float()
            - (r[3] <= 0.6).float()
        )
        d = torch.maximum(torch.maximum(b, stp), spire)
        m = c.edge(d) * c.edge(hz + 0.04 * k - c.y)
        col = mix(mix(c.col(SKY_LOW), c.col(FAR), 0.7), c.col(NEAR), k)
        col = mix(col, c.col(LIGHT), 0.12 * (fx < 0.5).float())
        nw, nh = 5, 70
        wx, wy = (fx * nw) % 1, (c.y * nh) % 1
        wid = ((cell * 5 + (fx * nw).floor()) * 31 + (c.y * nh).floor() * 17) % 997
        lit = (
            (c.table(wid, 997)[0] < (0.25 + 0.35 * c.night)).float()
            * (wx > 0.25).float()
            * (wx < 0.8).float()
            * (wy > 0.3).float()
            * (wy < 0.75).float()
            * (b > 0.008).float()
            * smooth(0, 0.5, torch.tensor(k + 0.25))
        )
        sh = mix(col, mix(c.col(LIGHT), c.col(ACCENT), (r[2] > 0.75).float() * 0.6), lit * (0.55 + 0.4 * c.night))
        sh = mix(sh, c.col(SKY_LOW), smooth(0.2, 0, hz - c.y) * 0.35 * (1 - k))
        img = mix(img, sh, m)
    gr = mix(mix(c.col(MID), c.col(NEAR), 0.6), c.col(NEAR), smooth(hz, torch.ones_like(hz), c.y))
    dry = mix(img, gr, c.edge(c.y - hz))
    w = reflect(c, img, hz, 0.01, 0.3)
    return mix(dry, w, wat)


def flowers(c, img, y0, rows=9, lo=0.008, hi=0.05, dens=0.75):
    for i in range(rows):
        k = i / (rows - 1)
        s = lo + (hi - lo) * k**1.6
        n = max(3, int(0.42 / s))
        yy = y0 + (1.02 - y0) * k**1.35
        u = c.x * n + c.between(0, 1)
        cell = u.floor()
        r = c.table(cell, n + 3, 5)
        dx = (u - cell - 0.5 - 0.4 * (r[0] - 0.5)) / n
        dy = c.y - yy - (r[1] - 0.5) * s * 3
        th = torch.atan2(dy, dx)
        rad = (dx * dx + dy * dy * 1.3).sqrt()
        on = (r[4] < dens).float()
        stem = c.edge(s * 0.09 - dx.abs()) * (dy > 0).float() * (dy < s * 2.6).float()
        img = mix(img, mix(c.col(MID), c.col(NEAR), 0.6), stem * on * 0.8)
        pr = s * (0.62 + 0.38 * torch.cos(th * 5 + r[2] * 6).abs())
        a = (r[3] * 4).floor()
        col = torch.where(
            a < 1,
            c.col(ACCENT),
            torch.where(
                a < 2,
                mix(c.col(ACCENT), c.col(LIGHT), 0.6),
                torch.where(
                    a < 3,
                    mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.4),
                    mix(c.col(SKY_LOW), c.col(ACCENT), 0.5),
                ),
            ),
        )
        col = mix(col, c.col(NEAR), 0.22 * smooth(0.6, 0.0, rad / s))
        img = mix(img, col, c.edge(pr - rad) * on)
        img = mix(img, mix(c.col(LIGHT), c.col(NEAR), 0.25), c.edge(s * 0.24 - rad) * on)
    return img


def grass(c, y0):
    g = c.noise(16, 60, 3)
    yy = (c.y - y0).clamp(min=0)
    col = mix(mix(c.col(FAR), c.col(MID), 0.6), mix(c.col(MID), c.col(NEAR), 0.55), smooth(0, 0.6, yy))
    return mix(
        mix(col, c.col(NEAR), smooth(0.45, 0.62, g) * 0.4), c.col(LIGHT), smooth(0.55, 0.7, c.noise(30, 70, 2)) * 0.18
    )


def sc_meadow(c):
    hz = c.between(0.3, 0.52)
    img = sky(c, hz)
    img = hills(c, img, hz - 0.1, 2, 0.12, 2, False, 3, hz + 0.1, 0.5)
    img = mix(img, grass(c, hz), c.edge(c.y - hz - 0.02 * (c.ridge(2, 2) - 0.5)))
    return flowers(c, img, hz + 0.02)


def sc_hills(c):
    hz = c.between(0.34, 0.5)
    img = sky(c, hz)
    img = hills(c, img, hz, 5, 0.16, 1.6, False, 2, 1.0, 0.25)
    yy = c.y - hz - 0.1
    f = c.flag(0.6, "with a winding path", "with a winding river")
    t = yy.clamp(min=0)
    cx = 0.5 + c.between(-0.2, 0.2) + (0.10 + 0.22 * t) * torch.sin(5.5 * t**0.7 * 2 + c.between(0, 6))
    w = 0.008 + 0.16 * t**1.6
    img = mix(img, mix(c.col(SKY_LOW), c.col(LIGHT), 0.6), c.edge(w - (c.x - cx).abs()) * (yy > 0.0).float() * f * 0.95)
    for i in range(3):
        n = int(11 - 3 * i)
        u = c.x * n + c.between(0, 1)
        cell = u.floor()
        r = c.table(cell, n + 3, 3)
        gy = hz + 0.14 + 0.16 * i + 0.05 * (r[1] - 0.5)
        s = (0.018 + 0.016 * i) * (0.7 + 0.6 * r[2])
        dx = (u - cell - 0.5 - 0.5 * (r[0] - 0.5)) / n
        dy = c.y - gy
        on = (r[2] < 0.45).float()
        m = torch.maximum(
            c.edge(s - (dx * dx + (dy * 0.75) ** 2).sqrt()),
            c.edge(torch.minimum(s * 0.14 - dx.abs(), torch.minimum(dy, s * 2 - dy))),
        )
        img = mix(
            img, mix(c.col(NEAR), mix(c.col(MID), c.col(LIGHT), 0.25), smooth(0.02, -0.02, dx * 0.6 + dy)), m * on
        )
    return birds(c, img)


def sc_moon(c):
    c.star_light = c.star_light * 0 + 1
    img = stars(c, mix(c.col(SKY_TOP), c.col(SKY_LOW), c.y**1.5 * 0.7).expand(c.batch, 3, c.size, c.size), 0.6)
    R = c.between(0.13, 0.26)
    cx, cy = c.between(0.28, 0.72), c.between(0.25, 0.5)
    d = ((c.x - cx) ** 2 + (c.y - cy) ** 2).sqrt()
    img = mix(img, c.col(LIGHT), torch.exp(-(d - R).clamp(min=0) / (R * 0.7)) * 0.5)
    mo = mix(
        mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.6), c.col(FAR), smooth(0.45, 0.68, c.noise(9, 9, 4)) * 0.55
    )
    cre = c.flag(0.3, "with a crescent moon")
    d2 = ((c.x - cx - R * 0.5) ** 2 + (c.y - cy + R * 0.15) ** 2).sqrt()
    img = mix(img, mo, c.edge(R - d) * (1 - cre * c.edge(R * 0.95 - d2)))
    img = mix(img, mix(c.col(FAR), c.col(SKY_TOP), 0.4), smooth(0.52, 0.68, c.noise(7, 2, 5)) * 0.65)
    img = hills(c, img, 0.72 + 0 * R, 3, 0.18, 2, True, 4, 1.05, 0.5)
    f = c.flag(0.35, "over calm water", "over the sea")
    return mix(img, reflect(c, img, c.between(0.8, 0.86)), f)


def sc_aurora(c):
    c.star_light = c.star_light * 0 + 1
    dk = 0.35
    img = mix(c.col(SKY_TOP) * dk, c.col(FAR) * 0.55, c.y).expand(c.batch, 3, c.size, c.size)
    img = stars(c, img, 0.6)
    for _i, ci in enumerate((6, 3, 1, 6)):
        path = c.between(0.3, 0.62) + 0.22 * (c.ridge(2, 3) - 0.5)
        ray = 0.35 + 0.65 * c.ridge(40, 2, 0.6)
        L = c.between(0.1, 0.3) * (0.5 + c.ridge(5, 2))
        d = path + 0.03 * torch.sin(c.x * 20 + c.between(0, 6)) - c.y
        a = 1.5 * torch.where(d > 0, torch.exp(-d / L), torch.exp(d / 0.02)) * ray * (0.35 + 0.9 * c.ridge(3, 2))
        col = mix(c.col(ci), c.col(LIGHT), 0.25)
        img = 1 - (1 - img) * (1 - (a * 0.9).clamp(0, 1) * mix(col, c.col(MID), smooth(0, 0.3, d) * 0.5))
    P = c.palette.clone()
    c.palette = torch.cat([P[:, :3], P[:, 3:] * 0.3], 1)
    hz = c.between(0.68, 0.82)
    img = hills(c, img, hz - 0.06, 2, 0.22, 3, True, 5, 1.1, 0.1)
    pine = c.ridge(50, 2, 0.8, True) * 0.09
    f = c.flag(0.6, "over pine trees", "above a forest")
    img = mix(img, c.col(NEAR), c.edge(c.y - (hz + 0.1 - pine)) * f)
    c.palette = P
    g = c.flag(0.4, "reflected in a lake", "over a still lake")
    return mix(img, reflect(c, img, hz + 0.1, 0.01, 0.2), g)


def sc_tree(c):
    hz = c.between(0.66, 0.8)
    img = sky(c, hz)
    img = hills(c, img, hz - 0.06, 2, 0.1, 2, False, 3, 1.05, 0.4)
    gy = hz + 0.05 - 0.06 * torch.exp(-(((c.x - 0.5) / 0.35) ** 2))
    img = mix(img, mix(grass(c, hz), c.col(NEAR), 0.15), c.edge(c.y - gy))
    tx = c.between(0.35, 0.65)
    ty = hz - 0.02
    top = c.between(0.2, 0.34)
    t = ((ty + 0.03 - c.y) / (ty - top)).clamp(0, 1.2)
    bx = tx + 0.03 * torch.sin(t * 3 + c.between(0, 6))
    w = 0.03 * (1 - 0.7 * t) + 0.03 * torch.exp(-t * 14)
    tr = c.edge(w - (c.x - bx).abs()) * (c.y > top + 0.05).float() * (c.y < ty + 0.035).float()
    img = mix(img, mix(c.col(NEAR), c.col(MID), smooth(0, -0.03, c.x - bx) * 0.4), tr)
    for j in range(8):
        bx0, by0 = tx, top + 0.12 + c.between(0, 0.14)
        ex, ey = tx + c.between(-0.22, 0.22), top + c.between(-0.02, 0.14)
        vx, vy = ex - bx0, ey - by0
        q = (((c.x - bx0) * vx + (c.y - by0) * vy) / (vx * vx + vy * vy + 1e-5)).clamp(0, 1)
        d = ((c.x - bx0 - q * vx) ** 2 + (c.y - by0 - q * vy) ** 2).sqrt()
        img = mix(img, c.col(NEAR), c.edge(0.009 * (1 - 0.7 * q) - d))
    bare = c.flag(0.2, "with bare branches", "leafless")
    bl = c.flag(0.4, "in bloom", "with blossoms")
    cn = c.noise(34, 34, 3) - 0.5
    for j in range(16):
        a = c.between(0, TAU)
        rr = c.between(0, 1) ** 0.5
        bx, by = tx + torch.cos(a) * rr * 0.21, top + 0.06 + torch.sin(a) * rr * 0.14 + 0.015 * j * 0
        s = c.between(0.055, 0.11)
        d = ((c.x - bx) ** 2 + ((c.y - by) * 1.15) ** 2).sqrt() + cn * 0.09
        k = j / 15
        cA = mix(c.col(MID), c.col(NEAR), 0.45 * (1 - k))
        cB = mix(c.col(ACCENT), c.col(LIGHT), 0.3 * k)
        col = mix(mix(cA, c.col(LIGHT), 0.12 * k), mix(cB, c.col(NEAR), 0.3 * (1 - k)), bl)
        col = mix(col, c.col(LIGHT), 0.4 * smooth(0.02, -0.08, (c.y - by) + (c.x - bx) * 0.5) * k)
        img = mix(img, col, c.edge((s - d) * 0.5) * (1 - bare))
    return birds(c, img)


def sc_balloons(c):
    hz = c.between(0.68, 0.85)
    img = sky(c, hz)
    img = hills(c, img, hz - 0.12, 4, 0.2, 2.2, False, 4, 1.05, 0.6)
    nb = c.whole(1, 5)
    for j in range(4):
        on = (j < nb).float()
        s = c.between(0.05, 0.13) * (1.3 - 0.15 * j)
        cx, cy = c.between(0.15, 0.85), c.between(0.16, 0.58)
        dx, dy = (c.x - cx) / s, (c.y - cy) / s
        torch.maximum((dx * dx + dy * dy).sqrt() - 1, torch.minimum(dx.abs() - 0.0, dy * 0 - 9))
        env = torch.where(
            dy < 0.35, 1 - (dx * dx + dy * dy).sqrt(), torch.minimum(0.94 - 0.72 * (dy - 0.35) - dx.abs(), 1.3 - dy)
        )
        q = (dx / (1 - dy * dy * 0.8).clamp(min=0.15).sqrt()).clamp(-1, 1)
        st = torch.sin(torch.asin(q * 0.999) * c.whole(4, 9))
        col = torch.where(st > 0, c.col((6, 2, 6, 1)[j]), c.col((2, 4, 1, 0)[j]))
        col = mix(col, c.col(NEAR), smooth(-0.2, 1, q) * 0.45)
        col = mix(col, c.col(LIGHT), smooth(0.6, 0, ((dx + 0.4) ** 2 + (dy + 0.4) ** 2).sqrt()) * 0.3)
        img = mix(img, col, c.edge(env * s) * on)
        bk = torch.minimum(0.16 - dx.abs(), torch.minimum(dy - 1.55, 1.85 - dy))
        img = mix(img, c.col(NEAR), c.edge(bk * s) * on)
        rope = torch.minimum(0.02 - (dx.abs() - 0.16 - 0.18 * (1.55 - dy)).abs(), torch.minimum(dy - 1.25, 1.56 - dy))
        img = mix(img, c.col(NEAR), c.edge(rope * s) * on * 0.8)
    return birds(c, img, 0.2)
