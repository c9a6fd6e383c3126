"""What a picture shows, told from its latents: scene, style, palette and time of day, and an embedding of the whole.

Trained on renders alone; the scorer, and the judge of `evaluate.py`. Its accuracy stays below 1: a palette or a dawn may
be seen in some pictures by nobody, and fog hides a scene.
"""

import glob
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from .autoencoder import LATENT_CHANNELS, Residual
from .render.captions import TIME_NAMES
from .text import LABELS
from .workers import save

WIDTHS, EMBEDDING, BATCH, RATE = (64, 128, 192), 128, 64, 2e-3
# Of so many pictures one is kept out, to measure by; another one in every shard, so that no scene or style is missed.
HELD_OUT = 10
SCORER = 2


class Tower(nn.Module):
    """[batch, 28, h, w] to an embedding of unit length, [batch, 128], and logits of each kind."""

    def __init__(self):
        super().__init__()
        fine, middle, coarse = WIDTHS
        self.body = nn.Sequential(
            nn.Conv2d(LATENT_CHANNELS, fine, 3, padding=1),
            Residual(fine),
            nn.Conv2d(fine, middle, 3, 2, 1),
            Residual(middle),
            Residual(middle),
            nn.Conv2d(middle, coarse, 3, 2, 1),
            Residual(coarse),
        )
        self.embed = nn.Linear(2 * coarse, EMBEDDING)
        self.heads = nn.ModuleList(nn.Linear(EMBEDDING, len(names)) for names in LABELS.values())
        # Softmax temperatures, fitted on held-out pictures: a probability of 0.8 is right four times of five.
        self.register_buffer("temperatures", torch.ones(len(LABELS)))

    def features(self, latents):
        features = torch.relu(self.body(latents)).flatten(2)
        return self.embed(torch.cat([features.mean(2), features.amax(2)], 1))

    def forward(self, latents):
        features = self.features(latents)
        logits = tuple(head(torch.relu(features)) for head in self.heads)
        return F.normalize(features, dim=1), logits


def labels_of(descriptions):
    return torch.tensor([[names.index(d[k]) for k, names in enumerate(LABELS.values())] for d in descriptions])


def told(tower, latents):
    """(embeddings, logits of each kind) of many."""
    with torch.no_grad():
        parts = [tower(part) for part in latents.split(256)]
    return torch.cat([e for e, _ in parts]), [torch.cat([ls[k] for _, ls in parts]) for k in range(len(LABELS))]


def accuracy(logits, wanted, counts=None):
    """Share of right answers by kind; `counts`, [batch, 4] of bool, says which labels are asked for at all."""
    counts = torch.ones_like(wanted, dtype=torch.bool) if counts is None else counts
    right = lambda k: (logits[k].argmax(1) == wanted[:, k])[counts[:, k]].float().mean().item()
    return {kind: right(k) for k, kind in enumerate(LABELS)}


def split_pairs(work):
    """((latents, labels) to learn from, the same kept out)"""
    shards = [torch.load(file) for file in sorted(glob.glob(f"{work}/pairs/*.pt"))]
    latents, labels = torch.cat([s[1] for s in shards]), torch.cat([labels_of(s[2]) for s in shards])
    out = torch.cat([(torch.arange(len(s[1])) + i) % HELD_OUT == 0 for i, s in enumerate(shards)])
    return (latents[~out], labels[~out]), (latents[out].float(), labels[out])


def train_tower(work, seconds, seed):
    torch.manual_seed(seed)
    (latents, wanted), (unseen, unseen_wanted) = split_pairs(work)
    tower = Tower()
    optimizer = torch.optim.AdamW(tower.parameters(), lr=RATE, weight_decay=0.05)
    start, step = time.time(), 0
    while (share := (time.time() - start) / seconds) < 1 and not (work / "stop").exists():
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 100) * max(0.02, 1 - share)
        which = torch.randint(0, len(latents), (BATCH,))
        pictures = latents[which].float()
        # What is judged later is painted, not rendered: neither noise nor a small shift should change its mind.
        pictures = pictures + 0.2 * torch.rand(BATCH, 1, 1, 1) * torch.randn_like(pictures)
        shift = torch.randint(-1, 2, (2,)).tolist()
        _, logits = tower(torch.roll(pictures, shift, (2, 3)))
        loss = sum(F.cross_entropy(part, wanted[which, k], label_smoothing=0.05) for k, part in enumerate(logits))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        if step % 200 == 0:
            print(f"tower {seed}: {step * BATCH} pictures, loss {loss.item():.3f}, {share:.0%}", flush=True)
    tower.eval()
    _, logits = told(tower, unseen)
    tower.temperatures.copy_(torch.stack([fit_temperature(part, unseen_wanted[:, k]) for k, part in enumerate(logits)]))
    # Of the time of day only where there is one, as captions are counted that state it.
    counts = torch.ones_like(unseen_wanted, dtype=torch.bool)
    counts[:, -1] = unseen_wanted[:, -1] != TIME_NAMES.index("")
    ceiling = accuracy(logits, unseen_wanted, counts)
    print(
        f"tower {seed} on held-out renders: { {kind: round(share, 3) for kind, share in ceiling.items()} }", flush=True
    )
    save({"tower": tower.state_dict(), "ceiling": ceiling}, work / f"tower-{seed}.pt")


def fit_temperature(logits, wanted):
    """The one number that makes these probabilities honest (Guo et al. 2017, arXiv:1706.04599), by search."""
    candidates = torch.linspace(0.4, 3.0, 53)
    return min(candidates, key=lambda t: F.cross_entropy(logits / t, wanted).item())


def load_tower(work, seed):
    """(tower, its accuracy on held-out renders by kind)"""
    state = torch.load(work / f"tower-{seed}.pt")
    tower = Tower()
    tower.load_state_dict(state["tower"])
    return tower.eval().requires_grad_(False), state["ceiling"]
