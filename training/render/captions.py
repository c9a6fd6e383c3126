"""What people might say of a picture: templates over the phrases of its labels, and words from outside them.

A description is (scene, style, palette, time, tags): names of the tables, and what the picture happens to show.
"""

from .palettes import PALETTE_NAMES, PALETTES
from .scenes import ABSTRACT, SCENE_NAMES, SCENES
from .styles import STYLE_NAMES, STYLES

TIME_WORDS = {
    "": [""],
    "sunset": ["at sunset", "at dusk", "in the evening", "golden hour"],
    "dawn": ["at dawn", "at sunrise", "in the early morning"],
    "night": ["at night", "under the stars", "on a starry night"],
    "fog": ["in the fog", "in mist", "on a hazy day"],
}
TIME_NAMES = list(TIME_WORDS)
# Words outside the phrases of the tables, by the label they come nearest to.
SYNONYMS = {
    "scene": {
        "mountains": ["alps", "himalaya", "cliffs", "a rocky landscape", "peaks", "a volcano"],
        "lake": ["a pond", "a quiet lake", "a fjord"],
        "ocean": [
            "a lighthouse",
            "a lighthouse by the sea",
            "a lonely lighthouse",
            "the coast",
            "a ship",
            "a bay",
            "the sea",
            "sea",
            "a seaside",
            "a harbor",
            "the shore",
            "the beach",
            "seascape",
            "the horizon over water",
            "water",
            "a harbour",
        ],
        "waves": [
            "a lighthouse in a storm",
            "a storm",
            "a stormy sea",
            "a storm at sea",
            "a lighthouse in the waves",
            "a ship in a storm",
            "rough sea",
            "a tempest",
            "a tsunami",
            "sea storm",
            "surf",
            "swell",
        ],
        "forest": [
            "pine wood",
            "a pine wood",
            "a dark wood",
            "fir trees",
            "a path in the woods",
            "woods",
            "trees",
            "the jungle",
            "spruce trees",
            "wilderness",
        ],
        "trunks": ["birches", "an enchanted forest", "a grove", "autumn woods"],
        "dunes": ["the sahara", "sand", "a dry desert", "a camel desert"],
        "city": [
            "city lights",
            "a street",
            "rooftops",
            "a village",
            "a tower",
            "downtown",
            "paris",
            "london",
            "new york",
            "a town",
            "buildings",
            "tokyo",
            "a cyberpunk city",
            "houses",
            "an old castle",
        ],
        "meadow": [
            "a quiet garden",
            "a garden in bloom",
            "a field of flowers",
            "grass",
            "wildflowers",
            "lavender field",
            "a park",
            "flowers",
            "a garden",
            "tulips",
            "sunflowers",
            "spring field",
            "poppies",
        ],
        "hills": ["a country road", "farmland", "tuscany", "a green valley", "a vineyard"],
        "moon": ["full moon", "lunar night", "a wolf night", "night landscape"],
        "aurora": ["polar lights", "arctic sky", "glowing sky"],
        "islands": ["an archipelago", "a tropical island", "rocks in the sea", "greek islands"],
        "flow": [
            "emotion",
            "music",
            "abstract art",
            "wind",
            "silence",
            "chaos",
            "a dream",
            "energy",
            "abstract expressionism",
            "marble",
        ],
        "mandala": ["a symmetrical pattern", "a kaleidoscope", "sacred geometry", "a circular ornament"],
        "cells": ["a crystal", "cracked earth", "geometry tiles", "abstract mosaic shapes"],
        "galaxy": ["space", "the universe", "nebula", "stars and cosmos", "a black hole"],
        "still": ["a bowl of fruit", "a bouquet", "a vase", "apples", "a table with flowers"],
        "geo": ["circles and squares", "kandinsky", "suprematism", "abstract shapes", "minimal geometry"],
        "tree": ["an oak", "a cherry tree", "tree of life", "an old tree", "a baobab"],
        "bloom": ["a rose", "a lotus", "a dahlia", "petals", "a sunflower portrait"],
        "balloons": ["a hot air balloon", "festival of balloons", "flying balloons", "adventure in the sky"],
    },
    "style": {
        "watercolor": ["wet on wet", "loose aquarelle wash"],
        "ink": ["zen ink", "black ink", "calligraphy"],
        "oil": ["van gogh", "thick paint", "impasto", "acrylic painting", "palette knife"],
        "impress": ["monet", "renoir", "dabs of paint", "plein air"],
        "point": ["seurat", "dots", "dotted painting"],
        "glass": ["church window", "tiffany glass"],
        "lowpoly": ["polygonal", "geometric facets", "3d low poly"],
        "poster": ["minimalist", "vector art", "flat design", "travel poster", "art deco poster"],
        "woodcut": ["engraving", "linocut", "etching"],
        "pastel": ["chalk", "soft pastel", "crayon"],
        "neon": ["synthwave", "neon lights", "cyberpunk glow", "laser lines"],
        "glitch": ["vaporwave glitch", "datamosh", "distorted signal", "broken screen"],
        "pixel": ["pixels", "retro game", "8 bit", "16-bit game art"],
        "pencil": ["drawing", "sketch", "charcoal sketch", "graphite"],
        "mosaic": ["tiles", "byzantine mosaic", "tesserae"],
        "pop": ["comic", "warhol", "lichtenstein", "comic book"],
        "ukiyo": ["hokusai", "japanese print", "edo print"],
        "clean": ["digital", "illustration", "concept art", "smooth render"],
    },
    "palette": {
        "serene": ["calm", "tranquil", "gentle", "peaceful", "pastel"],
        "melancholy": [
            "stormy",
            "storm light",
            "thunder",
            "in the rain",
            "sad",
            "lonely",
            "blue",
            "melancholy",
            "gloomy",
            "rainy mood",
        ],
        "redgold": ["passion", "anger", "fire", "love", "red", "royal"],
        "neon": ["chaos", "wild", "electric", "neon", "party", "energetic"],
        "earth": ["brown", "rustic", "grounded", "ochre"],
        "rainbow": ["colorful", "happy", "joy", "joyful", "vibrant", "fun"],
        "emerald": ["green", "hope", "spring", "fresh"],
        "mono": ["black and white photo", "minimal monochrome", "gray", "bw"],
        "sunset": ["warm", "romantic", "glowing orange"],
        "tealorange": ["cinematic", "dramatic", "epic"],
        "lavender": ["purple", "dreamy", "magical", "violet", "fantasy"],
        "icy": ["cold", "winter", "ice", "frozen"],
        "sepia": ["old", "nostalgia", "vintage", "antique"],
        "candy": ["cute", "sweet", "pink", "kawaii"],
        "ember": ["dark", "scary", "ominous", "gothic", "mysterious shadows", "black"],
        "tropic": ["summer", "turquoise", "tropical", "beach mood"],
        "autumn": ["fall", "orange", "cozy", "autumn"],
        "midnight": ["night mood", "indigo", "quiet", "mysterious"],
        "natural": ["realistic", "natural", "true colors", "photo colors"],
    },
}

