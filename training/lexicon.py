"""`python -m training.lexicon FILE.json`: what everyday words mean to the painter, in the labels it was taught by.

`say` gives each label the phrase it is spoken of in captions. `words` decide: "pine wood" is scene:forest. `hints` fill
in what no word has decided: "quiet" is palette:serene unless a colour is named. `becomes` joins two: an ocean in
a storm is waves. `ignored` words ask for nothing in particular. They are matched in contracts/theme.ts: the longest
phrase first, articles dropped, plurals folded.
"""

import json
import sys
from pathlib import Path

from .render.captions import SYNONYMS, TIME_WORDS
from .render.palettes import PALETTES
from .render.render import BY_NIGHT
from .render.scenes import SCENES
from .render.styles import STYLES

EVERYDAY = Path(__file__).with_suffix(".txt")
EXTRAS = {
    "lighthouse": "with a lighthouse",
    "boat": "with a sailboat",
    "birds": "with birds flying",
    "sun": "with the sun in the sky",
    "moon": "with a full moon",
    "crescent": "with a crescent moon",
    "clouds": "with clouds",
    "snow": "with snowy peaks",
    "path": "with a winding path",
    "reflect": "reflected in water",
    "bloom": "in bloom",
    "pine": "over pine trees",
    "lines": "with flowing lines",
    "vase": "a vase of flowers",
    "fruit": "with fruit",
    "birch": "of birch trees",
    "rings": "with concentric rings inside",
    "houses": "with houses",
}
# What the sketch of a scene can show, inference/underpainting: anything else is not promised.
SKY = "sun moon clouds"
SHOWS = {
    "mountains": f"{SKY} birds snow",
    "lake": f"{SKY} snow pine boat lighthouse",
    "ocean": f"{SKY} birds boat lighthouse",
    "waves": f"{SKY} boat lighthouse",
    "forest": "sun moon birds path",
    "trunks": "birch",
    "dunes": f"{SKY} birds",
    "city": f"{SKY} reflect",
    "meadow": SKY,
    "hills": f"{SKY} birds path houses",
    "moon": "crescent",
    "aurora": "reflect",
    "islands": f"{SKY} birds boat lighthouse",
    "flow": "lines",
    "cells": "rings",
    "still": "vase fruit",
    "tree": f"{SKY} birds bloom",
    "balloons": f"{SKY} birds",
}
# Scenes that know one time of day alone.
TIMES = {scene: "night" for scene in BY_NIGHT}
BECOMES = {"ocean storm": "waves", "islands storm": "waves", "lake storm": "waves"}


def everyday():
    """The sections of lexicon.txt: {"words" | "hints": {labels: [phrase, ...]}, "ignored": [word, ...]}."""
    sections, name = {"words": {}, "hints": {}, "ignored": []}, ""
    for line in EVERYDAY.read_text().splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif name == "ignored":
            sections[name] += line.split()
        elif " = " in line and not line.startswith("#"):
            labels, phrases = line.split(" = ")
            sections[name].setdefault(labels, []).extend(phrases.split(", "))
    return sections


def bare(phrase):
    """Without the article captions begin with."""
    for article in ("a ", "an ", "the "):
        phrase = phrase.removeprefix(article)
    return phrase


def lexicon():
    say = {
        "scene": {name: phrases[0] for name, (_, phrases) in SCENES.items()},
        "style": {name: phrases[0] for name, (_, phrases) in STYLES.items()},
        "palette": {name: phrases[0] for name, (_, phrases) in PALETTES.items()},
        "time": {name or "day": phrases[0] for name, phrases in TIME_WORDS.items()},
        "extra": EXTRAS,
    }
    words, hints = {}, {}

    def learn(table, phrase, labels):
        known = table.setdefault(bare(phrase), [])
        known.extend(label for label in labels.split() if label not in known)

    for kind, table in (("scene", SCENES), ("style", STYLES), ("palette", PALETTES)):
        for name, (_, phrases) in table.items():
            for phrase in filter(None, phrases):
                learn(words, phrase, f"{kind}:{name}")
    for name, phrases in TIME_WORDS.items():
        for phrase in filter(None, phrases):
            learn(words, phrase, f"time:{name}")
    said = everyday()
    for table, meanings in ((words, said["words"]), (hints, said["hints"])):
        for labels, phrases in meanings.items():
            for phrase in phrases:
                learn(table, phrase, labels)
    # The synonyms the text encoder was taught: they only hint, for many are a mood. Of several words each is known.
    for kind, table in SYNONYMS.items():
        for name, phrases in table.items():
            for phrase in phrases:
                if bare(phrase) not in words and " " not in bare(phrase):
                    learn(hints, phrase, f"{kind}:{name}")
    joined = lambda table: {phrase: " ".join(labels) for phrase, labels in sorted(table.items())}
    return {
        "say": say,
        "words": joined(words),
        "hints": joined(hints),
        "shows": {scene: extras.split() for scene, extras in SHOWS.items()},
        "times": TIMES,
        "becomes": BECOMES,
        "ignored": sorted(said["ignored"]),
    }


def main(file):
    Path(file).write_text(json.dumps(lexicon(), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
