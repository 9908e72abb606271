"""Invented small businesses, in the mix of hayu.md section 20."""

import datetime as dt
import io
import random
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw

from core import wilayah
from core.region import region
from core.wilayah import Place
from hayu.domain.policy import policy
from hayu.rules import kbli

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of business: KBLI 2025 code, scope, share in the mix, how such places are called, usual capital."""

    code: str
    scope: int | None
    share: int
    names: tuple[str, ...]
    capital: tuple[int, int]


KINDS = (
    Kind("56101", 2, 20, ("Warung Nasi {who}", "Warung Makan {word}", "Ayam Geprek {word}"), (8, 90)),
    Kind("56102", 2, 14, ("Bakso {who}", "Bubur Ayam {who}", "Gorengan {who}"), (2, 20)),
    Kind("47112", None, 22, ("Warung {who}", "Toko Kelontong {word}", "Sembako {who}"), (5, 80)),
    Kind("56303", None, 6, ("Kopi {word}", "Kedai {word}"), (30, 350)),
    Kind("96100", None, 5, ("{word} Laundry", "Laundry {who}"), (20, 120)),
    Kind("14111", None, 5, ("Konveksi {word}", "{word} Garmen"), (60, 480)),
    Kind("96210", None, 4, ("Pangkas Rambut {who}", "Salon {who}"), (6, 60)),
    Kind("95320", None, 4, ("Bengkel Motor {word}", "Bengkel {who}"), (15, 140)),
    Kind("62199", None, 2, ("{word} Digital", "Studio {word}"), (20, 200)),
    Kind("14120", None, 4, ("Penjahit {who}",), (4, 25)),
    Kind("10794", None, 4, ("Keripik {who}", "Kerupuk {word}"), (5, 70)),
    Kind("95102", None, 3, ("Servis HP {word}",), (10, 60)),
    Kind("10307", None, 2, ("Tempe {who}",), (8, 40)),
    Kind("56290", None, 3, ("Katering {who}",), (15, 150)),
    Kind("49296", None, 2, ("Ojek {who}",), (12, 25)),
)
_WORDS = (
    "Berkah",
    "Sejahtera",
    "Barokah",
    "Mekar",
    "Sari Rasa",
    "Maju Jaya",
    "Pelangi",
    "Kenanga",
    "Cahaya",
    "Bintang",
)
_CALLS = ("Bu", "Pak", "Teh", "Mang")
_STREETS = (
    "Melati",
    "Kenanga",
    "Anggrek",
    "Mawar",
    "Cempaka",
    "Flamboyan",
    "Pahlawan",
    "Merdeka",
    "Pasar Lama",
    "Masjid",
)


def kind(rng: random.Random) -> Kind:
    """Return a kind of business by its share, among those the region lets report."""
    reported = [item for item in KINDS if (found := kbli.find(item.code)) and not policy().exclusion(found)]
    return rng.choices(reported, [item.share for item in reported])[0]


def name(rng: random.Random, item: Kind, owner: str) -> str:
    """Return the name of a place: "Warung Nasi Bu Ani"."""
    who = f"{rng.choice(_CALLS)} {owner.split(maxsplit=1)[0]}"
    return rng.choice(item.names).format(who=who, word=rng.choice(_WORDS))


def place(rng: random.Random) -> Place:
    """Return a kelurahan or desa of the region."""
    villages = wilayah.villages()
    if not villages:
        raise RuntimeError(f"The region data of {region().region.name} hold no villages: render the region again.")
    return rng.choice(villages)


def facts(rng: random.Random, item: Kind, owner: str, started: dt.date) -> dict[str, Any]:
    """Return what an owner would fill in."""
    capital = int(rng.triangular(*item.capital, item.capital[0] + (item.capital[1] - item.capital[0]) / 5)) * MILLION
    capital = min(capital, policy().threshold // MILLION * MILLION - MILLION)
    is_new = rng.random() < 0.35
    street, number = rng.choice(_STREETS), rng.randint(1, 220)
    return {
        "business_name": name(rng, item, owner),
        "scope_number": item.scope,
        "capital": capital,
        "yearly_sales": None if is_new else max(12 * MILLION, capital * rng.randint(1, 5)),
        "workers": rng.choice((1, 1, 2, 2, 3, 4, 6)),
        "started_on": started if is_new else started - dt.timedelta(days=rng.randint(200, 3000)),
        "village_code": place(rng).code,
        "address": f"Jl. {street} No. {number}, RT {rng.randint(1, 9):02d}/RW {rng.randint(1, 14):02d}",
    }


def picture(rng: random.Random) -> io.BytesIO:
    """Return a small drawn shop front as JPEG: no photograph of anything."""
    image = Image.new("RGB", (320, 240), (226, 214, 190))
    draw = ImageDraw.Draw(image)
    wall = (rng.randint(120, 220), rng.randint(120, 200), rng.randint(110, 190))
    draw.rectangle((30, 80, 290, 220), fill=wall)
    draw.polygon([(15, 80), (305, 80), (270, 40), (50, 40)], fill=(140, 70, 50))
    draw.rectangle((60, 130, 130, 220), fill=(90, 70, 60))
    draw.rectangle((155, 120, 265, 180), fill=(200, 225, 235))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    out.seek(0)
    return out