# What a scene's picture may be made to say, for captions that are written without one.
TAGS = {
    "mountains": ["with snowy peaks", "with birds flying", "with clouds", "with a huge sun", "with the sun in the sky"],
    "lake": ["with a sailboat", "with clouds", "with snowy peaks", "with a small sun", "with a large glowing sun"],
    "ocean": [
        "with a sailboat",
        "with a lone boat",
        "with clouds",
        "with a huge sun",
        "with a lighthouse",
        "and a lighthouse",
        "with a white lighthouse on a rock",
        "with a lighthouse on a cliff",
    ],
    "waves": [
        "and a small sailing boat",
        "with clouds",
        "with a small sun",
        "with a lighthouse",
        "and a lighthouse",
        "with a lighthouse on a cliff",
    ],
    "forest": ["with birds flying", "with a small sun"],
    "trunks": ["of birch trees", "with white birch trunks"],
    "dunes": ["with a huge sun", "with clouds", "and a flock of birds"],
    "city": ["reflected in water", "by the river", "with clouds", "with a full moon"],
    "meadow": ["with clouds", "with a small sun"],
    "hills": ["with a winding path", "with a winding river", "with birds flying"],
    "moon": ["with a crescent moon", "over calm water"],
    "aurora": ["over pine trees", "reflected in a lake"],
    "islands": ["with a sailboat", "with clouds", "with a pale moon"],
    "flow": ["with flowing lines", "with contour lines"],
    "cells": ["with concentric rings inside"],
    "still": ["flowers in a vase", "with fruit", "a vase of flowers"],
    "tree": ["with bare branches", "in bloom", "with blossoms", "with clouds"],
    "balloons": ["with clouds", "with the sun in the sky", "with birds flying"],
}


