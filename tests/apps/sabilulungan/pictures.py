"""Pictures for tests: scenes with shapes and grain as a camera makes them, each different, and copies of them."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageEnhance

SIZE = (1200, 900)


def scene(number: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a picture of soft tones, shapes and grain; another number gives another picture."""
    draw = random.Random(number)
    tones = Image.frombytes("RGB", (10, 8), bytes(draw.randrange(40, 200) for _ in range(240)))
    image = tones.resize(size, Image.Resampling.BICUBIC)
    return _grained(_with_shapes(image, draw, 25))


def field_under_sky(number: int) -> Image.Image:
    """Return a picture of one kind that many visits have: sky, ground, some houses at the horizon."""
    draw, image = random.Random(number), Image.new("RGB", SIZE, (90, 100, 70))
    horizon, brush = draw.randrange(300, 450), ImageDraw.Draw(image)
    for y in range(horizon):
        brush.line((0, y, SIZE[0], y), fill=(120 + y * 40 // horizon, 150 + y * 40 // horizon, 170))
    for _ in range(12):
        x, wide, high = draw.randrange(SIZE[0]), draw.randrange(60, 300), draw.randrange(60, 400)
        brush.rectangle((x, horizon - high // 2, x + wide, horizon + high // 2), fill=_colour(draw))
    return _grained(image)


def page(number: int) -> Image.Image:
    """Return a scanned page of a form: the same lines on each, one word different."""
    image = Image.new("RGB", (1240, 1754), "white")
    brush = ImageDraw.Draw(image)
    for line in range(40):
        brush.rectangle((120, 150 + line * 38, 1100 - line % 7 * 60, 162 + line * 38), fill=(40, 40, 40))
    brush.text((600, 60), f"Nomor {number}", fill="black")
    return _grained(image, 0.02)


def _with_shapes(image: Image.Image, draw: random.Random, count: int) -> Image.Image:
    brush = ImageDraw.Draw(image)
    for _ in range(count):
        x, y = draw.randrange(image.width), draw.randrange(image.height)
        brush.rectangle((x, y, x + draw.randrange(30, 500), y + draw.randrange(30, 400)), fill=_colour(draw))
    return image


def _colour(draw: random.Random) -> tuple[int, int, int]:
    return draw.randrange(230), draw.randrange(230), draw.randrange(230)


def _grained(image: Image.Image, share: float = 0.1) -> Image.Image:
    """Return the picture with the grain of a camera, another each time."""
    return Image.blend(image, Image.effect_noise(image.size, 30).convert("RGB"), share)


def jpeg(image: Image.Image, quality: int = 85) -> bytes:
    """Return a picture as JPEG."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def copies(image: Image.Image) -> dict[str, bytes]:
    """Return what people make of a photo before they use it again."""
    wide, high = image.size
    brighter, darker = (ImageEnhance.Brightness(image).enhance(how) for how in (1.25, 0.7))
    return {
        "smaller": jpeg(image.resize((wide // 2, high // 2))),
        "sent by messenger": jpeg(image.resize((wide // 4, high // 4)), 60),
        "saved badly": jpeg(image, 30),
        "cut": jpeg(image.crop((6, 4, wide - 5, high - 6))),
        "brighter": jpeg(brighter),
        "darker": jpeg(darker),
        "all of it": jpeg(brighter.crop((6, 6, wide - 6, high - 6)).resize((900, 675)), 50),
    }


def upload(content: bytes | Image.Image) -> SimpleUploadedFile:
    """Return a picture as an upload."""
    return SimpleUploadedFile("foto.jpg", content if isinstance(content, bytes) else jpeg(content), "image/jpeg")
