"""`python -m training.golden.speed FOLDER`: the reference's seconds a step, for `npm run bench -- engine`.

Makes, once, a random U-Net of Stable Diffusion 1.5's size and its ONNX export in FOLDER, then times diffusers' own
forward passes of it, and of the built-in painter's, in eager PyTorch; and a whole picture of the built-in painter,
from the words' tokens to pixels, as StableDiffusionPipeline goes about it.
"""

import gc
import json
import os
import sys
import time
from pathlib import Path

import diffusers
import onnx
import torch
import transformers

from training.autoencoder import Autoencoder
from training.export import DEFAULTS, NATIVE_PX
from training.resume import filled, weights_of
from training.text import TOKENS
from training.unet import make_unet

SD15 = {"sample_size": 64, "cross_attention_dim": 768, "attention_head_dim": 8}
MODEL = Path("models/aria")
# Side of the latents, and steps timed after one that is not.
SIDES, TURNS = {"256": 32, "512": 64}, {"256": 4, "512": 2}


class Step(torch.nn.Module):
    def __init__(self, unet):
        super().__init__()
        self.unet = unet

    def forward(self, sample, timestep, encoder_hidden_states):
        return self.unet(sample, timestep, encoder_hidden_states, return_dict=False)[0]


def sd15():
    torch.manual_seed(0)
    return diffusers.UNet2DConditionModel(**SD15).eval().requires_grad_(False)


def export(unet, folder):
    """The U-Net's graph with its weights beside it, as larger models have them."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / "partial.onnx"
    axes = {"sample": {0: "batch", 2: "height", 3: "width"}, "encoder_hidden_states": {0: "batch", 1: "tokens"}}
    torch.onnx.export(
        Step(unet),
        (torch.randn(1, 4, 64, 64), torch.tensor(500.0), torch.randn(1, 77, 768)),
        str(partial),
        input_names=["sample", "timestep", "encoder_hidden_states"],
        output_names=["out_sample"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(partial)
    for leftover in folder.iterdir():
        leftover.unlink()
    onnx.save(model, folder / "model.onnx", save_as_external_data=True, location="model.onnx_data")


def seconds(unet, channels, side, tokens, width, turns):
    """The best of some turns, by one thread or by all: which is faster depends on the machine."""
    feeds = torch.randn(1, channels, side, side), torch.tensor(500.0), torch.randn(1, tokens, width)
    taken = []
    for threads in {1, os.cpu_count()}:
        torch.set_num_threads(threads)
        with torch.no_grad():
            unet(*feeds)
            for _ in range(turns):
                start = time.perf_counter()
                unet(*feeds)
                taken.append(time.perf_counter() - start)
    return min(taken)


def picture_seconds(unet, config, turns=3):
    """Guided by a batch of two, from noise, at the model's own size and steps; the other parts are random."""
    scheduler = diffusers.DPMSolverMultistepScheduler.from_pretrained(MODEL / "scheduler")
    encoder = transformers.CLIPTextModel(transformers.CLIPTextConfig.from_pretrained(MODEL / "text_encoder")).eval()
    autoencoder = Autoencoder().eval()
    side = NATIVE_PX // 16
    taken = []
    for threads in {1, os.cpu_count()}:
        torch.set_num_threads(threads)
        for _ in range(turns):
            start = time.perf_counter()
            with torch.no_grad():
                hidden = encoder(torch.ones(2, TOKENS, dtype=torch.long)).last_hidden_state
                scheduler.set_timesteps(DEFAULTS["defaultSteps"])
                latents = torch.randn(1, config["in_channels"], side, side) * scheduler.init_noise_sigma
                for t in scheduler.timesteps:
                    uncond, cond = unet(torch.cat([latents] * 2), t, hidden, return_dict=False)[0].chunk(2)
                    guided = uncond + DEFAULTS["defaultGuidance"] * (cond - uncond)
                    latents = scheduler.step(guided, t, latents).prev_sample
                autoencoder.decode(latents)
            taken.append(time.perf_counter() - start)
    return min(taken)


def main(folder):
    unet = sd15()
    if not (Path(folder) / "unet/model.onnx").exists():
        export(unet, Path(folder) / "unet")
        gc.collect()
    say = lambda model, size, value: print(json.dumps({"model": model, "size": size, "seconds": value}), flush=True)
    for size, side in SIDES.items():
        say("sd15", size, seconds(unet, 4, side, 77, 768, TURNS[size]))
    del unet
    gc.collect()
    config = json.loads((MODEL / "unet/config.json").read_text())
    own = make_unet(tuple(config["block_out_channels"]))
    own.load_state_dict(filled(own, weights_of(MODEL / "unet/model.onnx", "network.")))
    own = own.eval().requires_grad_(False)
    for size in SIDES:
        width = config["cross_attention_dim"]
        say("aria", size, seconds(own, config["in_channels"], int(size) // 16, TOKENS, width, 10))
    say("aria-picture", str(NATIVE_PX), picture_seconds(own, config))


if __name__ == "__main__":
    main(*sys.argv[1:])
