"""Manners of painting: from a plain picture and its canvas to the same picture in a style."""

import math

import torch
import torch.nn.functional as F

from .canvas import TAU, blur, luminance, mix, smooth, warp
from .palettes import ACCENT, LIGHT, MID, NEAR, SKY_LOW
from .patterns import hash_noise, voronoi


def kuwahara(im, r):
    S = im.shape[-1]
    p = F.pad(im, (r,) * 4, mode="reflect")
    m = F.avg_pool2d(p, r + 1, 1)
    g = luminance(p)
    v = F.avg_pool2d(g * g, r + 1, 1) - F.avg_pool2d(g, r + 1, 1) ** 2
    o = 0
    W = 0
    for a in (0, r):
        for b in (0, r):
            w = 1 / (v[:, :, a : a + S, b : b + S].clamp(min=0) * 900 + 0.02) ** 4
            o = o + w * m[:, :, a : a + S, b : b + S]
            W = W + w
    return o / W


def edges(im, r=1):
    g = blur(luminance(im), r, 1) if r else luminance(im)
    p = F.pad(g, (1, 1, 1, 1), mode="replicate")
    gx = p[:, :, 1:-1, 2:] - p[:, :, 1:-1, :-2]
    gy = p[:, :, 2:, 1:-1] - p[:, :, :-2, 1:-1]
    return (gx * gx + gy * gy + 1e-8).sqrt(), gx, gy


def saturate(im, k):
    l = luminance(im)
    return (l + (im - l) * k).clamp(0, 1)


def paper(c, k=0.06):
    return 1 + k * (c.noise(90, 90, 2) - 0.5) * 2


def stamp(c, base, src, n, ln, wd, ang=None, jc=0.08, bristle=0.0):
    G = n + 6
    dev = c.device
    ar = torch.arange(G, device=dev).float() - 3 + 0.5
    j = c.rand(c.batch, 2, G, G) - 0.5
    gx = (ar.view(1, 1, 1, -1) + j[:, :1] * 0.95) / n
    gy = (ar.view(1, 1, -1, 1) + j[:, 1:] * 0.95) / n
    grid = torch.cat([gx, gy], 1).permute(0, 2, 3, 1) * 2 - 1
    sm = lambda t: F.grid_sample(t, grid, padding_mode="reflection", align_corners=False)
    col = sm(src) * (1 + jc * (c.rand(c.batch, 1, G, G) - 0.5) * 2) + jc * 0.6 * (c.rand(c.batch, 3, G, G) - 0.5)
    th = (sm(ang) if ang is not None else torch.zeros_like(gx)) + 0.5 * (c.rand(c.batch, 1, G, G) - 0.5)
    sz = 0.75 + 0.45 * c.rand(c.batch, 1, G, G)
    T = torch.cat([gx, gy, c.rand(c.batch, 1, G, G), torch.cos(th) / (ln * sz), torch.sin(th) / (ln * sz), sz, col], 1)
    r = ln / wd
    xi = (c.x[0, 0, 0] * n).floor().long() + 3
    yi = (c.y[0, 0, :, 0] * n).floor().long() + 3
    best = torch.full((c.batch, 1, c.size, c.size), -1.0, device=dev)
    out = base
    for a in (-1, 0, 1):
        for b in (-1, 0, 1):
            q = T[:, :, yi + a][:, :, :, xi + b]
            u = (c.x - q[:, 0:1]) * n
            v = (c.y - q[:, 1:2]) * n
            A = u * q[:, 3:4] + v * q[:, 4:5]
            Bv = (v * q[:, 3:4] - u * q[:, 4:5]) * r
            m = ((A * A + Bv * Bv) < 1) & (q[:, 2:3] > best)
            cc = q[:, 6:9]
            if bristle:
                cc = cc * (1 + bristle * torch.sin(Bv * 9 + q[:, 2:3] * 60) * (1 - A * 0.5)) + bristle * 0.5 * (-Bv)
            best = torch.where(m, q[:, 2:3], best)
            out = torch.where(m, cc, out)
    return out.clamp(0, 1)


def field(c, im):
    e, gx, gy = edges(blur(im, 3, 2), 0)
    a = torch.atan2(gy, gx) + math.pi / 2
    f = (c.noise(2, 2, 2) - 0.5) * 5
    w = smooth(0.01, 0.06, e)
    return a * w + f * (1 - w)


