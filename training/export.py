"""The whole model folder as it is shipped, in the diffusers ONNX layout: weights in float16, sums in float32."""

import glob
import json
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import helper, numpy_helper
from transformers import CLIPTokenizerFast

from .autoencoder import LATENT_CHANNELS, LATENT_PX, load_autoencoder
from .lexicon import lexicon
from .quality import DEGRADATIONS, load_quality
from .render.captions import TIME_WORDS
from .render.palettes import PALETTES
from .render.scenes import SCENES
from .render.styles import STYLES
from .text import LABELS, TOKENS, WIDTH, load_text
from .tower import SCORER, load_tower
from .unet import load_unet
from .upscaler import load_upscaler

# What it was taught at; it paints as well, and finer, at twice that.
TAUGHT_PX, NATIVE_PX = 256, 512
OPSET = 17
# Smaller tensors stay as they are: nothing is gained by them.
LEAST_HALVED = 1024
DEFAULTS = {
    "title": "Aria's own hand",
    "licence": "MIT",
    "nativeSize": NATIVE_PX,
    "upscaleAbovePx": 768,
    "defaultSteps": 16,
    "defaultGuidance": 1.65,
    "defaultSampler": "dpmpp-2m",
    # A style that she is led to from here, and not from an average of all, is more itself.
    "defaultNegativePrompt": STYLES["clean"][1][0],
    "underpainting": {"defaultStrength": 0.45, "noise": 0.35},
}
SCHEDULER = {
    "_class_name": "DPMSolverMultistepScheduler",
    "num_train_timesteps": 1000,
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "prediction_type": "v_prediction",
    "rescale_betas_zero_snr": True,
    "timestep_spacing": "trailing",
    "algorithm_type": "dpmsolver++",
    "solver_order": 2,
    "lower_order_final": True,
    "final_sigmas_type": "zero",
    # For DDIM, which would clip latents as if they were pixels.
    "clip_sample": False,
}


class TextEncoder(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids):
        out = self.encoder(input_ids)
        return out.last_hidden_state, out.pooler_output


class Unet(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, sample, timestep, encoder_hidden_states):
        return self.network(sample, timestep, encoder_hidden_states, return_dict=False)[0]


class Decoder(nn.Module):
    def __init__(self, autoencoder):
        super().__init__()
        self.autoencoder = autoencoder

    def forward(self, latent_sample):
        return self.autoencoder.decode(latent_sample).clamp(-1, 1)


class Encoder(Decoder):
    def forward(self, sample):
        return self.autoencoder.encode(sample)


class Scorer(nn.Module):
    """Pixels to what they show: probabilities of each kind, how much of each flaw there is, and the embedding."""

    def __init__(self, autoencoder, tower, quality):
        super().__init__()
        self.autoencoder, self.tower, self.quality = autoencoder, tower, quality

    def forward(self, pixel_values):
        embedding, logits = self.tower(self.autoencoder.encode(pixel_values))
        told = [F.softmax(part / t, 1) for part, t in zip(logits, self.tower.temperatures)]
        return *told, self.quality(pixel_values), embedding


def halve(file):
    """Large float32 weights become float16 with a Cast before their use."""
    model = onnx.load(file)
    graph, kept, casts = model.graph, [], []
    for tensor in graph.initializer:
        if tensor.data_type == onnx.TensorProto.FLOAT and np.prod(tensor.dims) >= LEAST_HALVED:
            half = f"{tensor.name}_h"
            kept.append(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), half))
            casts.append(
                helper.make_node("Cast", [half], [tensor.name], to=onnx.TensorProto.FLOAT, name=f"{half}_cast")
            )
        else:
            kept.append(tensor)
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    onnx.save(model, file)


def write_graph(out, part, module, inputs, outputs):
    """`inputs` maps names to (example, dynamic axes); `outputs` names to dynamic axes."""
    file = out / part / "model.onnx"
    file.parent.mkdir(parents=True, exist_ok=True)
    axes = {name: {k: f"{name}_{k}" for k in dynamic} for name, (_, dynamic) in inputs.items()}
    axes |= {name: {k: f"{name}_{k}" for k in dynamic} for name, dynamic in outputs.items()}
    examples = tuple(example for example, _ in inputs.values())
    names = {"input_names": list(inputs), "output_names": list(outputs), "dynamic_axes": axes}
    # Unfolded, norms included, the weights keep their names: the shipped folder is a checkpoint (resume.py).
    how = {"opset_version": OPSET, "dynamo": False, "do_constant_folding": False}
    how |= {"training": torch.onnx.TrainingMode.PRESERVE}
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(module.eval(), examples, file, **how, **names)
    halve(file)


def write_json(file, value):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def fit_previews(work, autoencoder):
    """Least squares from latents to the RGB of each cell's 2x2 quarters: (factors [28][12], bias [12])."""
    latents = torch.cat([torch.load(file)[1] for file in sorted(glob.glob(f"{work}/pairs/*.pt"))[:24]]).float()[::4]
    with torch.no_grad():
        pictures = torch.cat([autoencoder.decode(part) for part in latents.split(32)])
    small = F.interpolate(pictures, (latents.shape[-1] * 2,) * 2, mode="area")
    quarters = F.pixel_unshuffle(small, 2).unflatten(1, (3, 4)).permute(0, 3, 4, 2, 1).reshape(-1, 12)
    codes = latents.permute(0, 2, 3, 1).reshape(-1, LATENT_CHANNELS)
    solution = torch.linalg.lstsq(torch.cat([codes, torch.ones(len(codes), 1)], 1), quarters).solution
    rounded = [[round(value, 4) for value in row] for row in solution.tolist()]
    return rounded[:-1], rounded[-1]


