"""From a shipped model folder back to what training goes on from: a checkpoint in half precision that everybody has."""

import json
import shutil

import onnx
import torch
from onnx import numpy_helper

from .autoencoder import Autoencoder
from .quality import Quality
from .text import LabelHeads, make_encoder
from .tower import SCORER, Tower
from .unet import make_unet
from .upscaler import Upscaler
from .workers import save


def weights_of(file, prefix=""):
    """Name to float32 tensor; `prefix` is what export.py's wrapper put before the names."""
    tensors = {}
    for tensor in onnx.load(file).graph.initializer:
        name = tensor.name.removesuffix("_h").removeprefix(prefix)
        tensors[name] = torch.from_numpy(numpy_helper.to_array(tensor).copy()).float()
    return tensors


def filled(network, tensors, allow_missing=()):
    """The network's state with the tensors in it. A weight that none of them is raises KeyError."""
    state, learnt = network.state_dict(), dict(network.named_parameters())
    for name, value in state.items():
        if name in tensors:
            state[name] = tensors[name].reshape(value.shape).to(value.dtype)
        elif (name in learnt or "running_" in name) and not name.startswith(allow_missing):
            raise KeyError(f"{name} is not in the model folder")
    return state


def resume(model, work):
    """Writes every part's weights and tokenizer/ into `work`, and their stages' marks; the optimizer begins anew."""
    shutil.copytree(model / "tokenizer", work / "tokenizer", dirs_exist_ok=True)
    vocabulary = len(json.loads((model / "tokenizer/vocab.json").read_text()))
    encoder = filled(make_encoder(vocabulary), weights_of(model / "text_encoder/model.onnx", "encoder."))
    # The extras' head is for training the encoder alone, and is not shipped.
    heads = filled(LabelHeads(), weights_of(model / "label_heads/model.onnx"), ("heads.4.",))
    save({"vocabulary": vocabulary, "encoder": encoder, "heads": heads}, work / "text.pt")
    halves = [weights_of(model / part / "model.onnx", "autoencoder.") for part in ("vae_encoder", "vae_decoder")]
    save(filled(Autoencoder(), halves[0] | halves[1]), work / "autoencoder.pt")
    stages = ["text", "pictures", "autoencoder"]
    # Older folders have neither scorer nor upscaler: these are learnt.
    if (model / "scorer").exists() and (model / "upscaler").exists():
        resume_scorer(model, work)
        stages += ["tower", "quality", "upscaler"]
    config = json.loads((model / "unet/config.json").read_text())
    channels = tuple(config["block_out_channels"])
    network = filled(make_unet(channels), weights_of(model / "unet/model.onnx", "network."))
    samples = json.loads((model / "aria.json").read_text())["samples"]
    save(
        {"network": network, "average": network, "samples": samples, "step": 0, "channels": channels}, work / "unet.pt"
    )
    for name in stages:
        (work / f"{name}.done").touch()


def resume_scorer(model, work):
    scorer, figures = model / "scorer/model.onnx", json.loads((model / "scorer/config.json").read_text())
    tower = filled(Tower(), weights_of(scorer, "tower."))
    save({"tower": tower, "ceiling": figures["accuracy"]}, work / f"tower-{SCORER}.pt")
    save({"quality": filled(Quality(), weights_of(scorer, "quality.")), **figures}, work / "quality.pt")
    figures = json.loads((model / "upscaler/config.json").read_text())
    save({"upscaler": filled(Upscaler(), weights_of(model / "upscaler/model.onnx")), **figures}, work / "upscaler.pt")
