"""`python -m training.evaluate WORK [COUNT]`: how often the shipped painter paints what its caption says.

Captions over everything it was taught, from a seed it never saw, are painted by the product itself (`npm run bench --
painter`), as it would for a person, and told apart by a classifier that was trained on renders alone. The same
classifier's accuracy on held-out renders stands beside, as the ceiling. One JSON line a figure.
"""

import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from .autoencoder import load_autoencoder
from .classifier import accuracy, labels_of, load_classifier, train_classifier
from .pairs import SCENES, STYLES
from .render.captions import TIME_NAMES, caption, stated
from .render.palettes import PALETTE_NAMES
from .render.scenes import ABSTRACT
from .render.sheet import sheet

SEED = 20_261
ROOT = Path(__file__).resolve().parent.parent


def held_out(count):
    """(description, caption) each; the caption states scene, style and palette, and mostly the time, if any."""
    rng = random.Random(SEED)
    for i in range(count):
        scene = SCENES[i % len(SCENES)]
        time = "" if scene in ABSTRACT else "night" if scene in ("moon", "aurora") else rng.choice(TIME_NAMES)
        description = scene, rng.choice(STYLES), rng.choice(PALETTE_NAMES), time, []
        yield description, caption(rng, *description, drop=0)


def main(work, count="256"):
    work = Path(work)
    if not (work / "classifier-1.pt").exists():
        train_classifier(work, 300)
    descriptions, captions = zip(*held_out(int(count)))
    folder = work / "evaluation"
    folder.mkdir(exist_ok=True)
    (folder / "captions.txt").write_text("\n".join(captions) + "\n")
    painted = ["npm", "run", "--silent", "bench", "--", "painter", folder / "captions.txt", folder / "painted"]
    subprocess.run(painted, cwd=ROOT, check=True)
    files = [folder / "painted" / f"{i:04d}.png" for i in range(len(captions))]
    pixels = np.stack([np.asarray(Image.open(file)) for file in files])
    pictures = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1
    autoencoder = load_autoencoder(work)
    with torch.no_grad():
        latents = torch.cat([autoencoder.encode(part) for part in pictures.split(32)])
    network, ceiling = load_classifier(work)
    said = torch.tensor(
        [stated(text, d)[:3] + [bool(d[3]) and stated(text, d)[3]] for text, d in zip(captions, descriptions)]
    )
    for kind, share in accuracy(network, latents, labels_of(descriptions), said).items():
        line = {"figure": f"{kind} as the caption says", "value": round(share, 3), "unit": "share"}
        print(json.dumps({**line, "ceiling": round(ceiling[kind], 3)}))
    sheet(pictures[:64] / 2 + 0.5, captions[:64], folder / "sheet.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
