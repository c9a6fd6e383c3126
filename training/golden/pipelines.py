"""`python -m training.golden.pipelines FOLDER [SEED]`: tiny random pipelines of the reference library, its pictures.

Each is built from diffusers' own classes at a few thousand weights, exported by optimum-onnx, and asked for pictures at
64x64 px; `cases.json` says how. Needs diffusers 0.35, transformers 4.57 and optimum-onnx 0.1 beside torch. Another seed
gives other weights: what our pipelines have not seen.
"""

import json
import shutil
import sys
from pathlib import Path

import diffusers
import numpy as np
import torch
import transformers
from optimum.exporters.onnx import main_export
from PIL import Image

SIDE = 64
PROMPT, NEGATIVE = "A red cube on a green table, oil painting!", "blurry, low quality"
WORDS = "red cube green table oil painting blurry low quality house by the sea storm light a on an in of".split()
CLIP = {
    "eos_token_id": None,
    "hidden_act": "quick_gelu",
    "num_attention_heads": 4,
    "num_hidden_layers": 3,
    "max_position_embeddings": 77,
}
UNET = {
    "sample_size": 32,
    "block_out_channels": (8, 16),
    "layers_per_block": 1,
    "norm_num_groups": 4,
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
    "cross_attention_dim": 32,
    "attention_head_dim": 4,
}
BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}


def make_tokenizer(folder):
    """Byte pairs of a few words, in CLIP's own files: vocab.json and merges.txt."""
    characters = list(transformers.models.clip.tokenization_clip.bytes_to_unicode().values())
    vocabulary, merges = characters + [c + "</w>" for c in characters], []
    for word in WORDS:
        parts = [*word[:-1], word[-1] + "</w>"]
        while len(parts) > 1:
            pair, parts = (parts[0], parts[1]), [parts[0] + parts[1], *parts[2:]]
            if pair not in merges:
                merges.append(pair)
                vocabulary.append(parts[0])
    vocabulary += ["<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = list(dict.fromkeys(vocabulary))
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(vocabulary)}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(" ".join(pair) for pair in merges) + "\n")
    return transformers.CLIPTokenizer(folder / "vocab.json", folder / "merges.txt", model_max_length=77)


def text_config(tokenizer, width=32, **more):
    ends = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
    ends["pad_token_id"] = tokenizer.pad_token_id
    return transformers.CLIPTextConfig(
        **{**CLIP, **ends, "vocab_size": len(tokenizer), "hidden_size": width, "intermediate_size": 2 * width, **more}
    )


def make_vae():
    return diffusers.AutoencoderKL(
        block_out_channels=[8, 16],
        norm_num_groups=4,
        down_block_types=["DownEncoderBlock2D"] * 2,
        up_block_types=["UpDecoderBlock2D"] * 2,
        latent_channels=4,
    )


def lively(module):
    """Weights as they are drawn give grey pictures: the last layer's are enlarged, so that a difference shows."""
    with torch.no_grad():
        module.decoder.conv_out.weight.mul_(6)
    return module


def build(kind, seed, work):
    torch.manual_seed(seed)
    tokenizer = make_tokenizer(work / "tokenizer")
    safety = {"safety_checker": None, "feature_extractor": None, "requires_safety_checker": False}
    if kind == "sdxl":
        unet = diffusers.UNet2DConditionModel(
            **{
                **UNET,
                "cross_attention_dim": 64,
                "attention_head_dim": (2, 4),
                "use_linear_projection": True,
                "addition_embed_type": "text_time",
                "addition_time_embed_dim": 8,
                "transformer_layers_per_block": (1, 2),
                "projection_class_embeddings_input_dim": 80,
            }
        )
        first = transformers.CLIPTextModel(text_config(tokenizer))
        second = transformers.CLIPTextModelWithProjection(text_config(tokenizer, projection_dim=32, hidden_act="gelu"))
        return diffusers.StableDiffusionXLPipeline(
            vae=lively(make_vae()),
            text_encoder=first,
            text_encoder_2=second,
            tokenizer=tokenizer,
            tokenizer_2=make_tokenizer(work / "tokenizer"),
            unet=unet,
            scheduler=diffusers.EulerDiscreteScheduler(**BETAS, steps_offset=1, timestep_spacing="leading"),
            add_watermarker=False,
        )
    more = {}
    pipeline, scheduler = (
        diffusers.StableDiffusionPipeline,
        diffusers.PNDMScheduler(**BETAS, skip_prk_steps=True, steps_offset=1),
    )
    if kind == "sd2v":
        scheduler = diffusers.DDIMScheduler(
            **BETAS, prediction_type="v_prediction", clip_sample=False, set_alpha_to_one=False, steps_offset=1
        )
        more = {"use_linear_projection": True}
    if kind == "lcm":
        pipeline, more = diffusers.LatentConsistencyModelPipeline, {"time_cond_proj_dim": 32}
        scheduler = diffusers.LCMScheduler(**BETAS)
    if kind == "inpaint":
        pipeline, more = diffusers.StableDiffusionInpaintPipeline, {"in_channels": 9}
    return pipeline(
        vae=lively(make_vae()),
        text_encoder=transformers.CLIPTextModel(text_config(tokenizer)),
        tokenizer=tokenizer,
        unet=diffusers.UNet2DConditionModel(**{**UNET, "in_channels": 4, "out_channels": 4, **more}),
        scheduler=scheduler,
        **safety,
    )


