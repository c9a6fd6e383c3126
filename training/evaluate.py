"""`python -m training.evaluate WORK [COUNT]`: how well the shipped painter paints. A JSON line a figure; sheets.

Captions over everything it was taught, from a seed it never saw, are painted by the product itself (`npm run bench --
painter`), as it would for a person. A tower that was trained on renders alone, from another seed than the shipped one,
says what each picture shows; the same tower on held-out renders stands beside, as the ceiling.

- accuracy: how often scene, style, palette and time of day are what the caption says
- Frechet distance (Heusel et al. 2017, arXiv:1706.08500) of the tower's embeddings, painted against rendered for the
  same captions; and between two sets of renders, as the floor
- few steps: the same distance with the usual steps over that with 25 steps painted in full
- diversity: mean cosine distance between pictures of one caption and other seeds; renders beside
- nearest: cosine distance of each picture to the nearest one it was taught by; held-out renders beside
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
from .render.captions import TIME_NAMES, caption, stated
from .render.palettes import PALETTE_NAMES
from .render.render import render
from .render.scenes import ABSTRACT, SCENE_NAMES
from .render.sheet import sheet
from .render.styles import STYLE_NAMES
from .tower import JUDGE, accuracy, labels_of, load_tower, split_pairs, told, train_tower
from .upscaler import decibels

SEED = 20_261
ROOT = Path(__file__).resolve().parent.parent
PROMPTS = Path(__file__).with_name("prompts.txt")
DIVERSE, SEEDS_EACH = 12, 4
MANY_STEPS = ["--steps", "56"]
MOODS = "serene melancholic chaotic playful energized contemplative rebellious introspective".split()
THEMES = ["a lake", "the sea", "a city", "a forest", "mountains", "a garden", "a lone tree", "abstract"]


def held_out(count):
    """(description, caption) each; the caption states scene, style and palette, and mostly the time, if any."""
    rng = random.Random(SEED)
    for i in range(count):
        scene = SCENE_NAMES[i % len(SCENE_NAMES)]
        time = "" if scene in ABSTRACT else "night" if scene in ("moon", "aurora") else rng.choice(TIME_NAMES)
        description = scene, rng.choice(STYLE_NAMES), rng.choice(PALETTE_NAMES), time, []
        yield description, caption(rng, *description, drop=0)


class Studio:
    """Paints by the product, and looks at what came out."""

    def __init__(self, folder, autoencoder):
        self.folder, self.autoencoder = folder, autoencoder
        folder.mkdir(exist_ok=True)

    def paint(self, name, captions, *options):
        """Pictures [count, 3, h, w] in -1..1, one a caption; the first caption's seed is 0, the next one's 1."""
        listed = self.folder / f"{name}.txt"
        listed.write_text("\n".join(captions) + "\n")
        command = ["npm", "run", "--silent", "bench", "--", "painter", listed, self.folder / name, *options]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        files = [self.folder / name / f"{i:04d}.png" for i in range(len(captions))]
        pixels = np.stack([np.asarray(Image.open(file)) for file in files])
        return torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1

    def latents(self, pictures):
        with torch.no_grad():
            return torch.cat([self.autoencoder.encode(part) for part in pictures.split(32)])


def rendered(descriptions, seed):
    """The same descriptions as the renderer draws them, [count, 3, 256, 256] in -1..1."""
    drawn = [
        render(1, 256, "cpu", seed + i, scene, style, palette, time).styled
        for i, (scene, style, palette, time, _) in enumerate(descriptions)
    ]
    return torch.cat(drawn) * 2 - 1


def frechet(a, b):
    """Between Gaussians fitted to two sets of embeddings, [n, d] each: |m - m'|^2 + tr(C + C' - 2 (C C')^(1/2))."""
    (mean_a, cov_a), (mean_b, cov_b) = ((x.double().mean(0), torch.cov(x.double().T)) for x in (a, b))
    root = torch.linalg.eigvals(cov_a @ cov_b).real.clamp(min=0).sqrt().sum()
    return ((mean_a - mean_b).pow(2).sum() + cov_a.trace() + cov_b.trace() - 2 * root).item()


def spread(embeddings):
    """Mean cosine distance between the pictures of one caption, [captions, seeds, d]."""
    like = embeddings @ embeddings.transpose(1, 2)
    count = embeddings.shape[1]
    return 1 - ((like.sum((1, 2)) - count) / (count * (count - 1))).mean().item()


def report(figure, value, unit, **beside):
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit, **beside}), flush=True)


def main(work, count="256"):
    work = Path(work)
    torch.set_num_threads(2)
    if not (work / f"tower-{JUDGE}.pt").exists():
        train_tower(work, 900, JUDGE)
    tower, ceiling = load_tower(work, JUDGE)
    autoencoder = load_autoencoder(work)
    studio = Studio(work / "evaluation", autoencoder)
    descriptions, captions = zip(*held_out(int(count)))

    painted = studio.paint("painted", captions)
    embeddings, logits = told(tower, studio.latents(painted))
    said = torch.tensor(
        [stated(text, d)[:3] + [bool(d[3]) and stated(text, d)[3]] for text, d in zip(captions, descriptions)]
    )
    for kind, share in accuracy(logits, labels_of(descriptions), said).items():
        report(f"{kind} as the caption says", share, "share", ceiling=round(ceiling[kind], 3))

    one, other = (rendered(descriptions, seed) for seed in (50_000_017, 60_000_011))
    drawn, again = (told(tower, studio.latents(part))[0] for part in (one, other))
    few = frechet(embeddings, drawn)
    report("Frechet distance, painted to rendered", few, "distance", floor=round(frechet(drawn, again), 3))
    long = told(tower, studio.latents(studio.paint("long", captions, *MANY_STEPS)))[0]
    report("Frechet distance, usual steps over 25 steps", few / frechet(long, drawn), "ratio")

    several = [text for text in captions[:DIVERSE] for _ in range(SEEDS_EACH)]
    seeds = told(tower, studio.latents(studio.paint("seeds", several)))[0].view(DIVERSE, SEEDS_EACH, -1)
    alike = [d for d in descriptions[:DIVERSE] for _ in range(SEEDS_EACH)]
    by_hand = told(tower, studio.latents(rendered(alike, 70_000_027)))[0].view(DIVERSE, SEEDS_EACH, -1)
    report("diversity across seeds", spread(seeds), "cosine distance", renders=round(spread(by_hand), 3))

    (taught, _), (unseen, _) = split_pairs(work)
    known = told(tower, taught.float())[0]
    nearest = lambda part: (1 - (part @ known.T).amax(1)).median().item()
    fresh = round(nearest(told(tower, unseen)[0]), 4)
    figure = "distance to the nearest picture it was taught by, median"
    report(figure, nearest(embeddings), "cosine distance", held_out=fresh)

    with torch.no_grad():
        back = torch.cat([autoencoder.decode(autoencoder.encode(part)).clamp(-1, 1) for part in one.split(16)])
    report("autoencoder on renders it never saw, PSNR", decibels(back, one), "dB")

    prompts = PROMPTS.read_text().split("\n")[:64]
    sheet(studio.paint("prompts", prompts, "--seed", "1") / 2 + 0.5, prompts, studio.folder / "prompts.png")
    moods = [f"{theme}, {mood}" for theme in THEMES for mood in MOODS]
    sheet(studio.paint("moods", moods, "--seed", "1") / 2 + 0.5, moods, studio.folder / "moods.png")
    sheet(painted[:64] / 2 + 0.5, captions[:64], studio.folder / "captions.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