def st_clean(c, im):
    return im


def st_watercolor(c, im):
    d = c.noise(10, 10, 3) - 0.5
    d2 = c.noise(10, 10, 3) - 0.5
    im = warp(c, im, d * 0.035, d2 * 0.035)
    k = kuwahara(im, max(3, c.size // 64))
    e, _, _ = edges(k, 1)
    k = saturate(k, 1.12)
    k = 1 - (1 - k) * (0.86 + 0.4 * (c.noise(5, 5, 4) - 0.5) * 1.6)
    k = k * (1 - (e * 1.6).clamp(0, 0.45))
    k = k.clamp(0, 1) ** (0.88)
    k = 1 - (1 - k) * (0.9 + 0.22 * (c.noise(70, 70, 2) - 0.5) * 2)
    bd = torch.minimum(torch.minimum(c.x, 1 - c.x), torch.minimum(c.y, 1 - c.y)) + (c.noise(9, 9, 4) - 0.5) * 0.075
    wc = torch.tensor([0.985, 0.975, 0.95], device=c.device).view(1, 3, 1, 1)
    m = smooth(0.028, 0.042, bd)
    rim = torch.exp(-(((bd - 0.048) / 0.01) ** 2)) * 0.18
    k = mix(wc.expand_as(k), k * (1 - rim), m)
    return (k * paper(c, 0.035)).nan_to_num(0).clamp(0, 1)


def st_ink(c, im):
    d = c.noise(12, 12, 3) - 0.5
    im = warp(c, im, d * 0.03, (c.noise(12, 12, 3) - 0.5) * 0.03)
    k = kuwahara(im, max(3, c.size // 50))
    l = luminance(k)
    lo = l.amin((2, 3), keepdim=True)
    hi = l.amax((2, 3), keepdim=True)
    l = (l - lo) / (hi - lo + 1e-3)
    e, _, _ = edges(k, 1)
    pc = torch.tensor([0.965, 0.945, 0.895], device=c.device).view(1, 3, 1, 1)
    ink = mix(torch.tensor([0.09, 0.09, 0.11], device=c.device).view(1, 3, 1, 1), c.col(NEAR) * 0.55, 0.35)
    den = (1 - l) ** 1.7 * (0.82 + 0.5 * (c.noise(6, 6, 4) - 0.5) * 2)
    den = (den + smooth(0.05, 0.22, e) * 0.55 * (0.5 + c.noise(25, 25, 2) * 0.8)).clamp(0, 0.97)
    den = den * smooth(
        0.0,
        0.16,
        torch.minimum(torch.minimum(c.x, 1 - c.x), torch.minimum(c.y, 1 - c.y)) + (c.noise(5, 5, 3) - 0.4) * 0.12,
    )
    o = mix(pc, ink, den)
    s = k - luminance(k)
    o = o + s * 0.22 * den
    return (o * paper(c, 0.05)).clamp(0, 1)


def st_oil(c, im):
    a = field(c, im)
    s = saturate(blur(im, 1, 1), 1.2)
    o = stamp(c, s, blur(s, 3), 24, 1.15, 0.5, a, 0.10, 0.05)
    o = stamp(c, o, s, 40, 1.2, 0.42, a, 0.08, 0.06)
    e, gx, gy = edges(o, 0)
    return (o * (1 + (gx + gy) * 0.35)).clamp(0, 1)


def st_impress(c, im):
    a = field(c, im) * 0.35 + (c.noise(2, 2, 1) - 0.5) * 1.5
    s = saturate(im, 1.45) ** 0.88
    o = stamp(c, blur(s, 2), blur(s, 2), 26, 1.15, 0.42, a, 0.16)
    return stamp(c, o, blur(s, 1), 40, 1.1, 0.36, a, 0.2)


def st_point(c, im):
    s = saturate(im, 1.5) ** 0.9
    bg = mix(torch.tensor([0.96, 0.94, 0.88], device=c.device).view(1, 3, 1, 1), blur(s, 4), 0.45)
    o = stamp(c, bg, blur(s, 2), 28, 0.62, 0.62, None, 0.22)
    return stamp(c, o, blur(s, 1), 44, 0.5, 0.5, None, 0.26)


def st_glass(c, im):
    im = saturate(kuwahara(im, 4), 1.15)
    n = c.rng.choice([15, 18, 22])
    f1, f2, px, py = voronoi(c, n)
    g = torch.cat([px, py], 1).permute(0, 2, 3, 1) * 2 - 1
    col = F.grid_sample(saturate(blur(im, 2), 1.7), g, padding_mode="border", align_corners=False)
    r = hash_noise(px, py)
    col = mix(col, saturate(blur(im, 1), 1.7), 0.55)
    col = col * (0.88 + 0.26 * r) + 0.04
    col = col * (1.15 - 0.36 * smooth(0.1, 0.8, f1))
    col = (col * (0.9 + 0.2 * c.noise(18, 18, 3))).clamp(0, 1) ** 0.85
    e, _, _ = edges(im, 1)
    return mix(torch.full_like(col, 0.05), col, torch.minimum(smooth(0.05, 0.11, f2 - f1), 1 - smooth(0.10, 0.2, e)))


def st_lowpoly(c, im):
    im = kuwahara(im, 3)
    n = c.rng.choice([18, 22, 26])
    N = n + 3
    off = (c.rand(c.batch, 2, N, N) - 0.5) * 0.75 / n
    d = F.interpolate(off, (c.size, c.size), mode="bilinear", align_corners=True)
    X = (c.x + d[:, :1]) * n + 5
    Y = (c.y + d[:, 1:]) * n + 5
    fx, fy = X - X.floor(), Y - Y.floor()
    alt = ((X.floor() + Y.floor()) % 2) < 1
    up = torch.where(alt, fx > fy, fx + fy > 1).float()
    tx = torch.where(alt, torch.where(up > 0, 0.667, 0.333), torch.where(up > 0, 0.667, 0.333))
    ty = torch.where(alt, torch.where(up > 0, 0.333, 0.667), torch.where(up > 0, 0.667, 0.333))
    px = (X.floor() + tx - 5) / n
    py = (Y.floor() + ty - 5) / n
    g = torch.cat([px, py], 1)
    dd = F.grid_sample(d, g.permute(0, 2, 3, 1) * 2 - 1, padding_mode="border", align_corners=False)
    col = F.grid_sample(blur(im, 2), (g - dd).permute(0, 2, 3, 1) * 2 - 1, padding_mode="border", align_corners=False)
    h = hash_noise(px * 3.1 + up, py * 1.7) - 0.5
    return (saturate(col, 1.15) * (1 + 0.17 * h) + 0.02 * h).clamp(0, 1)


def st_poster(c, im):
    k = kuwahara(blur(im, 1, 1), max(3, c.size // 40))
    k = kuwahara(k, 3)
    l = luminance(k)
    q = (l * 5.2 + 0.25).floor() / 5.2 + 0.06
    o = k * (q / (l + 0.05)).clamp(0.6, 1.5)
    o = saturate(o, 1.35).clamp(0, 1)
    return mix(
        o,
        mix(c.col(LIGHT), torch.ones_like(c.col(LIGHT)), 0.3).expand_as(o),
        c.edge(0.022 - torch.minimum(torch.minimum(c.x, 1 - c.x), torch.minimum(c.y, 1 - c.y))),
    )


def st_woodcut(c, im):
    k = kuwahara(im, 4)
    l = luminance(k)
    lo = l.amin((2, 3), keepdim=True)
    hi = l.amax((2, 3), keepdim=True)
    l = (l - lo) / (hi - lo + 1e-3)
    w = c.y * c.between(28, 34) + (c.noise(3, 3, 2) - 0.5) * 3.2 + l * 2.2
    s = 0.5 + 0.5 * torch.cos(w * TAU)
    e, _, _ = edges(k, 1)
    thr = smooth(-0.12, 0.12, (1 - l) * 1.55 - 0.32 - s)
    ink = torch.maximum(thr, smooth(0.07, 0.16, e))
    pc = mix(
        mix(c.col(LIGHT), torch.tensor([0.95, 0.91, 0.82], device=c.device).view(1, 3, 1, 1), 0.6),
        saturate(k, 1.2) ** 0.6,
        0.38,
    )
    ik = mix(torch.full_like(c.col(NEAR), 0.07), c.col(NEAR) * 0.6, 0.4)
    return (mix(pc, ik, ink) * paper(c, 0.04)).clamp(0, 1)


def st_pastel(c, im):
    d = c.noise(60, 60, 1) - 0.5
    im = warp(c, blur(im, 1, 1), d * 0.02, (c.noise(60, 60, 1) - 0.5) * 0.02)
    gr = torch.rot90(c.noise(120, 18, 2), 0, (2, 3))
    gr = warp(c, gr, -c.y * 0.7 + 0 * gr, 0 * gr)
    g2 = c.noise(110, 110, 2)
    pc = torch.tensor([0.93, 0.90, 0.85], device=c.device).view(1, 3, 1, 1)
    o = mix(im, torch.ones_like(im), 0.16)
    return mix(o, pc, (smooth(0.46, 0.74, gr * 0.4 + g2 * 0.62) * 0.5)).clamp(0, 1)


def st_neon(c, im):
    k = kuwahara(im, 3)
    e, _, _ = edges(k, 1)
    e = e / (e.amax((2, 3), keepdim=True) + 0.03)
    ln = smooth(0.12, 0.45, e)
    hue = saturate((k + 0.04) / (k.amax(1, keepdim=True) + 0.04), 2.0)
    hue = mix(hue, mix(c.col(ACCENT), c.col(MID), c.noise(2, 2, 2)), 0.35)
    gl = ln * hue
    o = im * 0.16 + blur(gl, 2) * 1.1 + blur(gl, max(4, c.size // 36), 2) * 1.5 + gl * 0.9 + ln * 0.25
    return (o).clamp(0, 1)


def st_glitch(c, im):
    n = 26
    r = c.rand(c.batch, 1, n, 1)
    sh = (r - 0.5) * 0.35 * (c.rand(c.batch, 1, n, 1) < 0.35).float()
    sh = F.interpolate(sh, (c.size, 1), mode="nearest").expand(-1, -1, -1, c.size)
    z = 0 * sh
    k = c.between(0.008, 0.022)
    o = torch.cat([warp(c, im, sh + k, z)[:, :1], warp(c, im, sh, z)[:, 1:2], warp(c, im, sh - k, z)[:, 2:]], 1)
    o = o * (0.86 + 0.14 * torch.cos(c.y * c.size * math.pi / 2))
    bl = F.interpolate((c.rand(c.batch, 1, 18, 9) < 0.045).float(), (c.size, c.size), mode="nearest")
    o = mix(o, 1 - o[:, [1, 2, 0]], bl * 0.75)
    return o.clamp(0, 1)


def st_pixel(c, im):
    n = 64
    p = F.interpolate(im, (n, n), mode="area")
    p = saturate(p, 1.25)
    p = (p * 6 + 0.5).floor() / 6
    return F.interpolate(p, (c.size, c.size), mode="nearest").clamp(0, 1)


def st_pencil(c, im):
    l = luminance(kuwahara(im, 2))
    lo = l.amin((2, 3), keepdim=True)
    hi = l.amax((2, 3), keepdim=True)
    l = ((l - lo) / (hi - lo + 1e-3)) ** 0.8
    e, _, _ = edges(im, 1)
    ns = (c.noise(60, 60, 2) - 0.5) * 0.5
    h1 = 0.5 + 0.5 * torch.sin((c.x + c.y) * c.size * 0.62 + ns * 6)
    h2 = 0.5 + 0.5 * torch.sin((c.x - c.y) * c.size * 0.62 + ns * 6)
    g = c.noise(110, 110, 2)
    a = (
        smooth(0, 0.5, (0.74 - l) * 1.25 - h1 * 0.45) * 0.5
        + smooth(0, 0.5, (0.42 - l) * 1.5 - h2 * 0.4) * 0.45
        + smooth(0.03, 0.16, e) * 0.8
    )
    a = (a * (0.45 + 0.9 * g)).clamp(0, 0.93)
    pc = torch.tensor([0.975, 0.965, 0.94], device=c.device).view(1, 3, 1, 1)
    o = mix(pc, torch.tensor([0.17, 0.17, 0.19], device=c.device).view(1, 3, 1, 1), a)
    return (o + (im - luminance(im)) * 0.12).clamp(0, 1)


def st_mosaic(c, im):
    n = 32
    X, Y = c.x * n, c.y * n
    p = F.interpolate(blur(im, 1), (n, n), mode="bilinear", align_corners=False)
    p = p * (0.85 + 0.3 * c.rand(c.batch, 1, n, n)) + 0.05 * (c.rand(c.batch, 3, n, n) - 0.5)
    col = F.interpolate(saturate(p.clamp(0, 1), 1.3), (c.size, c.size), mode="nearest")
    u, v = (X % 1) - 0.5, (Y % 1) - 0.5
    m = smooth(0.48, 0.40, torch.maximum(u.abs(), v.abs()))
    col = col * (1 + 0.14 * (-u - v))
    return mix(torch.full_like(col, 0.16) + 0.5 * mix(c.col(NEAR), c.col(SKY_LOW), 0.5) * 0.4, col, m).clamp(0, 1)


def st_pop(c, im):
    k = kuwahara(im, 4)
    s = saturate((k * 3.6 + 0.35).floor() / 3.6, 1.75).clamp(0, 1)
    n = 20
    u, v = ((c.x + c.y) * n) % 1 - 0.5, ((c.x - c.y) * n) % 1 - 0.5
    l = luminance(k)
    r = 0.62 * (1 - l).clamp(0, 1) ** 0.6
    d = smooth(-0.06, 0.06, r - (u * u + v * v).sqrt())
    hi = mix(s, torch.ones_like(s), 0.38)
    o = mix(hi, s * 0.9, d)
    e, _, _ = edges(k, 1)
    return mix(o, torch.full_like(o, 0.05), smooth(0.10, 0.2, e)).clamp(0, 1)


def st_ukiyo(c, im):
    k = kuwahara(blur(im, 1, 1), 6)
    l = luminance(k)
    q = (l * 6).floor() / 6 + 0.08
    o = saturate(k * (q / (l + 0.03)).clamp(0.7, 1.35), 0.85)
    pc = torch.tensor([0.95, 0.90, 0.78], device=c.device).view(1, 3, 1, 1)
    o = o * 0.82 + pc * 0.18
    o = o * (0.5 + 0.5 * pc / 0.95)
    e, _, _ = edges(kuwahara(im, 3), 1)
    o = mix(o, mix(torch.full_like(c.col(NEAR), 0.1), c.col(NEAR) * 0.5, 0.5).expand_as(o), smooth(0.06, 0.14, e) * 0.9)
    wg = 1 + 0.05 * (torch.sin(c.y * 160 + c.noise(2, 8, 3) * 22))
    return (o * wg * paper(c, 0.05)).clamp(0, 1)


STYLES = {
    "clean": (st_clean, ["digital painting", "smooth digital illustration", "clean digital art", ""]),
    "watercolor": (st_watercolor, ["watercolor", "watercolor painting", "aquarelle", "soft watercolour"]),
    "ink": (st_ink, ["ink wash", "sumi-e ink painting", "chinese ink brush", "ink wash painting"]),
    "oil": (st_oil, ["oil painting", "oil on canvas", "thick brush strokes", "expressive oil brushwork"]),
    "impress": (
        st_impress,
        ["impressionist", "impressionist painting", "impressionism, dabs of color", "in the style of monet"],
    ),
    "point": (st_point, ["pointillism", "pointillist dots", "painted with dots"]),
    "glass": (st_glass, ["stained glass", "stained glass window", "leaded glass"]),
    "lowpoly": (st_lowpoly, ["low poly", "low polygon art", "faceted triangles"]),
    "poster": (st_poster, ["flat poster", "minimal flat poster", "screen print poster", "flat vector poster"]),
    "woodcut": (st_woodcut, ["woodcut", "linocut print", "engraving lines", "carved woodblock lines"]),
    "pastel": (st_pastel, ["chalk pastel", "pastel drawing", "soft chalk drawing"]),
    "neon": (st_neon, ["neon glow", "glowing neon lines", "neon outlines in the dark"]),
    "glitch": (st_glitch, ["glitch art", "digital glitch", "corrupted glitch"]),
    "pixel": (st_pixel, ["pixel art", "8-bit pixel art", "retro pixels"]),
    "pencil": (st_pencil, ["pencil sketch", "graphite drawing", "cross hatching pencil"]),
    "mosaic": (st_mosaic, ["mosaic tiles", "roman mosaic", "tile mosaic"]),
    "pop": (st_pop, ["pop art", "comic halftone", "pop art halftone"]),
    "ukiyo": (st_ukiyo, ["ukiyo-e", "japanese woodblock print", "ukiyo-e print", "in the style of hokusai"]),
}
STYLE_NAMES = list(STYLES)
