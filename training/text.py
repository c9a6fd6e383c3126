"""The tokenizer and the text encoder, taught by the renderer's own labels: no pictures needed, minutes on a CPU.

A CLIP-style text model is trained so that linear heads read scene, style, palette, time of day and extras from it. A
label that a caption does not state is left out of the loss.
"""

import json
import random
import time

import torch
import torch.nn as nn
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from .render.captions import SYNONYMS, TIME_NAMES, imagine, paraphrase, stated
from .render.palettes import PALETTE_NAMES
from .render.scenes import SCENE_NAMES
from .render.styles import STYLE_NAMES

TOKENS, WIDTH, LAYERS, VOCABULARY = 40, 192, 4, 2046
BOS, EOS = "<|startoftext|>", "<|endoftext|>"
LABELS = {"scene": SCENE_NAMES, "style": STYLE_NAMES, "palette": PALETTE_NAMES, "time": TIME_NAMES}
EXTRAS = "lighthouse clouds sun moon crescent snow boat birds path river".split()
EXTRAS += "birch vase fruit bloom bare reflect lines rings huge pine".split()
CLIP_PATTERN = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
BATCH, RATE = 64, 1e-3


def train_tokenizer(folder, captions=30_000):
    """Byte-pair encoding in CLIP's form over captions and every synonym; writes vocab.json, merges.txt and configs."""
    rng = random.Random(1)
    corpus = [paraphrase(rng, imagine(rng)) for _ in range(captions)]
    corpus += [word for kind in SYNONYMS.values() for words in kind.values() for word in words] * 20
    tokenizer = Tokenizer(models.BPE(unk_token=EOS, end_of_word_suffix="</w>", continuing_subword_prefix=""))
    tokenizer.normalizer = normalizers.Lowercase()
    split = pre_tokenizers.Split(Regex(CLIP_PATTERN), "removed", invert=True)
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, byte_level])
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, end_of_word_suffix="</w>", initial_alphabet=alphabet, special_tokens=[]
    )
    tokenizer.train_from_iterator(corpus, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    vocabulary = dict(model["vocab"])
    for word in [letter + "</w>" for letter in sorted(alphabet)] + [BOS, EOS]:
        vocabulary.setdefault(word, len(vocabulary))
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in model["merges"]]
    special = {"bos_token": BOS, "eos_token": EOS, "unk_token": EOS, "pad_token": EOS}
    config = {"tokenizer_class": "CLIPTokenizer", **special, "model_max_length": TOKENS, "do_lower_case": True}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps({**config, "add_prefix_space": False}))
    (folder / "special_tokens_map.json").write_text(json.dumps(special))


class Encode:
    """Captions to token ids, [batch, 40]."""

    def __init__(self, folder):
        self.tokenizer = CLIPTokenizer.from_pretrained(folder)

    def __call__(self, captions):
        options = {"padding": "max_length", "max_length": TOKENS, "truncation": True, "return_tensors": "pt"}
        return self.tokenizer(captions, **options).input_ids


def make_encoder(vocabulary):
    config = CLIPTextConfig(
        vocab_size=vocabulary,
        hidden_size=WIDTH,
        intermediate_size=WIDTH * 4,
        num_hidden_layers=LAYERS,
        num_attention_heads=WIDTH // 48,
        max_position_embeddings=TOKENS,
        hidden_act="quick_gelu",
        bos_token_id=vocabulary - 2,
        eos_token_id=vocabulary - 1,
        pad_token_id=vocabulary - 1,
        projection_dim=WIDTH,
    )
    return CLIPTextModel(config)


class LabelHeads(nn.Module):
    """What a text is about: logits of scene, style, palette and time, and of the extras while training."""

    def __init__(self):
        super().__init__()
        self.heads = nn.ModuleList(nn.Linear(WIDTH, len(names)) for names in (*LABELS.values(), EXTRAS))

    def forward(self, pooled, last_hidden_state):
        mean = last_hidden_state.mean(1)
        return tuple(head(pooled) + 0.5 * head(mean) for head in self.heads[:4])

    def extras(self, pooled):
        return self.heads[4](pooled)


def train_text(work, seconds):
    torch.set_num_threads(2)
    torch.manual_seed(0)
    rng = random.Random(5)
    train_tokenizer(work / "tokenizer")
    encode = Encode(work / "tokenizer")
    vocabulary = len(encode.tokenizer)
    encoder, heads = make_encoder(vocabulary), LabelHeads()
    parameters = [*encoder.parameters(), *heads.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    start, step, right = time.time(), 0, [0.0] * 4
    while (spent := time.time() - start) < seconds:
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 50) * max(0.05, 1 - spent / seconds)
        descriptions = [imagine(rng) for _ in range(BATCH)]
        captions = [paraphrase(rng, d) for d in descriptions]
        said = torch.tensor([stated(c, d) for c, d in zip(captions, descriptions)]).float()
        wanted = torch.tensor([[names.index(d[k]) for k, names in enumerate(LABELS.values())] for d in descriptions])
        extras = torch.tensor([[float(word in caption) for word in EXTRAS] for caption in captions])
        out = encoder(encode(captions))
        loss = 3 * nn.functional.binary_cross_entropy_with_logits(heads.extras(out.pooler_output), extras)
        for k, logits in enumerate(heads(out.pooler_output, out.last_hidden_state)):
            count = said[:, k].sum().clamp(min=1)
            loss = (
                loss + (nn.functional.cross_entropy(logits, wanted[:, k], reduction="none") * said[:, k]).sum() / count
            )
            hits = ((logits.argmax(1) == wanted[:, k]).float() * said[:, k]).sum() / count
            right[k] = 0.98 * right[k] + 0.02 * hits.item()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step += 1
        if step % 50 == 0:
            shares = [round(share / (1 - 0.98**step), 3) for share in right]
            print(f"text {step * BATCH} captions, right {dict(zip(LABELS, shares))}", flush=True)
    torch.save(
        {"vocabulary": vocabulary, "encoder": encoder.state_dict(), "heads": heads.state_dict()}, work / "text.pt"
    )


def load_text(work):
    """(encode, encoder, heads), frozen."""
    state = torch.load(work / "text.pt")
    encoder, heads = make_encoder(state["vocabulary"]), LabelHeads()
    encoder.load_state_dict(state["encoder"])
    heads.load_state_dict(state["heads"])
    return Encode(work / "tokenizer"), encoder.eval().requires_grad_(False), heads.eval().requires_grad_(False)
