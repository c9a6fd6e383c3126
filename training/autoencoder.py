"""Pictures to latents and back: three wired colour channels, four learned detail channels, an eighth of the size.

Channels 0-2 are the mean colour of each 8x8 block in an opponent space, so that colour cannot collapse and a thumbnail
costs nothing; the decoder's output is corrected to have exactly those means. Space-to-depth then makes 16x16x28 of the
32x32x7: a quarter of the work for the U-Net at equal widths.
"""

import glob
import random

import torch
import torch.nn as nn
import torch.nn.functional as F

from .workers import Average, Span, save

DETAIL, WIDTHS, BLOCK = 4, (64, 96), 8
OPPONENT = torch.tensor([[1 / 3, 1 / 3, 1 / 3], [0.5, 0, -0.5], [-0.5, 1, -0.5]])
CROP, BATCH, RATE = 64, 16, 1.5e-3
# Share of the rate at which a decoder goes on.
GOING_ON = 0.5
# Weight of the squared error, which PSNR is: as much of the loss as the absolute one.
SQUARED = 5
# One picture in so many.
HELD_OUT = 14
LATENT_CHANNELS = (3 + DETAIL) * 4
LATENT_PX = BLOCK * 2


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a, self.b = (nn.Conv2d(width, width, 3, padding=1) for _ in range(2))
        nn.init.zeros_(self.b.weight)
        nn.init.zeros_(self.b.bias)

    def forward(self, x):
        return x + self.b(F.silu(self.a(F.silu(x))))


def grow(a, b):
    return nn.Sequential(nn.Conv2d(a, b * 4, 3, padding=1), nn.PixelShuffle(2))


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        narrow, wide = WIDTHS
        self.enc = nn.Sequential(
            nn.PixelUnshuffle(4),
            nn.Conv2d(48, narrow, 3, padding=1),
            *(Residual(narrow) for _ in range(2)),
            nn.Conv2d(narrow, wide, 3, 2, 1),
            *(Residual(wide) for _ in range(2)),
            nn.Conv2d(wide, DETAIL, 1),
        )
        self.dec = nn.Sequential(
            nn.Conv2d(3 + DETAIL, wide, 3, padding=1),
            *(Residual(wide) for _ in range(3)),
            grow(wide, narrow),
            *(Residual(narrow) for _ in range(3)),
            grow(narrow, 24),
            Residual(24),
            nn.Conv2d(24, 12, 3, padding=1),
            nn.PixelShuffle(2),
        )
        self.register_buffer("opp", OPPONENT.view(3, 3, 1, 1).clone())
        self.register_buffer("inv", torch.linalg.inv(OPPONENT).view(3, 3, 1, 1).clone())
        self.register_buffer("mu", torch.zeros(1, 3 + DETAIL, 1, 1))
        self.register_buffer("sd", torch.ones(1, 3 + DETAIL, 1, 1))

    def raw(self, pictures):
        colors = F.conv2d(F.avg_pool2d(pictures, BLOCK), self.opp)
        return torch.cat([colors, self.enc(pictures)], 1)

    def unraw(self, codes):
        drawn = self.dec(codes)
        off = F.conv2d(codes[:, :3], self.inv) - F.avg_pool2d(drawn, BLOCK)
        return drawn + F.interpolate(off, scale_factor=BLOCK, mode="bilinear", align_corners=False)

    def encode(self, pictures):
        """[batch, 3, h, w] in -1..1 to latents [batch, 28, h/16, w/16] of unit variance."""
        return F.pixel_unshuffle((self.raw(pictures) - self.mu) / self.sd, 2)

    def decode(self, latents):
        return self.unraw(F.pixel_shuffle(latents, 2) * self.sd + self.mu)


def gradient_distance(a, b):
    """How far apart the edges are, at three scales."""
    total = 0
    for k in (1, 2, 4):
        x, y = (a, b) if k == 1 else (F.avg_pool2d(a, k), F.avg_pool2d(b, k))
        total = total + ((x[..., 1:] - x[..., :-1]) - (y[..., 1:] - y[..., :-1])).abs().mean()
        total = total + ((x[..., 1:, :] - x[..., :-1, :]) - (y[..., 1:, :] - y[..., :-1, :])).abs().mean()
    return total


