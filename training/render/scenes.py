"""Every scene by name, with the phrases that captions call it by."""

from .land import (
    sc_aurora,
    sc_balloons,
    sc_city,
    sc_dunes,
    sc_forest,
    sc_hills,
    sc_meadow,
    sc_moon,
    sc_mountains,
    sc_tree,
    sc_trunks,
)
from .reverie import sc_bloom, sc_cells, sc_flow, sc_galaxy, sc_geo, sc_mandala, sc_still
from .water import sc_islands, sc_lake, sc_ocean, sc_waves

SCENES = {
    "mountains": (sc_mountains, ["mountains", "a mountain range", "misty mountain peaks", "layered mountains"]),
    "lake": (sc_lake, ["a mountain lake with reflections", "a still lake reflecting mountains", "lake reflection"]),
    "ocean": (sc_ocean, ["the ocean", "a calm sea", "sea horizon", "ocean view"]),
    "waves": (sc_waves, ["rolling ocean waves", "big waves", "stormy waves", "crashing waves"]),
    "forest": (sc_forest, ["a pine forest", "misty forest", "a forest of fir trees", "evergreen woods"]),
    "trunks": (sc_trunks, ["a woodland", "deep woods with tree trunks", "inside a forest"]),
    "dunes": (sc_dunes, ["desert dunes", "sand dunes", "a desert landscape"]),
    "city": (sc_city, ["a city skyline", "city skyscrapers", "a skyline", "urban towers"]),
    "meadow": (sc_meadow, ["a flower meadow", "a field of wildflowers", "blooming meadow"]),
    "hills": (sc_hills, ["rolling hills", "green countryside hills", "a rural valley"]),
    "moon": (sc_moon, ["a moonlit night", "a big moon over hills", "night sky with moon"]),
    "aurora": (sc_aurora, ["the aurora borealis", "northern lights", "aurora over mountains"]),
    "islands": (sc_islands, ["islands in the sea", "a group of islands", "rocky islands"]),
    "flow": (
        sc_flow,
        ["an abstract flow field", "abstract swirls", "flowing abstract forms", "abstract liquid shapes"],
    ),
    "mandala": (sc_mandala, ["a mandala", "an ornate mandala", "concentric symmetric ornament"]),
    "cells": (sc_cells, ["abstract voronoi cells", "cellular abstract pattern", "abstract crystal pattern"]),
    "galaxy": (sc_galaxy, ["a spiral galaxy", "a galaxy in space", "swirling cosmos"]),
    "still": (sc_still, ["a still life", "still life on a table"]),
    "geo": (sc_geo, ["abstract geometric shapes", "geometric composition", "bauhaus shapes"]),
    "tree": (sc_tree, ["a lone tree", "a big tree on a hill", "a solitary tree"]),
    "bloom": (sc_bloom, ["a single flower", "a flower close up", "a blooming flower", "a blossom"]),
    "balloons": (sc_balloons, ["hot air balloons", "hot air balloons over hills", "balloons in the sky"]),
}
SCENE_NAMES = list(SCENES)
ABSTRACT = {"flow", "mandala", "cells", "galaxy", "still", "geo", "bloom"}
