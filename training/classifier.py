"""What a picture shows, told from its latents: scene, style, palette and time of day.

Trained on pictures alone and from a seed of its own, it is the judge of `evaluate.py`. Labels that a picture need not
show (the time of day of an abstract scene) are in the table of the renderer, so the ceiling is below 1.
"""

import glob
import time

import torch
import torch.nn as nn

from .autoencoder import LATENT_CHANNELS, Residual
from .text import LABELS
from .workers import save

WIDTH, BATCH, RATE = 64, 64, 2e-3
# Of so many pictures one is kept out, to measure by; another one in every shard, so that no scene or style is missed.
HELD_OUT = 10


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(LATENT_CHANNELS, WIDTH, 3, padding=1),
            Residual(WIDTH),
            Residual(WIDTH),
            nn.Conv2d(WIDTH, WIDTH, 3, 2, 1),
            Residual(WIDTH),
            Residual(WIDTH),
        )
        self.heads = nn.ModuleList(nn.Linear(2 * WIDTH, len(names)) for names in LABELS.values())

    def forward(self, latents):
        """[batch, 28, h, w] to logits of each kind."""
        features = torch.relu(self.body(latents)).flatten(2)
        pooled = torch.cat([features.mean(2), features.amax(2)], 1)
        return tuple(head(pooled) for head in self.heads)


def labels_of(descriptions):
    return torch.tensor([[names.index(d[k]) for k, names in enumerate(LABELS.values())] for d in descriptions])


def accuracy(network, latents, wanted, counts=None):
    """Share of right answers by kind; `counts`, [batch, 4] of bool, says which labels are asked for at all."""
    counts = torch.ones_like(wanted, dtype=torch.bool) if counts is None else counts
    with torch.no_grad():
        parts = [network(part) for part in latents.split(256)]
    answers = [torch.cat([part[k] for part in parts]).argmax(1) for k in range(len(LABELS))]
    right = lambda k: (answers[k] == wanted[:, k])[counts[:, k]].float().mean().item()
    return {kind: right(k) for k, kind in enumerate(LABELS)}


def train_classifier(work, seconds, seed=1):
    torch.set_num_threads(2)
    torch.manual_seed(seed)
    shards = [torch.load(file) for file in sorted(glob.glob(f"{work}/pairs/*.pt"))]
    latents, wanted = torch.cat([s[1] for s in shards]), torch.cat([labels_of(s[2]) for s in shards])
    out = torch.cat([(torch.arange(len(s[1])) + i) % HELD_OUT == 0 for i, s in enumerate(shards)])
    unseen, unseen_wanted = latents[out].float(), wanted[out]
    latents, wanted = latents[~out], wanted[~out]
    network = Classifier()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.02)
    start, step = time.time(), 0
    while (share := (time.time() - start) / seconds) < 1:
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 50) * max(0.02, 1 - share)
        which = torch.randint(0, len(latents), (BATCH,))
        pictures = latents[which].float()
        # What is judged later is painted, not rendered: neither noise nor a small shift should change its mind.
        pictures = pictures + 0.15 * torch.randn_like(pictures)
        shift = torch.randint(-1, 2, (2,)).tolist()
        logits = network(torch.roll(pictures, shift, (2, 3)))
        loss = sum(nn.functional.cross_entropy(part, wanted[which, k]) for k, part in enumerate(logits))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        if step % 200 == 0:
            print(f"classifier {step} loss {loss.item():.3f} {share:.0%}", flush=True)
    network.eval()
    ceiling = accuracy(network, unseen, unseen_wanted)
    print(f"classifier on held-out renders: { {kind: round(value, 3) for kind, value in ceiling.items()} }", flush=True)
    save({"network": network.state_dict(), "ceiling": ceiling}, work / f"classifier-{seed}.pt")


def load_classifier(work, seed=1):
    """(network, its accuracy on held-out renders by kind)"""
    state = torch.load(work / f"classifier-{seed}.pt")
    network = Classifier()
    network.load_state_dict(state["network"])
    return network.eval().requires_grad_(False), state["ceiling"]