def drawing():
    """Something to paint over: a wave of each colour, [3, side, side] in 0..1."""
    y, x = torch.meshgrid(torch.arange(SIDE), torch.arange(SIDE), indexing="ij")
    waves = [0.5 + 0.5 * torch.sin(x / 7.0 + k + y / (5.0 + k)) for k in range(3)]
    return Image.fromarray((torch.stack(waves, -1) * 255).round().byte().numpy())


def hole():
    mask = np.zeros((SIDE, SIDE), np.uint8)
    mask[16:48, 20:60] = 255
    return Image.fromarray(mask)


SAMPLERS = {
    "ddim": "DDIMScheduler",
    "euler": "EulerDiscreteScheduler",
    "dpmpp-2m": "DPMSolverMultistepScheduler",
    "unipc": "UniPCMultistepScheduler",
    "euler-ancestral": "EulerAncestralDiscreteScheduler",
}


def cases_of(kind):
    """(name, order): what `npm run paint` is asked for; no sampler is the model's own."""
    base = {"prompt": PROMPT, "seed": 3, "steps": 4}
    if kind == "lcm":
        yield "own", {**base, "guidance": 8.5}
        return
    if kind == "inpaint":
        yield "hole", {**base, "guidance": 7.5, "image": "drawing.png", "mask": "hole.png"}
        yield (
            "hole-half",
            {
                **base,
                "steps": 8,
                "guidance": 3,
                "sampler": "ddim",
                "image": "drawing.png",
                "mask": "hole.png",
                "strength": 0.5,
            },
        )
        return
    yield "plain", {**base, "guidance": 1, "sampler": "euler"}
    yield "guided", {**base, "guidance": 7.5, "sampler": "euler"}
    yield "negative", {**base, "guidance": 7.5, "negative": NEGATIVE, "sampler": "euler"}
    yield "own", {**base, "guidance": 5, "seed": 42, "steps": 7}
    yield "wide", {**base, "guidance": 5, "sampler": "dpmpp-2m", "width": 128}
    yield "over", {**base, "steps": 6, "guidance": 4, "sampler": "unipc", "image": "drawing.png", "strength": 0.6}
    yield "ancestral", {**base, "guidance": 4, "sampler": "euler-ancestral"}


OVER = {"sd15": "StableDiffusionImg2ImgPipeline", "sd2v": "StableDiffusionImg2ImgPipeline"}
OVER["sdxl"] = "StableDiffusionXLImg2ImgPipeline"


def paint(pipe, kind, order, inputs):
    given = {
        "prompt": order["prompt"],
        "negative_prompt": order.get("negative"),
        "num_inference_steps": order["steps"],
        "guidance_scale": order["guidance"],
        "generator": torch.Generator().manual_seed(order["seed"]),
    }
    if kind == "lcm":
        del given["negative_prompt"]
    own = pipe.scheduler
    if "sampler" in order:
        pipe.scheduler = getattr(diffusers, SAMPLERS[order["sampler"]]).from_config(own.config)
    painter = pipe
    if "image" in order:
        given |= {"image": inputs[order["image"]], "strength": order.get("strength", 1.0)}
        if "mask" in order:
            given |= {"mask_image": inputs[order["mask"]]}
        else:
            painter = getattr(diffusers, OVER[kind]).from_pipe(pipe)
    if "image" not in order or "mask" in order:
        given |= {"width": order.get("width", SIDE), "height": SIDE}
    picture = painter(**given).images[0]
    pipe.scheduler = own
    return picture


def main(out, seed="0"):
    out, seed = Path(out), int(seed)
    work = out / "work"
    work.mkdir(parents=True, exist_ok=True)
    inputs = {"drawing.png": drawing(), "hole.png": hole()}
    for name, picture in inputs.items():
        picture.save(out / name)
    cases = []
    for i, kind in enumerate(("sd15", "sd2v", "sdxl", "lcm", "inpaint")):
        pipe = build(kind, seed + i, work)
        pipe.set_progress_bar_config(disable=True)
        pipe.save_pretrained(work / kind)
        # As anybody has it who opens the folder: what its file says, it says on purpose.
        pipe.scheduler = type(pipe.scheduler).from_pretrained(work / kind / "scheduler")
        task = {"inpaint": "inpainting"}.get(kind, "text-to-image")
        main_export(str(work / kind), out / kind, task=task, library_name="diffusers", do_validation=False)
        for name, order in cases_of(kind):
            paint(pipe, kind, order, inputs).save(out / f"{kind}-{name}.png")
            cases.append({"model": kind, "picture": f"{kind}-{name}.png", **order})
    (out / "cases.json").write_text(
        json.dumps({"about": f"diffusers {diffusers.__version__}", "cases": cases}, indent=1)
    )
    shutil.rmtree(work)
    forget_places(out)


def forget_places(out):
    """Where a model lay when it was saved is nobody's business."""
    for file in out.glob("*/**/*.json"):
        lines = file.read_text().split("\n")
        file.write_text("\n".join(line for line in lines if '"_name_or_path"' not in line))


if __name__ == "__main__":
    main(*sys.argv[1:])