def psnr(a, b):
    """Mean over pictures in -1..1, in dB."""
    return (10 * torch.log10(4 / ((a - b) ** 2).mean((1, 2, 3)).clamp(min=1e-10))).mean().item()


def train_autoencoder(worker, work, seconds):
    """On crops of the cached pictures; a few of every shard, of all styles in turn, are kept out, to measure by.

    Where there is an `autoencoder.pt`, its decoder alone goes on: latents stay what the U-Net has learnt.
    """
    torch.manual_seed(worker.rank)
    rng = random.Random(worker.rank)
    everything = [torch.load(file) for file in sorted(glob.glob(f"{work}/pictures/*.pt"))]
    held_out = torch.cat([shard[i % HELD_OUT :: HELD_OUT] for i, shard in enumerate(everything[:HELD_OUT])])
    held_out = held_out.float().to(worker.device) / 127.5 - 1
    left = lambda shard, i: [k for k in range(len(shard)) if k % HELD_OUT != i % HELD_OUT]
    shards = [shard[left(shard, i)] for i, shard in enumerate(everything)]
    goes_on = (work / "autoencoder.pt").exists()
    network = (load_autoencoder(work) if goes_on else Autoencoder()).to(worker.device)
    worker.begin_alike(network)
    parameters = list((network.dec if goes_on else network).requires_grad_(True).parameters())
    rate = RATE * (GOING_ON if goes_on else 1)
    optimizer = torch.optim.AdamW(parameters, lr=rate, betas=(0.9, 0.98), weight_decay=1e-4)
    average, span, step = Average(network, 0.998), Span(seconds, work), 0
    side = shards[0].shape[-1] - CROP + 1

    def crop():
        shard = rng.choice(shards)
        y, x = rng.randrange(0, side, 4), rng.randrange(0, side, 4)
        return shard[rng.randrange(len(shard)), :, y : y + CROP, x : x + CROP]

    while worker.goes_on(span):
        optimizer.param_groups[0]["lr"] = span.rate(rate, steady=0.55) * min(1, (step + 1) / 60)
        pictures = torch.stack([crop() for _ in range(BATCH)]).float().to(worker.device) / 127.5 - 1
        if rng.random() < 0.5:
            pictures = pictures.flip(3)
        codes = network.raw(pictures)
        # Noise teaches the decoder to bear what the U-Net will not get quite right.
        noise = torch.cat([torch.full((1, 3, 1, 1), 0.01), torch.full((1, DETAIL, 1, 1), 0.03)], 1).to(worker.device)
        again = network.unraw(codes + noise * torch.randn_like(codes))
        loss = (again - pictures).abs().mean() + 0.6 * gradient_distance(again, pictures)
        loss = loss + SQUARED * ((again - pictures) ** 2).mean() + 1e-3 * (codes[:, 3:] ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        worker.average(parameters)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        average.follow(network, step)
        step += 1
        if worker.leads and step % 250 == 0:
            with torch.no_grad():
                print(f"autoencoder {step} psnr {psnr(network.unraw(network.raw(held_out)), held_out):.2f}", flush=True)
    if (work / "stop").exists() and not goes_on:
        # Half taught it would be taken for one whose latents must stay.
        return
    if worker.leads:
        network.load_state_dict(average.weights)
        with torch.no_grad():
            if not goes_on:
                sample = torch.cat([shard[::8] for shard in shards[:60]]).float().to(worker.device) / 127.5 - 1
                codes = torch.cat([network.raw(part) for part in sample.split(32)])
                network.mu.copy_(codes.mean((0, 2, 3), keepdim=True))
                network.sd.copy_(codes.std((0, 2, 3), keepdim=True))
            print(f"autoencoder done, psnr {psnr(network.unraw(network.raw(held_out)), held_out):.2f} dB", flush=True)
        save(network.state_dict(), work / "autoencoder.pt")


def load_autoencoder(work):
    network = Autoencoder()
    network.load_state_dict(torch.load(work / "autoencoder.pt", map_location="cpu"))
    return network.eval().requires_grad_(False)
