"""`python -m training.train WORK OUT`: renders, trains and exports the built-in painter. One command, resumable.

Everything lies in the folder WORK; a stage that is done is passed over, and the U-Net goes on from its checkpoint. A
file WORK/stop ends the run, with a checkpoint and without an export. `--tiny` runs every stage in a few minutes, to see
that it runs.
"""

import argparse
import shutil
import sys
from pathlib import Path

from .autoencoder import train_autoencoder
from .export import export
from .pairs import render_large_pairs, render_pairs, render_pictures
from .quality import train_quality
from .resume import resume
from .text import train_text
from .tower import SCORER, train_tower
from .unet import CHANNELS, train_unet
from .upscaler import train_upscaler
from .workers import launch


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path, help="folder for everything that is made on the way")
    parser.add_argument("out", type=Path, help="the model folder to write")
    parser.add_argument("--minutes", type=float, default=180, help="for the U-Net; the rest takes about 90 on 2 cores")
    parser.add_argument("--workers", type=int, default=2, help="single-threaded processes where there is no GPU")
    parser.add_argument("--model", type=Path, help="a shipped model folder to go on from, when WORK is empty")
    parser.add_argument(
        "--tiny", action="store_true", help="a run of a few minutes, for a test: its pictures are noise"
    )
    parser.add_argument(
        "--rerender", action="store_true", help="the renderer has changed: draw anew, and teach what was taught by it"
    )
    asked = parser.parse_args()
    work, tiny = asked.work, asked.tiny
    work.mkdir(parents=True, exist_ok=True)
    minutes = lambda full: 0.3 * 60 if tiny else full * 60
    size, channels = (64, (32, 32, 64)) if tiny else (256, CHANNELS)
    (work / "stop").unlink(missing_ok=True)

    def stage(name, run, *arguments):
        """Once, and only once it came to its end."""
        if not (work / f"{name}.done").exists():
            run(*arguments)
            end_if_stopped(work)
            (work / f"{name}.done").touch()

    if asked.model and not (work / "unet.pt").exists():
        resume(asked.model, work)
    if asked.rerender and not (work / "rerendering").exists():
        forget_renders(work)
        (work / "rerendering").touch()
    together = lambda run: lambda *arguments: launch(run, asked.workers, work, *arguments)
    stage("text", train_text, work, minutes(7))
    stage("pictures", together(render_pictures), minutes(6), size)
    stage("autoencoder", together(train_autoencoder), minutes(18))
    stage("pairs", together(render_pairs), minutes(15), size)
    stage("large-pairs", together(render_large_pairs), minutes(12), size)
    stage("tower", train_tower, work, minutes(15), SCORER)
    stage("quality", train_quality, work, minutes(6))
    stage("upscaler", train_upscaler, work, minutes(11), size)
    together(train_unet)(minutes(asked.minutes), channels)
    end_if_stopped(work)
    export(work, asked.out)
    (work / "rerendering").unlink(missing_ok=True)


def forget_renders(work):
    """What pictures came from, not what was learnt from them: the encoder stays, and the U-Net goes on."""
    for folder in ("pictures", "pairs", "large-pairs", "evaluation"):
        shutil.rmtree(work / folder, ignore_errors=True)
    for stale in ("pictures", "autoencoder", "pairs", "large-pairs", "tower", "quality", "upscaler"):
        (work / f"{stale}.done").unlink(missing_ok=True)
    for file in (*work.glob("tower-*.pt"), *work.glob("large.pt")):
        file.unlink()


def end_if_stopped(work):
    if (work / "stop").exists():
        sys.exit("Stopped, with a checkpoint. The same command goes on from here.")


if __name__ == "__main__":
    main()
