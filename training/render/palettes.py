"""Nineteen palettes of seven roles each: a scene is laid out in roles, so that any palette suits any scene."""

import torch

# The light is the sun or a highlight; near is dark, the accent seldom.
SKY_TOP, SKY_LOW, LIGHT, FAR, MID, NEAR, ACCENT = range(7)

# By role, in the order above; then the phrases that captions call it by.
PALETTES = {
    "serene": (
        "bcd9ee fde4dc fff6d8 c9c6e4 a4b8d6 7f9bb8 f4b6c2",
        ["serene pastels", "soft pastel colors", "gentle calm pastel tones", "peaceful pale colors"],
    ),
    "melancholy": (
        "0b1a33 35557f cfdcec 2c4770 1a3156 0a1530 6f93c0",
        ["melancholic deep blues", "deep blue tones", "sad moody blues", "somber navy blue"],
    ),
    "redgold": (
        "7a0f1b f08a24 ffe08a a6201f 6b0f1e 2b0711 ffc13b",
        ["bold reds and golds", "crimson and gold", "passionate red and gold", "fiery red tones"],
    ),
    "neon": (
        "12022f ff2fb3 fff04a 5b1bff 00e5ff 160033 39ff6a",
        ["chaotic neons", "electric neon colors", "vivid neon pink and cyan", "wild neon energy"],
    ),
    "earth": (
        "c9cdb2 efe0bf fff3d3 a5a06e 9a5a34 43321e c8682f",
        ["earth tones", "warm browns and ochres", "natural earthy colors", "clay and sand tones"],
    ),
    "rainbow": (
        "5b2bd6 2f8cff fff27a ff4d6d ff9f1c 1e9e5a e84fd0",
        ["rainbow colors", "joyful rainbow", "playful multicolor", "bright colorful hues"],
    ),
    "emerald": (
        "cfe8d5 eef7df fffbe0 8fc0a0 4f9470 173f35 e3c45b",
        ["emerald greens", "fresh greens", "lush green tones", "calm green colors"],
    ),
    "mono": (
        "d4d4d1 f7f7f4 ffffff b0b0ae 6f6f6e 161618 3a3a3c",
        ["black and white", "monochrome", "grayscale", "stark black and white"],
    ),
    "sunset": (
        "2f2a5a ff9a56 fff0b3 b45a6b 6f3560 2a1638 ff5e5b",
        ["golden sunset colors", "warm orange and purple", "glowing sunset hues", "romantic dusk colors"],
    ),
    "tealorange": (
        "0f4c5c f5a65b ffe8c2 3c7d84 1f5a63 0b2a33 e36414",
        ["teal and orange", "cinematic teal and orange", "dramatic teal and amber"],
    ),
    "lavender": (
        "4d3b7a d9a7c7 fff0e5 8a76b5 5f4b91 2a2148 f2c14e",
        ["lavender and violet", "dreamy purple tones", "mystical purple", "dreamlike lavender"],
    ),
    "icy": (
        "d5e9f5 f4fbff ffffff b0d0e5 7fb0d0 35648c 9fe3ea",
        ["icy whites and blues", "cold winter colors", "frosty pale blue", "crisp cold light"],
    ),
    "sepia": (
        "d8b98c f0dcb4 fff4d6 b08a5c 7d5a38 3c2716 9c4f2e",
        ["sepia", "vintage sepia tones", "nostalgic sepia", "old faded colors"],
    ),
    "candy": (
        "9fe0d0 ffd6e5 fffbe8 ff9ec0 7fd0c0 6b5aa0 ff6f91",
        ["candy pink and mint", "sweet cheerful candy colors", "cute pink and mint", "playful pink tones"],
    ),
    "ember": (
        "14161b 3f3a42 ff8a3c 2e2c34 1f1d24 0a0a0d e2512d",
        ["dark and moody", "dark charcoal with embers", "brooding dark tones", "ominous shadows and fire"],
    ),
    "tropic": (
        "1aa6c4 bdf0e6 fff6cf 39b7a5 149087 0b4f5c ff7e5f",
        ["tropical turquoise", "bright turquoise and coral", "fresh aqua tones", "sunny summer colors"],
    ),
    "autumn": (
        "f3d9a8 fbead0 fff3c8 d98e4a b3502a 4a2318 e0a21b",
        ["autumn colors", "warm autumn oranges", "rust and amber", "cozy fall colors"],
    ),
    "midnight": (
        "070b24 27366e e6ebff 1e2858 131b45 050818 8fa2e8",
        ["midnight indigo and silver", "silver and indigo", "quiet midnight blue", "mysterious indigo"],
    ),
    "natural": (
        "5aa0dc d3e8f2 fff5d0 8fa9b8 5f8a52 2f4f34 d9534f",
        ["natural colors", "realistic colors", "vivid natural light", "clear natural tones"],
    ),
}


def rgb_of(code):
    return [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]


PALETTE_NAMES = list(PALETTES)
PALETTE_COLORS = torch.tensor([[rgb_of(h) for h in PALETTES[k][0].split()] for k in PALETTE_NAMES])
