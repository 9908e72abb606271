"""The outlines for maps: as their index says, and of the regions whose villages are known."""

import csv
import hashlib
import json

import pytest

from kit.profile.official import DATA, Place, boundaries, regions, territory

LEVELS = {"regencies": 2, "districts": 3, "villages": 4}
ROWS = list(csv.DictReader((DATA / "boundaries/index.csv").read_text(encoding="utf-8").splitlines()))
NOT_DRAWN = {"52.02": 15, "52.07": 1}  # new desa whose land is still drawn in the mother village


def test_each_file_is_the_one_the_index_names() -> None:
    """The index is what a render knows the outlines by: it never reads those of other regions."""
    found = sorted(path.relative_to(DATA / "boundaries").as_posix() for path in DATA.glob("boundaries/*/*"))
    assert [row["file"] for row in ROWS] == found
    for row in ROWS:
        raw = (DATA / "boundaries" / row["file"]).read_bytes()
        assert (len(raw), hashlib.sha256(raw).hexdigest()) == (int(row["bytes"]), row["sha256"]), row["file"]


@pytest.mark.parametrize("code", [code for code in regions() if code.split(".")[0] in ("32", "36", "52")])
def test_outlines_and_official_codes_agree(code: str) -> None:
    known: dict[int, list[Place]] = {}
    for place in territory(code):
        known.setdefault(place.level, []).append(place)
    files = boundaries(code)
    assert set(files) == ({"regencies"} if regions()[code].kind == "provinsi" else {"districts", "villages"})
    for level, path in files.items():
        (parts,) = json.loads(path.read_text(encoding="utf-8"))["objects"].values()
        codes = [part["properties"]["code"] for part in parts["geometries"]]
        official = {place.code for place in known[LEVELS[level]]}
        assert len(codes) == len(set(codes))
        assert set(codes) <= official
        assert len(official) - len(codes) == (NOT_DRAWN.get(code, 0) if level == "villages" else 0)


def test_elsewhere_there_are_none() -> None:
    assert boundaries("11.01") == {}
    assert boundaries("../../32.73") == {}
