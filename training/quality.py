"""Technical quality, learned from synthetic degradations of renders: blur, noise, banding, clipping and lost blocks.

It knows these five and nothing else: not taste, not anatomy. Each output is how much of one is there, 0 (none) to 1.
Degradations after the common practice of no-reference quality models (e.g. KonIQ's and TID2013's distortion lists).
"""

import glob
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from .autoencoder import load_autoencoder
from .render.canvas import blur
from .workers import save

DEGRADATIONS = ["blur", "noise", "banding", "clipping", "blocks"]
WIDTHS, BATCH, RATE, CROP = (24, 32, 48, 64), 24, 3e-3, 128
PICTURES = 1500
# What a file of pairs holds at least.
PER_FILE = 36
# How often a picture is left whole, and how often one degradation comes upon another.
WHOLE, TWICE = 0.25, 0.3


class Quality(nn.Module):
    """[batch, 3, h, w] in -1..1 to [batch, 5] in 0..1. It is shown what a 3x3 mean leaves over beside the picture."""

    def __init__(self):
        super().__init__()
        step = lambda a, b, stride: [nn.Conv2d(a, b, 3, stride, 1), nn.BatchNorm2d(b), nn.ReLU()]
        widths = (6, *WIDTHS)
        strides = (1, 2, 2, 2)
        self.body = nn.Sequential(*(layer for k in range(4) for layer in step(widths[k], widths[k + 1], strides[k])))
        self.head = nn.Sequential(nn.Linear(2 * WIDTHS[-1], 64), nn.ReLU(), nn.Linear(64, len(DEGRADATIONS)))

    def logits(self, pictures):
        left_over = pictures - F.avg_pool2d(F.pad(pictures, (1, 1, 1, 1), mode="reflect"), 3, 1)
        features = self.body(torch.cat([pictures, 4 * left_over], 1)).flatten(2)
        mean = features.mean(2)
        deviation = ((features - mean[:, :, None]).pow(2).mean(2) + 1e-6).sqrt()
        return self.head(torch.cat([mean, deviation], 1))

    def forward(self, pictures):
        return torch.sigmoid(self.logits(pictures))


def degrade(picture, kind, amount):
    """[3, h, w] in 0..1, the same with so much of a degradation, amount in 0..1."""
    if kind == "blur":
        radius = 1 + round(amount * 3)
        return torch.lerp(picture, blur(picture[None], radius, 2)[0], min(1.0, 0.4 + amount))
    if kind == "noise":
        return (picture + 0.22 * amount * torch.randn_like(picture)).clamp(0, 1)
    if kind == "banding":
        levels = round(24 - 20 * amount)
        return (picture * levels).round() / levels
    if kind == "clipping":
        gain = 1 + 2.2 * amount
        return ((picture - 0.5) * gain + 0.5 + (0.3 * amount * (torch.rand(1).item() - 0.5))).clamp(0, 1)
    size = 8
    mean = F.interpolate(F.avg_pool2d(picture[None], size), scale_factor=size)[0]
    lost = (torch.rand(1, picture.shape[1] // size, picture.shape[2] // size) < amount).float()
    return torch.lerp(picture, mean, F.interpolate(lost[None], scale_factor=size)[0])


def spoil(picture):
    """(picture, how much of each degradation was done to it)"""
    amounts = torch.zeros(len(DEGRADATIONS))
    times = 0 if torch.rand(1) < WHOLE else 2 if torch.rand(1) < TWICE else 1
    for k in torch.randperm(len(DEGRADATIONS))[:times].tolist():
        amounts[k] = 0.1 + 0.9 * torch.rand(1).item()
        picture = degrade(picture, DEGRADATIONS[k], amounts[k].item())
    return picture, amounts


def decoded(work, count):
    """Styled pictures as the painter's decoder gives them, uint8 [count, 3, size, size]: its softness is no fault."""
    files = sorted(glob.glob(f"{work}/pairs/*.pt"))
    each = -(-count // len(files))
    autoencoder = load_autoencoder(work)
    latents = torch.cat([torch.load(file)[1][:: max(1, PER_FILE // each)][:each] for file in files])[:count].float()
    with torch.no_grad():
        parts = [autoencoder.decode(part).clamp(-1, 1) for part in latents.split(16)]
    return torch.cat([((part / 2 + 0.5) * 255).byte() for part in parts])


def crops(pictures, count):
    edge = min(CROP, pictures.shape[-1])
    at = lambda: torch.randint(0, (pictures.shape[-1] - edge) // 8 + 1, (1,)).item() * 8
    for i in torch.randint(0, len(pictures), (count,)).tolist():
        y, x = at(), at()
        yield pictures[i, :, y : y + edge, x : x + edge].float() / 255


def train_quality(work, seconds):
    torch.manual_seed(3)
    pictures = decoded(work, PICTURES)
    unseen, pictures = pictures[: len(pictures) // 10], pictures[len(pictures) // 10 :]
    network = Quality()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.02)
    start, step = time.time(), 0
    batch_of = lambda source: tuple(torch.stack(part) for part in zip(*map(spoil, crops(source, BATCH))))
    while (share := (time.time() - start) / seconds) < 1 and not (work / "stop").exists():
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 50) * max(0.02, 1 - share)
        spoiled, amounts = batch_of(pictures)
        loss = F.binary_cross_entropy_with_logits(network.logits(spoiled * 2 - 1), amounts)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 100 == 0:
            print(f"quality {step * BATCH} crops, loss {loss.item():.4f}, {share:.0%}", flush=True)
    network.eval()
    with torch.no_grad():
        judged = [(network(spoiled * 2 - 1), amounts) for spoiled, amounts in (batch_of(unseen) for _ in range(30))]
    found, amounts = (torch.cat(part) for part in zip(*judged))
    correlation = {
        name: round(torch.corrcoef(torch.stack([found[:, k], amounts[:, k]]))[0, 1].item(), 3)
        for k, name in enumerate(DEGRADATIONS)
    }
    print(f"quality on held-out pictures, correlation with what was done: {correlation}", flush=True)
    save({"quality": network.state_dict(), "correlation": correlation}, work / "quality.pt")


def load_quality(work):
    state = torch.load(work / "quality.pt")
    network = Quality()
    network.load_state_dict(state["quality"])
    return network.eval().requires_grad_(False), state["correlation"]
