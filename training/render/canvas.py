"""What scenes and styles are made with: a batch of square pictures, [batch, 3, size, size] in 0..1, and chance.

Lengths are shares of the picture: a scene looks the same at any size. Distances to an edge are positive inside."""

import math

import torch
import torch.nn.functional as F

TAU = 2 * math.pi


class Canvas:
    """A batch of pictures in the making. `x` and `y` run 0..1, pixel centres, broadcast over [batch, 1, size, size]."""

    def __init__(self, batch, size, device, generator, rng):
        self.batch, self.size, self.device, self.generator, self.rng = batch, size, device, generator, rng
        along = (torch.arange(size, device=device) + 0.5) / size
        self.y = along.view(1, 1, size, 1).expand(1, 1, size, size)
        self.x = along.view(1, 1, 1, size).expand(1, 1, size, size)
        # What each picture turned out to show, in words for its caption.
        self.tags = [[] for _ in range(batch)]

    def rand(self, *shape):
        return torch.rand(*shape, generator=self.generator, device=self.device)

    def between(self, a, b):
        """A number a picture, [batch, 1, 1, 1]."""
        return a + (b - a) * self.rand(self.batch, 1, 1, 1)

    def whole(self, a, b):
        """A whole number a picture, a <= n < b."""
        return torch.randint(a, b, (self.batch, 1, 1, 1), generator=self.generator, device=self.device).float()

    def flag(self, p, *words):
        """1 with chance p, else 0; where 1, the picture's caption may say one of the words."""
        drawn = self.rand(self.batch) < p
        if words:
            for i, is_set in enumerate(drawn.tolist()):
                if is_set:
                    self.tags[i].append(self.rng.choice(words))
        return drawn.view(-1, 1, 1, 1).float()

    def col(self, role):
        """The colour that plays the role, [batch, 3, 1, 1]."""
        return self.palette[:, role].view(self.batch, 3, 1, 1)

    def edge(self, distance):
        """Anti-aliased inside of a shape, from the distance to its edge (inside > 0)."""
        return (distance * self.size + 0.5).clamp(0, 1)

    def noise(self, fy, fx, octaves=4, gain=0.5):
        """Fractal value noise in 0..1, fy cells down and fx across in the first octave."""
        total, weights, weight = 0, 0, 1
        for k in range(octaves):
            ny, nx = min(int(fy * 2**k), self.size // 2), min(int(fx * 2**k), self.size // 2)
            lattice = self.rand(self.batch, 1, ny + 2, nx + 2)
            grown = F.interpolate(lattice, (self.size, self.size), mode="bicubic", align_corners=True)
            total, weights, weight = total + weight * grown, weights + weight, weight * gain
        return total / weights

    def ridge(self, f, octaves=4, gain=0.5, sharp=False):
        """The same along x alone: a skyline. Sharp ones have corners."""
        total, weights, weight = 0, 0, 1
        mode = "bilinear" if sharp else "bicubic"
        for k in range(octaves):
            points = self.rand(self.batch, 1, 1, min(int(f * 2**k), self.size // 2) + 2)
            line = F.interpolate(points.expand(-1, -1, 2, -1), (2, self.size), mode=mode, align_corners=True)
            total, weights, weight = total + weight * line[:, :, :1], weights + weight, weight * gain
        return total / weights

    def table(self, index, n, channels=1):
        """Random numbers a cell: one tensor a channel, gathered at index [batch | 1, 1, *, size] in [0, n)."""
        numbers = self.rand(self.batch, channels, n)
        at = index.expand(self.batch, -1, -1, -1).clamp(0, n - 1).long()
        row = lambda k: numbers[:, k : k + 1].unsqueeze(2).expand(-1, 1, at.shape[2], -1)
        return [torch.gather(row(k), 3, at) for k in range(channels)]


def mix(a, b, m):
    """a where m is 0, b where it is 1."""
    return a + (b - a) * m


def smooth(a, b, v):
    """Hermite step: 0 at a, 1 at b."""
    t = ((v - a) / (b - a)).clamp(0, 1)
    return t * t * (3 - 2 * t)


def blur(im, r, n=2):
    for _ in range(n):
        im = F.avg_pool2d(F.pad(im, (r, r, r, r), mode="reflect"), 2 * r + 1, 1)
    return im


def luminance(im):
    return (im * torch.tensor([0.3, 0.59, 0.11], device=im.device).view(1, 3, 1, 1)).sum(1, keepdim=True)


def warp(c, im, dx, dy):
    """The picture, each pixel fetched from (dx, dy) away."""
    gx = (c.x + dx).expand(c.batch, 1, c.size, c.size)
    gy = (c.y + dy).expand(c.batch, 1, c.size, c.size)
    return F.grid_sample(
        im, torch.cat([gx, gy], 1).permute(0, 2, 3, 1) * 2 - 1, padding_mode="reflection", align_corners=False
    )