def caption(rng, scene, style, palette, time, tags, drop=0.1):
    """One of five sentence forms; style and palette are each left out with chance `drop`."""
    s = rng.choice(SCENES[scene][1])
    t = rng.choice(STYLES[style][1])
    p = rng.choice(PALETTES[palette][1])
    d = rng.choice(TIME_WORDS[time])
    extra = " ".join(rng.sample(tags, min(len(tags), 2)))
    scene_says = s + (" " + extra if extra and rng.random() < 0.75 else "")
    time_says = " " + d if d and rng.random() < 0.9 else ""
    if rng.random() < drop:
        t = ""
    if rng.random() < drop:
        p = ""
    of = t + " of " if t else ""
    form = rng.random()
    if form < 0.15:
        bare = [w for w in (s.removeprefix("a "), t, p, d, *tags[:1]) if w]
        rng.shuffle(bare)
        return ", ".join(bare)
    if form < 0.45:
        parts = of + scene_says + time_says, rng.choice(["in ", "", ""]) + p if p else ""
    elif form < 0.65:
        parts = scene_says + time_says, p, t
    elif form < 0.85:
        parts = (
            scene_says + time_says + (" in " + p if p else ""),
            (rng.choice(["", "in the style of a ", "as "]) + t if t else ""),
        )
    else:
        parts = (p + " " if p else "") + of + scene_says, d
    return ", ".join(w for w in parts if w)


def paraphrase(rng, description):
    """A caption, or as often a handful of words from outside the templates."""
    scene, style, palette, time, tags = description
    if rng.random() < 0.7:
        return caption(rng, *description)
    words = [
        (SYNONYMS["scene"], SCENES, scene),
        (SYNONYMS["style"], STYLES, style),
        (SYNONYMS["palette"], PALETTES, palette),
    ]
    said = [rng.choice(others.get(name, [""]) + table[name][1]) for others, table, name in words]
    said = [w for w in (*said, rng.choice(TIME_WORDS[time]), *tags[:1]) if w and rng.random() < 0.92]
    rng.shuffle(said)
    return rng.choice([", ", " "]).join(said)


def stated(text, description):
    """Which of scene, style, palette and time a text says: what it does not say, nobody can be taught from it."""
    scene, style, palette, time, _ = description
    has = lambda phrases: any(w and w in text for w in phrases)
    return [
        has(SCENES[scene][1] + SYNONYMS["scene"].get(scene, [])) or scene in text,
        has(STYLES[style][1] + SYNONYMS["style"].get(style, [])),
        has(PALETTES[palette][1] + SYNONYMS["palette"].get(palette, [])),
        has(TIME_WORDS[time]),
    ]


def imagine(rng):
    """A description of no picture in particular."""
    scene, style, palette = rng.choice(SCENE_NAMES), rng.choice(STYLE_NAMES), rng.choice(PALETTE_NAMES)
    time = rng.choice(TIME_NAMES) if scene not in ABSTRACT else ""
    pool = TAGS.get(scene, [])
    return scene, style, palette, time, rng.sample(pool, min(len(pool), rng.choice([0, 1, 1, 2])))
