"""The painter: a stock UNet2DConditionModel that learns v-prediction at zero terminal SNR, mostly over sketches.

Painting over a sketch: the path runs on z = a x + s e', where x is the styled picture and
e' = eta e + (a0 / s0)(sketch - x). It begins at t0 with the sketch itself, z = a0 sketch + s0 eta e, and ends in x; the
v-target is that of e'. With eta below 1 the sketch shows through the noise, so that structure is kept from the first
step and only the manner has to be learnt. A quarter of the samples are ordinary text-to-image.
"""

import random

import torch
import torch.nn as nn
from diffusers import UNet2DConditionModel

from .autoencoder import LATENT_CHANNELS
from .pairs import load_pairs
from .render.captions import caption, paraphrase, stated
from .text import WIDTH, load_text
from .workers import Average, Span, save

CHANNELS = (160, 128, 192)
# A GPU is fed so many at a time, in bfloat16; of every batch three quarters are painted over sketches.
BATCH, BATCH_ON_GPU, OVER_SKETCHES, RATE = 16, 256, 0.75, 6e-4
# Of so many steps one is at twice the size, with a quarter of the pictures: as much work as any.
LARGE_EVERY = 4
# Where paths begin, in training timesteps, and how much of the nominal noise they carry.
EARLIEST, LATEST = 350, 900
LEAST_NOISE, MOST_NOISE, FULL_NOISE = 0.15, 0.65, 0.12
UNSAID = 0.12
# A text that names no style may mean any of these, and no other: an average of all is none.
PLAIN_STYLES = {"oil", "clean", "impress"}


def make_unet(channels=CHANNELS, size=16):
    return UNet2DConditionModel(
        sample_size=size,
        in_channels=LATENT_CHANNELS,
        out_channels=LATENT_CHANNELS,
        block_out_channels=channels,
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=32,
        cross_attention_dim=WIDTH,
        norm_num_groups=16,
        use_linear_projection=True,
        resnet_time_scale_shift="scale_shift",
        addition_embed_type="text",
        addition_embed_type_num_heads=6,
    )


def alpha_bars():
    """Scaled linear, .00085 to .012, rescaled to zero terminal SNR (Lin et al. 2023, arXiv:2305.08891, algorithm 1)."""
    betas = torch.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
    roots = torch.cumprod(1 - betas, 0).sqrt()
    return ((roots - roots[-1]) * roots[0] / (roots[0] - roots[-1])) ** 2


def words(rng, description):
    """A caption to be taught by; empty now and then, for guidance."""
    if rng.random() < UNSAID:
        return ""
    for _ in range(8):
        text = caption(rng, *description) if rng.random() < 0.7 else paraphrase(rng, description)
        if description[1] in PLAIN_STYLES or stated(text, description)[1]:
            return text
    return caption(rng, *description, drop=0)


def draw_noise(bars, plain, styled):
    """For a batch, the first of them over sketches: timesteps, and the noise of the paths they lie on."""
    over, free_ones = len(plain), len(styled) - len(plain)
    begins = (EARLIEST + torch.rand(over) * (LATEST - EARLIEST)).long()
    at_start = torch.rand(over) < 0.35
    on_the_way = torch.where(at_start, begins, (10 + torch.rand(over) * (begins - 10)).long())
    free = (torch.sigmoid(torch.randn(free_ones)) * 1000).long().clamp(0, 999)
    anywhere = torch.rand(free_ones) < 0.45
    free[anywhere] = torch.randint(0, 1000, (int(anywhere.sum()),))
    free[torch.rand(free_ones) < 0.05] = 999
    noise = torch.randn_like(styled)
    eta = LEAST_NOISE + torch.rand(over, 1, 1, 1) * (MOST_NOISE - LEAST_NOISE)
    eta[torch.rand(over) < FULL_NOISE] = 1.0
    ratio = (bars[begins] / (1 - bars[begins])).sqrt().view(over, 1, 1, 1)
    noise[:over] = eta.to(noise.device) * noise[:over] + ratio.to(noise.device) * (plain - styled[:over])
    return torch.cat([on_the_way, free]), noise


