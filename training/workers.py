"""Training on what there is: one process on a GPU, or single-threaded ones a core that average their gradients.

On two shared CPU cores two single-threaded workers are 1.6 times as fast as one worker with two threads.
"""

import os
import socket
import time

import torch
import torch.distributed as dist
import torch.multiprocessing as mp

CHECKPOINT_EVERY_S = 240


def launch(work_fn, workers, *arguments):
    """Runs `work_fn(worker, *arguments)` in every worker; on a GPU there is one."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    count = 1 if device == "cuda" else workers
    if count == 1:
        work_fn(Worker(0, 1, device), *arguments)
    else:
        mp.spawn(_begin, args=(count, free_port(), work_fn, arguments), nprocs=count)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _begin(rank, count, port, work_fn, arguments):
    torch.set_num_threads(1)
    os.environ["MASTER_ADDR"], os.environ["MASTER_PORT"] = "127.0.0.1", port
    dist.init_process_group("gloo", rank=rank, world_size=count)
    work_fn(Worker(rank, count, "cpu"), *arguments)
    dist.destroy_process_group()


class Worker:
    def __init__(self, rank, count, device):
        self.rank, self.count, self.device = rank, count, device
        self.leads = rank == 0

    def begin_alike(self, network):
        """Everybody takes the leading worker's weights: averaged gradients mean nothing between different networks."""
        if self.count > 1:
            for value in network.state_dict().values():
                dist.broadcast(value, 0)

    def average(self, parameters):
        """Gradients become the mean over all workers'."""
        if self.count == 1:
            return
        flat = torch.cat([p.grad.flatten() for p in parameters])
        dist.all_reduce(flat)
        at = 0
        for p in parameters:
            p.grad.copy_(flat[at : at + p.numel()].view_as(p) / self.count)
            at += p.numel()

    def goes_on(self, span):
        """Whether there is another step. All go by the leading worker's clock, and leave in the same step."""
        told = torch.tensor([span.elapsed(), float(span.is_over())])
        if self.count > 1:
            dist.broadcast(told, 0)
        span.share = told[0].item()
        return told[1].item() == 0


class Span:
    """The time a run has been given. A file called `stop` in the work folder ends it early, checkpointed."""

    def __init__(self, seconds, work):
        self.start, self.seconds, self.stop_file = time.time(), seconds, work / "stop"
        self.saved, self.share = self.start, 0.0

    def elapsed(self):
        return (time.time() - self.start) / self.seconds

    def is_over(self):
        return self.elapsed() >= 1 or self.stop_file.exists()

    def should_save(self):
        due = time.time() - self.saved > CHECKPOINT_EVERY_S
        if due:
            self.saved = time.time()
        return due

    def rate(self, full, steady=0.65, least=0.02):
        """Learning rate: full for the first part of the span, then down in a line."""
        return full * (1 if self.share < steady else max(least, (1 - self.share) / (1 - steady)))


class Average:
    """Exponential moving average of a network's weights, short at first: min(decay, (1 + n) / (10 + n))."""

    def __init__(self, network, decay, weights=None):
        self.decay = decay
        self.weights = weights or {name: value.clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def follow(self, network, step):
        keep = min(self.decay, (1 + step) / (10 + step))
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                self.weights[name].lerp_(value, 1 - keep)
            else:
                self.weights[name].copy_(value)


def save(state, file):
    """Whole or not at all."""
    torch.save(state, file.with_suffix(".part"))
    os.replace(file.with_suffix(".part"), file)
