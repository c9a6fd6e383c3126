"""`python -m training.render.sheet FILE.png [scenes|styles|mixed] [SEED]`: a contact sheet to look at."""

import random
import sys
import textwrap

import torch
from PIL import Image, ImageDraw

from .captions import caption
from .render import render
from .scenes import SCENE_NAMES
from .styles import STYLE_NAMES


def sheet(pictures, captions, file, columns=8, tile=256):
    """Pictures [3, size, size] in 0..1 in rows, with their captions below, into a file."""
    rows = -(-len(pictures) // columns)
    high = tile + 38
    paper = Image.new("RGB", (columns * (tile + 4), rows * high), "white")
    pen = ImageDraw.Draw(paper)
    for i, (picture, text) in enumerate(zip(pictures, captions)):
        pixels = (picture.permute(1, 2, 0).clamp(0, 1) * 255).byte().cpu().numpy()
        x, y = (i % columns) * (tile + 4), (i // columns) * high
        paper.paste(Image.fromarray(pixels).resize((tile, tile)), (x, y))
        pen.text((x + 2, y + tile + 1), "\n".join(textwrap.wrap(text, tile // 6)[:3]), fill="black")
    paper.save(file, quality=88)


def main(file, what="mixed", seed="1"):
    torch.set_num_threads(2)
    rng = random.Random(seed)
    pictures, captions = [], []
    show = lambda rendered: (
        pictures.extend(rendered.styled),
        captions.extend(caption(rng, *d) for d in rendered.descriptions),
    )
    for i in range(8 if what == "mixed" else len(SCENE_NAMES)):
        if what == "scenes":
            show(render(4, seed=int(seed) + i, scene=SCENE_NAMES[i], style="clean"))
        elif what == "styles" and i < len(STYLE_NAMES):
            for scene in ("lake", "city", "tree", "waves"):
                show(render(1, seed=int(seed) + i, scene=scene, style=STYLE_NAMES[i]))
        elif what == "mixed":
            show(render(8, seed=int(seed) + i))
    sheet(pictures, captions, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
