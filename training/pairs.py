"""What the painter learns from: pairs of latents, a scene laid out plainly and the same scene in a style."""

import time

import torch
import torch.nn.functional as F

from .autoencoder import load_autoencoder
from .render.render import render
from .render.scenes import SCENE_NAMES
from .render.styles import STYLE_NAMES
from .workers import save

EACH, LARGE_EACH = 2, 1
# Seeds of different workers, and of the two sizes, must never meet.
STRIDE, FIRST, FIRST_LARGE = 2_000_003, 5_017, 905_017
SOFT_PX = 96


def batch_of(worker, number, size, each=EACH, first=FIRST):
    scene = SCENE_NAMES[(number + worker.rank * len(SCENE_NAMES) // 2) % len(SCENE_NAMES)]
    styles = [style for style in STYLE_NAMES for _ in range(each)]
    with torch.no_grad():
        return render(len(styles), size, worker.device, worker.rank * STRIDE + number + first, scene, styles)


def render_pictures(worker, work, seconds, size):
    """Styled pictures, uint8 [batch, 3, size, size] a file: what the autoencoder is trained on."""
    folder = work / "pictures"
    folder.mkdir(exist_ok=True)
    for number, file in numbered(folder, worker, seconds):
        save((batch_of(worker, number, size).styled * 255).round().byte().cpu(), file)


def render_pairs(worker, work, seconds, size):
    """(plain, styled, descriptions) a file, latents in float16. Half the plain ones are soft, as a sketch may be."""
    draw_pairs(worker, work / "pairs", seconds, size, EACH, FIRST)


def render_large_pairs(worker, work, seconds, size):
    """The same at twice the size: the painter's native one."""
    draw_pairs(worker, work / "large-pairs", seconds, 2 * size, LARGE_EACH, FIRST_LARGE)


def draw_pairs(worker, folder, seconds, size, each, first):
    work = folder.parent
    folder.mkdir(exist_ok=True)
    encoder = load_autoencoder(work).to(worker.device)
    for number, file in numbered(folder, worker, seconds):
        plain, styled, descriptions = batch_of(worker, number, size, each, first)
        softened = torch.rand(len(plain)) < 0.5
        small = F.interpolate(plain, (min(size, 256) * SOFT_PX // 256,) * 2, mode="area")
        plain[softened] = F.interpolate(small, (size, size), mode="bilinear")[softened]
        with torch.no_grad():
            latents = [
                torch.cat([encoder.encode(part * 2 - 1) for part in pictures.split(12)]).half().cpu()
                for pictures in (plain, styled)
            ]
        save((*latents, descriptions), file)


def load_pairs(folder):
    """(plain, styled, descriptions) of all files of a folder, latents in float16."""
    shards = [torch.load(file) for file in sorted(folder.glob("*.pt"))]
    plain, styled = (torch.cat([shard[k] for shard in shards]) for k in (0, 1))
    return plain, styled, [description for shard in shards for description in shard[2]]


def numbered(folder, worker, seconds):
    """Files not yet made, until the time is up."""
    until, number = time.time() + seconds, 0
    while time.time() < until and not (folder.parent / "stop").exists():
        file = folder / f"{worker.rank}-{number:05d}.pt"
        if not file.exists():
            yield number, file
        number += 1
