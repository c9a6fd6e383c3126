"""`python -m unittest training.test_training`: what can be known without looking, and the whole run at tiny sizes."""

import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import onnxruntime
import torch

from .autoencoder import psnr
from .evaluate import frechet, spread
from .lexicon import lexicon
from .quality import DEGRADATIONS, degrade
from .render.captions import caption, stated
from .render.render import render
from .render.scenes import SCENE_NAMES
from .render.styles import STYLE_NAMES
from .tower import fit_temperature
from .unet import alpha_bars, draw_noise
from .upscaler import Upscaler

ROOT = Path(__file__).resolve().parent.parent


class Renderer(unittest.TestCase):
    def test_the_same_seed_gives_the_same_pictures(self):
        first, again, other = (render(2, 64, seed=seed, scene="lake", style="oil") for seed in (3, 3, 4))
        self.assertTrue(torch.equal(first.styled, again.styled))
        self.assertFalse(torch.equal(first.styled, other.styled))
        self.assertEqual(first.descriptions, again.descriptions)

    def test_every_scene_and_style_is_a_picture(self):
        for i, scene in enumerate(SCENE_NAMES):
            drawn = render(1, 64, seed=i, scene=scene, style=STYLE_NAMES[i % len(STYLE_NAMES)])
            for picture in (drawn.plain, drawn.styled):
                self.assertTrue(torch.isfinite(picture).all() and picture.min() >= 0 and picture.max() <= 1, scene)
                self.assertGreater(picture.std().item(), 0.02, scene)

    def test_a_caption_that_leaves_nothing_out_states_everything(self):
        rng = random.Random(1)
        for scene in SCENE_NAMES:
            description = scene, "ink", "mono", "", []
            self.assertEqual(stated(caption(rng, *description, drop=0), description)[:3], [True] * 3)

    def test_every_label_of_the_lexicon_can_be_spoken(self):
        table = lexicon()
        for labels in (*table["words"].values(), *table["hints"].values()):
            for label in labels.split():
                kind, name = label.split(":")
                # A storm is not spoken of: it turns a sea into waves.
                if not any(name in pair.split() for pair in table["becomes"]):
                    self.assertIn(name, table["say"][kind])


class Numbers(unittest.TestCase):
    def test_frechet_distance_of_gaussians_is_the_closed_form(self):
        a = torch.randn(200_000, 3, generator=torch.Generator().manual_seed(1))
        # |m - m'|^2 + tr(C + C' - 2 (C C')^(1/2)) = 4 + (1 - 2)^2 + 0 + 0
        b = a * torch.tensor([2.0, 1.0, 1.0]) + torch.tensor([0.0, 2.0, 0.0])
        self.assertAlmostEqual(frechet(a, b), 5.0, delta=0.05)
        self.assertAlmostEqual(frechet(a, a), 0.0, delta=1e-6)

    def test_spread_is_nothing_for_one_picture_painted_twice(self):
        one = torch.nn.functional.normalize(torch.randn(4, 1, 8), dim=2)
        self.assertAlmostEqual(spread(one.expand(4, 3, 8)), 0.0, delta=1e-6)
        self.assertAlmostEqual(spread(torch.eye(3)[None]), 1.0, delta=1e-6)

    def test_psnr(self):
        self.assertAlmostEqual(psnr(torch.zeros(1, 3, 8, 8), torch.full((1, 3, 8, 8), 0.2)), 20.0, delta=1e-4)

    def test_the_schedule_ends_in_noise_alone(self):
        bars = alpha_bars()
        self.assertAlmostEqual(bars[0].item(), 1 - 0.00085, delta=1e-6)
        self.assertLess(bars[-1].item(), 1e-10)
        self.assertTrue((bars.diff() < 0).all())

    def test_a_path_over_a_sketch_begins_at_the_sketch(self):
        torch.manual_seed(0)
        bars, plain, styled = alpha_bars(), *(30 * torch.randn(2, 400, 1, 2, 2))
        times, noise = draw_noise(bars, plain, styled)
        a = bars[times].view(-1, 1, 1, 1)
        z = a.sqrt() * styled + (1 - a).sqrt() * noise
        # A third of the paths are met at their beginning: all that is there beside the sketch is a share of the noise.
        beside = lambda sketch: (z - a.sqrt() * sketch).flatten(1).pow(2).mean(1) <= (1 - a).flatten()
        self.assertGreater(beside(plain).float().mean().item(), 0.3)
        self.assertLess(beside(plain.roll(1, 0)).float().mean().item(), 0.15)

    def test_honest_probabilities_need_no_temperature(self):
        torch.manual_seed(0)
        logits = torch.randn(20_000, 5) * 2
        wanted = torch.distributions.Categorical(logits=logits).sample()
        self.assertAlmostEqual(fit_temperature(logits, wanted).item(), 1.0, delta=0.06)
        self.assertAlmostEqual(fit_temperature(logits * 2, wanted).item(), 2.0, delta=0.1)

    def test_more_of_a_degradation_is_farther_from_the_picture(self):
        picture = render(1, 128, seed=1, scene="city", style="clean").styled[0]
        for kind in DEGRADATIONS:
            torch.manual_seed(0)
            little, much = ((degrade(picture, kind, k) - picture).pow(2).mean().item() for k in (0.1, 1.0))
            self.assertLess(little, much, kind)
            self.assertGreater(little, 0, kind)

    def test_an_untaught_upscaler_is_an_enlargement(self):
        picture = torch.rand(1, 3, 8, 8) * 2 - 1
        plain = torch.nn.functional.interpolate(picture, scale_factor=2, mode="bicubic").clamp(-1, 1)
        self.assertTrue(torch.allclose(Upscaler()(picture), plain, atol=1e-6))


class TinyRun(unittest.TestCase):
    def test_one_command_makes_a_folder_that_opens_and_goes_on_from(self):
        with tempfile.TemporaryDirectory() as place:
            work, out, again = Path(place, "work"), Path(place, "model"), Path(place, "again")
            self.train(work, out)
            for part in "text_encoder unet vae_decoder vae_encoder label_heads scorer upscaler".split():
                session = onnxruntime.InferenceSession(out / part / "model.onnx", providers=["CPUExecutionProvider"])
                self.assertGreater(len(session.get_outputs()), 0)
            self.train(again, Path(place, "next"), "--model", out)
            self.assertTrue((Path(place, "next") / "unet/model.onnx").exists())

    def train(self, work, out, *more):
        command = [sys.executable, "-m", "training.train", work, out, "--tiny", *more]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    unittest.main()
