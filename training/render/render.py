"""Captioned art by the batch: a scene laid out plainly, in the roles of a palette, then painted in a style."""

import random
from typing import NamedTuple

import torch

from .canvas import Canvas, luminance, mix, smooth
from .palettes import LIGHT, PALETTE_COLORS, PALETTE_NAMES, SKY_LOW, rgb_of
from .scenes import ABSTRACT, SCENE_NAMES, SCENES
from .styles import STYLE_NAMES, STYLES

# How often each time of day is drawn for a scene that has one.
TIMES = ["", "", "", "", "sunset", "sunset", "dawn", "night", "night", "fog"]
BY_NIGHT = ("moon", "aurora")
# Styles that reach the edge of the sheet, or draw a border of their own.
NO_VIGNETTE = ("poster", "ukiyo", "pop", "woodcut", "pixel", "clean")
# By role: how far a sunset reddens it, how much of it night leaves, how far fog takes it.
SUNSET = [0.35, 0.9, 0.5, 0.4, 0.3, 0.25, 0.25]
NIGHT = [0.30, 0.45, 1.05, 0.42, 0.38, 0.35, 0.7]
FOG = [0.5, 0.4, 0.15, 0.55, 0.45, 0.15, 0.25]
# A dawn is peach at the horizon, periwinkle above and cool below: by role, where it goes and how far.
DAWN_COLORS = "8ea4dc ffb59c fff0d2 c7a3c6 7a7aa8 3c4472 ea909c".split()
DAWN = [0.5, 0.75, 0.5, 0.6, 0.5, 0.5, 0.35]
# Palettes of one hue, from its darkest to its lightest tone, and how much of the picture's own colour goes.
TONED = {"mono": ("000000", "ffffff"), "sepia": ("24140a", "fff1d2")}
TONING = 0.92


class Rendered(NamedTuple):
    plain: torch.Tensor
    """The scene as it was laid out: what an underpainting is, [batch, 3, size, size] in 0..1."""
    styled: torch.Tensor
    """The same scenes in their styles."""
    descriptions: list
    """(scene, style, palette, time, tags) each: what captions are made from."""


def render(batch, size=256, device="cpu", seed=0, scene=None, style=None, palette=None, time=None):
    """One scene for the whole batch; styles, palettes and times vary unless given: one name, or a list of them."""
    generator, rng = torch.Generator(device=device).manual_seed(seed), random.Random(seed)
    c = Canvas(batch, size, device, generator, rng)
    scene = scene or rng.choice(SCENE_NAMES)
    drawn = lambda names: [rng.choice(names) for _ in range(batch)]
    given = lambda value: [value] * batch if isinstance(value, str) else list(value)
    palettes = drawn(PALETTE_NAMES) if palette is None else given(palette)
    styles = sorted(drawn(STYLE_NAMES), key=STYLE_NAMES.index) if style is None else given(style)
    times = ([""] * batch if scene in ABSTRACT else drawn(TIMES)) if time is None else given(time)
    if scene in BY_NIGHT:
        times = ["night"] * batch
    light_up(c, scene, palettes, times)
    plain = veil(c, SCENES[scene][0](c).clamp(0, 1), times)
    styled = torch.empty_like(plain)
    vignetted = plain * vignette(c, styles)
    for name in sorted(set(styles)):
        which = torch.tensor([i for i, style in enumerate(styles) if style == name], device=device)
        easel = Canvas(len(which), size, device, generator, rng)
        easel.palette = c.palette[which]
        styled[which] = STYLES[name][0](easel, vignetted[which])
    descriptions = [(scene, styles[i], palettes[i], times[i], c.tags[i]) for i in range(batch)]
    return Rendered(tone(plain, palettes), tone(styled, palettes), descriptions)


