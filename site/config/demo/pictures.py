"""Pictures drawn by the program: calm shapes in the site's colours, the same ones every time."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 675
SCALE = 2  # drawn at twice the size and brought down, so that edges are smooth
HORIZON = 470

Colour = tuple[int, int, int]


class Palette(NamedTuple):
    """The colours of one picture, from the top of the sky to what stands in front."""

    top: Colour
    bottom: Colour
    sun: Colour
    far: Colour
    near: Colour
    ground: Colour
    accent: Colour
    light: Colour


PALETTES = {
    "morning": Palette(
        (214, 226, 232),
        (248, 240, 228),
        (250, 222, 176),
        (173, 189, 190),
        (121, 146, 139),
        (226, 214, 196),
        (148, 32, 27),
        (255, 243, 214),
    ),
    "noon": Palette(
        (190, 214, 226),
        (240, 243, 238),
        (255, 238, 200),
        (163, 184, 160),
        (104, 134, 108),
        (222, 217, 198),
        (176, 80, 58),
        (255, 247, 226),
    ),
    "dusk": Palette(
        (96, 98, 124),
        (236, 190, 160),
        (246, 200, 150),
        (120, 106, 122),
        (78, 74, 94),
        (108, 92, 98),
        (148, 32, 27),
        (255, 214, 140),
    ),
    "winter": Palette(
        (203, 212, 220),
        (240, 242, 244),
        (250, 246, 236),
        (178, 190, 200),
        (132, 146, 158),
        (246, 247, 248),
        (148, 48, 40),
        (255, 226, 170),
    ),
}


@dataclass
class Canvas:
    """A sheet with a sky on it; coordinates are those of the finished picture."""

    draw: ImageDraw.ImageDraw
    colours: Palette
    dice: random.Random

    def box(self, corners: tuple[float, float, float, float], fill: Colour, radius: float = 0) -> None:
        self.draw.rounded_rectangle(
            [round(value * SCALE) for value in corners], radius=round(radius * SCALE), fill=fill
        )

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.draw.ellipse(
            [round(v * SCALE) for v in (x - radius, y - radius, x + radius, y + radius)],
            fill=fill,
        )

    def shape(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)


Motif = Callable[[Canvas], None]


def hills(canvas: Canvas) -> None:
    """Two ranges, one behind the other."""
    for base, height, colour in (
        (HORIZON, 150, canvas.colours.far),
        (HORIZON + 30, 90, canvas.colours.near),
    ):
        points = [(0.0, float(HEIGHT)), (0.0, float(base))]
        points += [(x, base - height * canvas.dice.uniform(0.2, 1)) for x in range(100, WIDTH, 200)]
        points += [(float(WIDTH), float(base)), (float(WIDTH), float(HEIGHT))]
        canvas.shape(points, colour)


def ground(canvas: Canvas) -> None:
    canvas.box((0, HORIZON, WIDTH, HEIGHT), canvas.colours.ground)


def houses(canvas: Canvas) -> None:
    """A row of houses, some windows lit."""
    left = -20.0
    while left < WIDTH:
        width, height = canvas.dice.randint(110, 210), canvas.dice.randint(130, 290)
        wall = canvas.dice.choice((canvas.colours.far, canvas.colours.near, canvas.colours.accent))
        canvas.box((left, HORIZON - height, left + width, HORIZON + 6), wall)
        if canvas.dice.random() < 0.5:
            roof = [
                (left - 8, HORIZON - height),
                (left + width / 2, HORIZON - height - 54),
                (left + width + 8, HORIZON - height),
            ]
            canvas.shape(roof, canvas.colours.near)
        _windows(canvas, left, HORIZON - height, width, height)
        left += width + canvas.dice.randint(6, 40)


def _windows(canvas: Canvas, left: float, top: float, width: float, height: float) -> None:
    for row in range(int(height // 56)):
        for column in range(int(width // 48)):
            colour = canvas.colours.light if canvas.dice.random() < 0.55 else canvas.colours.bottom
            x, y = left + 16 + column * 48, top + 20 + row * 56
            canvas.box((x, y, x + 20, y + 28), colour, 3)


def trees(canvas: Canvas) -> None:
    for _number in range(5):
        x, size = canvas.dice.randint(60, WIDTH - 60), canvas.dice.randint(46, 86)
        canvas.box((x - 6, HORIZON - size, x + 6, HORIZON + 24), canvas.colours.near)
        canvas.disc(x, HORIZON - size - 18, size, canvas.colours.far)
        canvas.disc(x + size * 0.5, HORIZON - size + 8, size * 0.7, canvas.colours.near)


def water(canvas: Canvas) -> None:
    """A bay with ripples and two boats."""
    canvas.box((0, HORIZON, WIDTH, HEIGHT), canvas.colours.near)
    for _number in range(26):
        x, y = canvas.dice.randint(0, WIDTH), canvas.dice.randint(HORIZON + 16, HEIGHT - 10)
        canvas.box((x, y, x + canvas.dice.randint(60, 190), y + 5), canvas.colours.far, 2)
    for x in (320, 820):
        canvas.shape([(x, 500), (x + 150, 500), (x + 118, 536), (x + 30, 536)], canvas.colours.accent)
        canvas.shape([(x + 70, 496), (x + 70, 380), (x + 140, 490)], canvas.colours.light)


def figures(canvas: Canvas) -> None:
    """A few people seen from afar: a head and shoulders each."""
    count = canvas.dice.randint(2, 5)
    for number in range(count):
        x = WIDTH * (number + 1) / (count + 1) + canvas.dice.randint(-40, 40)
        size = canvas.dice.uniform(0.85, 1.2)
        colour = canvas.dice.choice((canvas.colours.accent, canvas.colours.near, canvas.colours.far))
        canvas.box((x - 62 * size, HEIGHT - 210 * size, x + 62 * size, HEIGHT + 60), colour, 54 * size)
        canvas.disc(x, HEIGHT - 258 * size, 44 * size, canvas.colours.ground)
        canvas.disc(x, HEIGHT - 270 * size, 44 * size, colour)


def table(canvas: Canvas) -> None:
    canvas.box((180, 470, 1020, 506), canvas.colours.accent, 8)
    for x in (240, 930):
        canvas.box((x, 506, x + 30, 640), canvas.colours.accent, 4)
    for x in range(260, 1000, 150):
        canvas.box((x, 400, x + 74, 470), canvas.colours.far, 14)
        canvas.disc(x + 37, 440, 16, canvas.colours.light)


def bowl(canvas: Canvas) -> None:
    canvas.shape([(380, 420), (820, 420), (740, 590), (460, 590)], canvas.colours.accent)
    canvas.box((470, 580, 730, 610), canvas.colours.accent, 12)
    canvas.box((360, 396, 840, 430), canvas.colours.light, 16)
    for x in (500, 600, 700):
        canvas.box((x, 250 + canvas.dice.randint(0, 40), x + 12, 372), canvas.colours.ground, 6)


def books(canvas: Canvas) -> None:
    for shelf in (300, 470, 640):
        canvas.box((140, shelf, 1060, shelf + 14), canvas.colours.near)
        x = 160.0
        while x < 1020:
            width, height = canvas.dice.randint(18, 44), canvas.dice.randint(80, 140)
            colour = canvas.dice.choice((canvas.colours.accent, canvas.colours.far, canvas.colours.light))
            canvas.box((x, shelf - height, x + width, shelf), colour, 3)
            x += width + canvas.dice.choice((3, 3, 5, 26))


def door(canvas: Canvas) -> None:
    canvas.box((430, 170, 770, 675), canvas.colours.near, 10)
    canvas.box((470, 210, 730, 675), canvas.colours.accent, 6)
    canvas.shape([(470, 210), (660, 250), (660, 675), (470, 675)], canvas.colours.light)
    canvas.disc(640, 460, 9, canvas.colours.accent)


def balance(canvas: Canvas) -> None:
    for level, count in enumerate((5, 4, 3, 2, 1)):
        for number in range(count):
            x = 600 + (number - (count - 1) / 2) * 118
            colour = canvas.dice.choice((canvas.colours.accent, canvas.colours.near, canvas.colours.far))
            canvas.disc(x, 600 - level * 102, 52, colour)


def ramp(canvas: Canvas) -> None:
    canvas.shape([(120, 640), (900, 430), (1080, 430), (1080, 640)], canvas.colours.far)
    for step in range(6):
        x = 150 + step * 148
        canvas.box((x, 505 - (x - 130) * 0.27, x + 12, 640 - (x - 120) * 0.27), canvas.colours.accent)
    canvas.shape([(130, 500), (900, 292), (900, 304), (130, 512)], canvas.colours.accent)


def flakes(canvas: Canvas) -> None:
    for _number in range(90):
        canvas.disc(canvas.dice.randint(0, WIDTH), canvas.dice.randint(0, HORIZON), 3, canvas.colours.light)


SCENES: dict[str, tuple[str, tuple[Motif, ...]]] = {
    "harbour": ("dusk", (hills, water)),
    "courtyard": ("dusk", (houses, ground, trees)),
    "table": ("morning", (houses, ground, table)),
    "snow": ("winter", (hills, houses, ground, flakes)),
    "town": ("morning", (hills, houses, ground)),
    "door": ("morning", (ground, door)),
    "balance": ("noon", (ground, balance)),
    "ramp": ("noon", (ground, ramp)),
    "meal": ("noon", (ground, bowl)),
    "books": ("morning", (books,)),
    "people": ("noon", (hills, ground, figures)),
    "park": ("noon", (hills, ground, trees)),
    "street": ("morning", (houses, ground, trees)),
    "evening": ("dusk", (houses, ground)),
}


def draw(scene: str, *, seed: str) -> ContentFile:
    """Return the picture of ``scene``; ``seed`` varies it, and the same seed gives the same picture."""
    palette, motifs = SCENES[scene]
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
    canvas = Canvas(ImageDraw.Draw(image), PALETTES[palette], random.Random(seed))  # noqa: S311 -- a picture, no secret
    _sky(canvas)
    for motif in motifs:
        motif(canvas)
    file = BytesIO()
    image.reduce(SCALE).save(file, "JPEG", quality=82, optimize=True)
    return ContentFile(file.getvalue())


def _sky(canvas: Canvas) -> None:
    top, bottom = canvas.colours.top, canvas.colours.bottom
    for y in range(0, HEIGHT, 3):
        share = y / HEIGHT
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        canvas.box((0, y, WIDTH, y + 3), (red, green, blue))
    canvas.disc(canvas.dice.randint(160, WIDTH - 160), canvas.dice.randint(110, 230), 66, canvas.colours.sun)
