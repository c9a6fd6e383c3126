"""`python -m training.golden.samplers FILE.json [COUNT SEED]`: reference runs of diffusers' samplers, for tests/golden.

The loop is that of diffusers' own scheduler tests: a fixed sample, and a model that answers x t / (t + 1). Without a
count, each sampler's settings one by one; with one, as many random combinations of them.
"""

import json
import random
import sys

import diffusers
import torch

SD = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
SPACINGS = ["leading", "linspace", "trailing"]
PREDICTIONS = ["epsilon", "v_prediction", "sample"]
LADDERS = [{f"use_{kind}_sigmas": True} for kind in ("karras", "exponential", "beta")]
COMMON = {
    "timestep_spacing": SPACINGS,
    "prediction_type": PREDICTIONS,
    "rescale_betas_zero_snr": [True],
    "beta_schedule": ["squaredcos_cap_v2", "linear"],
    "steps_offset": [1],
}
THRESHOLD = [{"thresholding": True, "sample_max_value": 1.5, "dynamic_thresholding_ratio": 0.9}]
FINAL = {"final_sigmas_type": ["sigma_min", "zero"]}
FLOW = [{"use_flow_sigmas": True, "prediction_type": "flow_prediction", "flow_shift": 3.0}]
# Class, its settings by key, and whole groups of settings. Keys that begin with @ are arguments of the run.
SAMPLERS = {
    "DDIMScheduler": (
        COMMON | {"clip_sample": [True, False], "set_alpha_to_one": [False], "@eta": [0.5, 1.0]},
        THRESHOLD,
    ),
    "PNDMScheduler": (
        {
            "timestep_spacing": SPACINGS,
            "prediction_type": PREDICTIONS[:2],
            "skip_prk_steps": [True, False],
            "set_alpha_to_one": [True],
            "steps_offset": [1],
        },
        [],
    ),
    "EulerDiscreteScheduler": (COMMON | FINAL | {"interpolation_type": ["log_linear"]}, LADDERS),
    "EulerAncestralDiscreteScheduler": (COMMON | {"prediction_type": PREDICTIONS[:2]}, []),
    "DPMSolverMultistepScheduler": (
        COMMON
        | FINAL
        | {
            "solver_order": [1, 2, 3],
            "solver_type": ["midpoint", "heun"],
            "algorithm_type": ["dpmsolver++", "dpmsolver", "sde-dpmsolver++", "sde-dpmsolver"],
            "lower_order_final": [False],
            "euler_at_final": [True],
            "lambda_min_clipped": [-5.1],
        },
        [*LADDERS, *THRESHOLD, {"use_lu_lambdas": True}, *FLOW],
    ),
    "UniPCMultistepScheduler": (
        COMMON
        | FINAL
        | {
            "solver_order": [1, 2, 3],
            "solver_type": ["bh1", "bh2"],
            "predict_x0": [False],
            "disable_corrector": [[0, 1]],
        },
        [*LADDERS, *THRESHOLD, *FLOW],
    ),
    "LCMScheduler": (
        {"prediction_type": PREDICTIONS, "rescale_betas_zero_snr": [True], "clip_sample": [True]},
        [{"original_inference_steps": 100}, *THRESHOLD],
    ),
    "TCDScheduler": ({"prediction_type": PREDICTIONS, "@eta": [0.0, 0.3, 1.0]}, []),
    "FlowMatchEulerDiscreteScheduler": (
        {"shift": [3.0], "stochastic_sampling": [True], "shift_terminal": [0.1]},
        [*LADDERS, {"use_dynamic_shifting": True, "@mu": 0.8}],
    ),
}
COUNT, DIMS = 768, (4, 3, 8, 8)


def ramp():
    return (torch.arange(COUNT).reshape(3, 8, 8, 4) / COUNT).permute(3, 0, 1, 2)


