"""Twice the size, for what is more than can be painted at once: a small SRVGG-like network (arXiv:2107.10833).

Taught by renders of twice the painter's size; what comes in is the same picture at half of it. (Taught through the
autoencoder as well, it learnt nothing that bicubic enlargement does not do: what the decoder has lost is lost.)
"""

import random
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from .autoencoder import Residual, psnr
from .render.render import render
from .render.scenes import SCENE_NAMES
from .render.styles import STYLE_NAMES
from .workers import save

WIDTH, BLOCKS, BATCH, RATE, CROP = 48, 4, 12, 1e-3, 64
EACH = 6
SEED = 40_000_019
HELD_OUT = 12


class Upscaler(nn.Module):
    """[batch, 3, h, w] in -1..1 to [batch, 3, 2h, 2w]; h and w even. It adds detail to a bicubic enlargement."""

    def __init__(self):
        super().__init__()
        layers = [nn.PixelUnshuffle(2), nn.Conv2d(12, WIDTH, 3, padding=1), *(Residual(WIDTH) for _ in range(BLOCKS))]
        self.body = nn.Sequential(*layers, nn.Conv2d(WIDTH, 48, 3, padding=1), nn.PixelShuffle(4))
        nn.init.zeros_(self.body[-2].weight)
        nn.init.zeros_(self.body[-2].bias)

    def forward(self, pictures):
        enlarged = F.interpolate(pictures, scale_factor=2, mode="bicubic", align_corners=False)
        return (enlarged + self.body(pictures)).clamp(-1, 1)


def render_large(seconds, size):
    """uint8 [count, 3, 2 size, 2 size], of as many scenes and styles as the time allows."""
    rng, large, until = random.Random(SEED), [], time.time() + seconds
    while time.time() < until:
        styles = sorted(rng.sample(STYLE_NAMES, EACH), key=STYLE_NAMES.index)
        with torch.no_grad():
            pictures = render(EACH, 2 * size, "cpu", SEED + len(large), rng.choice(SCENE_NAMES), styles).styled
        large.append((pictures * 255).byte())
    return torch.cat(large)


def train_upscaler(work, seconds, size=256):
    """A third of the time renders, the rest learns."""
    torch.manual_seed(4)
    file = work / "large.pt"
    if not file.exists():
        save(render_large(seconds / 3, size), file)
    large = torch.load(file)
    small = torch.cat([F.avg_pool2d(part.float(), 2).round().byte() for part in large.split(16)])
    out = torch.arange(len(small)) % HELD_OUT == 0
    network = Upscaler()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0)
    start, step = time.time(), 0
    real = lambda part: part.float() / 127.5 - 1
    kept = (~out).nonzero()[:, 0]
    edge = min(CROP, size)
    while (share := (time.time() - start) / (seconds * 2 / 3)) < 1 and not (work / "stop").exists():
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 50) * max(0.02, 1 - share)
        pairs = []
        for i in kept[torch.randint(0, len(kept), (BATCH,))].tolist():
            y, x = (2 * torch.randint(0, (size - edge) // 2 + 1, (1,)).item() for _ in range(2))
            wide = large[i, :, 2 * y : 2 * (y + edge), 2 * x : 2 * (x + edge)]
            pairs.append((small[i, :, y : y + edge, x : x + edge], wide))
        before, after = (real(torch.stack(part)) for part in zip(*pairs))
        drawn = network(before)
        slope = lambda im: (im.diff(dim=2), im.diff(dim=3))
        loss = F.l1_loss(drawn, after) + 0.5 * sum(F.l1_loss(a, b) for a, b in zip(slope(drawn), slope(after)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"upscaler {step * BATCH} crops, loss {loss.item():.4f}, {share:.0%}", flush=True)
    network.eval()
    with torch.no_grad():
        drawn = torch.cat([network(real(part)) for part in small[out].split(4)])
    plain = F.interpolate(real(small[out]), scale_factor=2, mode="bicubic").clamp(-1, 1)
    enlarged = {"upscaler": drawn, "bicubic": plain}
    measured = {name: round(psnr(part, real(large[out])), 2) for name, part in enlarged.items()}
    print(f"upscaler on {int(out.sum())} held-out renders, PSNR in dB: {measured}", flush=True)
    save({"upscaler": network.state_dict(), "psnr": measured}, work / "upscaler.pt")


def load_upscaler(work):
    state = torch.load(work / "upscaler.pt")
    network = Upscaler()
    network.load_state_dict(state["upscaler"])
    return network.eval().requires_grad_(False), state["psnr"]