def light_up(c, scene, palettes, times):
    """Gives the canvas its palette, varied a little and lit by the time of day, and what depends on that."""
    batch, device = c.batch, c.device
    colors = PALETTE_COLORS.to(device)[torch.tensor([PALETTE_NAMES.index(name) for name in palettes])].clone()
    others = PALETTE_COLORS.to(device)[torch.tensor([c.rng.randrange(len(PALETTE_NAMES)) for _ in range(batch)])]
    colors = mix(colors, others, c.rand(batch, 1, 1) * 0.10)
    colors = colors * (1 + 0.08 * (c.rand(batch, 1, 3) - 0.5) * 2) * (1 + 0.10 * (c.rand(batch, 1, 1) - 0.5) * 2)
    is_time = lambda name: torch.tensor([float(time == name) for time in times], device=device).view(batch, 1, 1)
    color = lambda code: torch.tensor(rgb_of(code), device=device).view(1, 1, 3)
    by_role = lambda shares: torch.tensor(shares, device=device).view(1, 7, 1)
    tinted = 1 - torch.tensor([float(name in TONED) for name in palettes], device=device).view(batch, 1, 1)
    sunset, dawn, night, fog = (is_time(name) for name in ("sunset", "dawn", "night", "fog"))
    colors = mix(colors, color("ff8a4a"), sunset * by_role(SUNSET) * 0.62 * tinted)
    colors[:, 0:1] = mix(colors[:, 0:1], colors[:, 0:1] * color("9a6fb0"), sunset * 0.6 * tinted)
    at_dawn = torch.tensor([rgb_of(code) for code in DAWN_COLORS], device=device).view(1, 7, 3)
    colors = mix(colors, at_dawn, dawn * by_role(DAWN) * tinted)
    colors = colors * mix(torch.ones_like(by_role(NIGHT)), by_role(NIGHT), night * (0.6 if scene in BY_NIGHT else 1.0))
    colors = mix(colors, (colors[:, 1:2] + colors[:, 2:3]) / 2, fog * by_role(FOG))
    c.palette = colors.clamp(0, 1)
    c.night = night.view(batch, 1, 1, 1)
    c.low = torch.clamp(sunset + dawn, 0, 1).view(batch, 1, 1, 1)
    c.star_light = c.night.clone()
    c.sun_shows = torch.zeros(batch, 1, 1, 1, device=device)
    c.sun_x = c.between(0.2, 0.8)


def veil(c, pictures, times):
    """Fog lies over everything, thickest far away; at dawn a thin mist lies low."""
    is_time = lambda name: torch.tensor([float(time == name) for time in times], device=c.device).view(c.batch, 1, 1, 1)
    far_off = (c.y - c.between(0.42, 0.58)) / 0.3
    wisps = smooth(0.3, 0.7, c.noise(5, 1.5, 3))
    fog = is_time("fog") * (0.12 + 0.4 * torch.exp(-(far_off**2))) * (0.6 + 0.8 * wisps)
    mist = is_time("dawn") * 0.5 * torch.exp(-((far_off - 0.3) ** 2) * 9) * wisps
    pale = mix(c.col(SKY_LOW), c.col(LIGHT), 0.5)
    return mix(pictures, mix(pale, luminance(pale), 0.5 * is_time("fog")), (fog + mist).clamp(0, 0.9))


def tone(pictures, palettes):
    """Pictures in palettes of one hue lose all others."""
    toned = pictures.clone()
    for name, ends in TONED.items():
        dark, light = (torch.tensor(rgb_of(code), device=pictures.device).view(1, 3, 1, 1) for code in ends)
        which = torch.tensor([palette == name for palette in palettes], device=pictures.device)
        toned[which] = mix(pictures[which], mix(dark, light, luminance(pictures[which])), TONING)
    return toned.clamp(0, 1)


def vignette(c, styles):
    shade = 1 - 0.18 * smooth(0.45, 0.85, ((c.x - 0.5) ** 2 + (c.y - 0.5) ** 2).sqrt())
    wanted = torch.tensor([float(name not in NO_VIGNETTE) for name in styles], device=c.device).view(c.batch, 1, 1, 1)
    return mix(torch.ones_like(shade), shade, wanted)