def train_unet(worker, work, seconds, channels=CHANNELS):
    """Goes on from `unet.pt`, if there is one. The rate is steady for 65 % of the span and falls to 2 % in the rest."""
    encode, encoder, _ = load_text(work)
    device, checkpoint = worker.device, work / "unet.pt"
    encoder = encoder.to(device)
    torch.manual_seed(7)
    network = make_unet(channels).to(device)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, betas=(0.9, 0.99), weight_decay=0.01)
    seen, step, weights = 0, 0, None
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        network.load_state_dict(state["network"])
        if "optimizer" in state:
            optimizer.load_state_dict(state["optimizer"])
        seen, step, weights = state["samples"], state["step"], state["average"]
    worker.begin_alike(network)
    average, span, bars = Average(network, 0.9985, weights), Span(seconds, work), alpha_bars()
    torch.manual_seed(1000 * worker.rank + step)
    rng = random.Random(77 * worker.rank + step)
    taught, large = (load_pairs(work / folder) for folder in ("pairs", "large-pairs"))
    parameters, losses = list(network.parameters()), [0.0, 0.0]
    on_gpu = worker.device == "cuda"
    if worker.leads:
        million, counts = sum(p.numel() for p in parameters) / 1e6, [len(pairs[1]) for pairs in (taught, large)]
        print(f"unet {million:.1f} M, {counts} pairs, from {seen}", flush=True)

    def keep():
        state = {"network": network.state_dict(), "average": average.weights, "optimizer": optimizer.state_dict()}
        save({**state, "samples": seen, "step": step, "channels": channels}, checkpoint)

    while worker.goes_on(span):
        for group in optimizer.param_groups:
            group["lr"] = span.rate(RATE) * min(1, (step + 1) / 150)
        at_large = step % LARGE_EVERY == 0
        plain, styled, descriptions = large if at_large else taught
        batch = (BATCH_ON_GPU if on_gpu else BATCH) // (4 if at_large else 1)
        over = int(batch * OVER_SKETCHES)
        which = torch.randint(0, len(styled), (batch,))
        x = styled[which].float().to(device)
        with torch.no_grad():
            hidden = encoder(encode([words(rng, descriptions[i]) for i in which]).to(device)).last_hidden_state
        times, noise = draw_noise(bars, plain[which[:over]].float().to(device), x)
        a = bars[times].view(batch, 1, 1, 1).to(device)
        z, v = a.sqrt() * x + (1 - a).sqrt() * noise, a.sqrt() * noise - (1 - a).sqrt() * x
        with torch.autocast(device, torch.bfloat16, enabled=on_gpu):
            drawn = network(z, times.to(device), hidden).sample
        error = (drawn.float() - v).pow(2).mean((1, 2, 3))
        optimizer.zero_grad()
        error.mean().backward()
        worker.average(parameters)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step, seen = step + 1, seen + batch * worker.count
        average.follow(network, step)
        for k, part in enumerate((error[:over], error[over:])):
            mean = part.mean().item()
            losses[k] = mean if losses[k] == 0 else 0.99 * losses[k] + 0.01 * mean
        if worker.leads and step % 50 == 0:
            print(f"unet {seen} over sketches {losses[0]:.4f} free {losses[1]:.4f} {span.share:.0%}", flush=True)
        if worker.leads and span.should_save():
            keep()
    if worker.leads:
        keep()


def load_unet(work):
    """(network with averaged weights, samples seen)"""
    state = torch.load(work / "unet.pt", map_location="cpu")
    network = make_unet(state["channels"])
    network.load_state_dict(state["average"])
    return network.eval().requires_grad_(False), state["samples"]