def vocabulary():
    """The first phrase of everything it was taught, by kind."""
    tables = {"scene": SCENES, "style": STYLES, "palette": PALETTES}
    said = {kind: [phrases[0] for _, phrases in table.values()] for kind, table in tables.items()}
    return {**said, "time": [words[0] for words in TIME_WORDS.values() if words[0]]}


def export(work, out):
    work, out = Path(work), Path(out)
    encode, encoder, heads = load_text(work)
    network, samples = load_unet(work)
    autoencoder = load_autoencoder(work)
    side = TAUGHT_PX // LATENT_PX
    latent = lambda batch: torch.randn(batch, LATENT_CHANNELS, side, side)
    picture, hidden, area = torch.randn(1, 3, TAUGHT_PX, TAUGHT_PX), torch.randn(2, TOKENS, WIDTH), (0, 2, 3)
    ids = {"input_ids": (encode(["a lake"]), (0,))}
    write_graph(out, "text_encoder", TextEncoder(encoder), ids, {"last_hidden_state": (0,), "pooler_output": (0,)})
    step = {"sample": (latent(2), area), "timestep": (torch.tensor([500.0]), ())}
    step |= {"encoder_hidden_states": (hidden, (0,))}
    write_graph(out, "unet", Unet(network), step, {"out_sample": area})
    write_graph(out, "vae_decoder", Decoder(autoencoder), {"latent_sample": (latent(1), area)}, {"sample": area})
    write_graph(out, "vae_encoder", Encoder(autoencoder), {"sample": (picture, area)}, {"latent_sample": area})
    read = {"pooled": (torch.randn(1, WIDTH), (0,)), "last_hidden_state": (hidden[:1], (0,))}
    write_graph(out, "label_heads", heads, read, {name: () for name in LABELS})
    label_names = {**LABELS, "time": [name or "day" for name in LABELS["time"]]}
    write_json(out / "label_heads/labels.json", label_names)
    (tower, share_right), (quality, correlation) = load_tower(work, SCORER), load_quality(work)
    upscaler, psnr = load_upscaler(work)
    looks = Scorer(autoencoder, tower, quality)
    seen = {name: (0,) for name in (*LABELS, "quality", "image_embeds")}
    write_graph(out, "scorer", looks, {"pixel_values": (picture, area)}, seen)
    write_json(out / "scorer/labels.json", {**label_names, "quality": DEGRADATIONS})
    write_json(out / "scorer/config.json", {"accuracy": share_right, "correlation": correlation})
    write_json(out / "upscaler/config.json", {"psnr": psnr})
    write_graph(out, "upscaler", upscaler, {"sample": (picture, area)}, {"enlarged": area})
    write_json(out / "lexicon.json", lexicon())
    for name in ("vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json"):
        (out / "tokenizer").mkdir(exist_ok=True)
        shutil.copy(work / "tokenizer" / name, out / "tokenizer" / name)
    fast = CLIPTokenizerFast.from_pretrained(work / "tokenizer")
    fast.backend_tokenizer.save(str(out / "tokenizer/tokenizer.json"))
    unet_config = {key: value for key, value in dict(network.config).items() if key != "_use_default_values"}
    write_json(out / "unet/config.json", {"_class_name": "UNet2DConditionModel", **unet_config})
    write_json(out / "text_encoder/config.json", encoder.config.to_diff_dict())
    # Loaders read the scale of the latents off the count of block_out_channels: 2 ** (5 - 1) = 16.
    vae = {"_class_name": "AutoencoderTiny", "in_channels": 3, "out_channels": 3, "latent_channels": LATENT_CHANNELS}
    vae |= {"block_out_channels": [64] * 5, "scaling_factor": 1.0, "shift_factor": 0.0, "sample_size": NATIVE_PX}
    for part in ("vae_decoder", "vae_encoder"):
        write_json(out / part / "config.json", vae)
    write_json(out / "scheduler/scheduler_config.json", SCHEDULER)
    onnx_model = ["diffusers", "OnnxRuntimeModel"]
    index = {"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.40.0", "requires_safety_checker": False}
    index |= {"feature_extractor": [None, None], "safety_checker": [None, None]}
    index |= {"scheduler": ["diffusers", SCHEDULER["_class_name"]], "tokenizer": ["transformers", "CLIPTokenizer"]}
    index |= {part: onnx_model for part in ("text_encoder", "unet", "vae_decoder", "vae_encoder")}
    write_json(out / "model_index.json", index)
    factors, bias = fit_previews(work, autoencoder)
    write_json(
        out / "aria.json",
        {
            **DEFAULTS,
            "samples": samples,
            "vocabulary": vocabulary(),
            "latentRgbFactors": factors,
            "latentRgbBias": bias,
        },
    )
    total = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    print(f"{out}: {samples} samples, {total / 1e6:.1f} MB", flush=True)