def run(case):
    """The case with what the reference paints of it; None where it refuses or overflows."""
    cfg, steps, start = dict(case["cfg"]), case["steps"], case.get("start")
    scheduler = getattr(diffusers, cfg.pop("_class_name")).from_config(cfg)
    generator = torch.Generator().manual_seed(case["seed"])
    scheduler.set_timesteps(steps, **({"mu": case["mu"]} if "mu" in case else {}))
    takes = scheduler.step.__code__.co_varnames
    more = {"generator": generator} if "generator" in takes else {}
    if "eta" in case:
        more["eta"] = case["eta"]
    sample = ramp() * getattr(scheduler, "init_noise_sigma", 1.0)
    timesteps = scheduler.timesteps
    if start is not None:
        scheduler.set_begin_index(start) if hasattr(scheduler, "set_begin_index") else None
        noise = torch.arange(COUNT).flip(0).reshape(3, 8, 8, 4).permute(3, 0, 1, 2) / COUNT
        sample = scheduler.add_noise(sample, noise, timesteps[start : start + 1])
        timesteps = timesteps[start:]
    for t in timesteps:
        scaled = scheduler.scale_model_input(sample, t) if hasattr(scheduler, "scale_model_input") else sample
        sample = scheduler.step(scaled * t / (t + 1), t, scaled, **more).prev_sample
    # A sum of nothing is no measure.
    if not torch.isfinite(sample).all() or sample.abs().max() > 1e6 or sample.abs().sum() < 1e-6:
        return None
    return case | {
        "sum": sample.double().abs().sum().item(),
        "el": [sample[at].item() for at in ((0, 0, 0, 0), (1, 2, 3, 4), (3, 2, 7, 7))],
        "ts": scheduler.timesteps.tolist(),
    }


def make(kind, settings, steps, start=None):
    plain = {key: value for key, value in settings.items() if not key.startswith("@")}
    base = {} if kind.startswith("Flow") else SD
    case = {"cfg": {"_class_name": kind, **base, **plain}, "steps": steps, "seed": 0}
    case |= {key[1:]: value for key, value in settings.items() if key.startswith("@")}
    if start is not None:
        case["start"] = start
    said = ", ".join(f"{key.lstrip('@')} {value}" for key, value in settings.items())
    at = "" if start is None else f" from {start}"
    return {"name": f"{kind.removesuffix('Scheduler')} {steps}{at}: {said or 'as it is'}"} | case


def one_by_one():
    for kind, (keys, groups) in SAMPLERS.items():
        base = {"algorithm_type": "dpmsolver++"} if kind.startswith("DPM") else {}
        yield make(kind, {}, 7)
        for key, values in keys.items():
            for value in values:
                needs = {"final_sigmas_type": "sigma_min"} if str(value) in ("dpmsolver", "sde-dpmsolver") else {}
                yield make(kind, (base if key != "algorithm_type" else {}) | {key: value} | needs, 7)
        for group in groups:
            yield make(kind, base | group, 7)
        if kind not in ("LCMScheduler", "TCDScheduler", "PNDMScheduler"):
            yield make(kind, base, 10, 4)


def at_random(count, seed):
    rng = random.Random(seed)
    for _ in range(count):
        kind = rng.choice(list(SAMPLERS))
        keys, groups = SAMPLERS[kind]
        settings = {key: rng.choice(values) for key, values in keys.items() if rng.random() < 0.35}
        if groups and rng.random() < 0.5:
            settings |= rng.choice(groups)
        yield make(kind, settings, rng.choice([1, 2, 3, 4, 5, 8, 13, 16, 20, 30, 50]))


def main(file, count="0", seed="1"):
    cases = at_random(int(count), int(seed)) if int(count) else one_by_one()
    kept, seen = [], set()
    for case in cases:
        try:
            done = None if case["name"] in seen else run(case)
        except Exception as refusal:  # noqa: BLE001 - whatever the reference refuses is no case
            print(case["name"], "refused:", str(refusal)[:90], file=sys.stderr)
            continue
        seen.add(case["name"])
        if done:
            kept.append(done)
    with open(file, "w") as out:
        json.dump({"about": f"diffusers {diffusers.__version__}, torch {torch.__version__}, CPU", "cases": kept}, out)
        out.write("\n")
    print(len(kept), "cases")


if __name__ == "__main__":
    main(*sys.argv[1:])
