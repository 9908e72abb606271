"""The manifest and the digests of what a render depends on."""

import json
from pathlib import Path

import pytest

from kit.render import manifest
from kit.render.manifest import Inputs
from kit.render.tree import File


def test_every_input_counts() -> None:
    digests = {
        Inputs("k", {"core": "a"}, "p").digest,
        Inputs("K", {"core": "a"}, "p").digest,
        Inputs("k", {"core": "b"}, "p").digest,
        Inputs("k", {"core": "a", "hayu": "b"}, "p").digest,
        Inputs("k", {"core": "a"}, "P").digest,
    }
    assert len(digests) == 5
    assert Inputs("k", {"a": "1", "b": "2"}, "p").digest == Inputs("k", {"b": "2", "a": "1"}, "p").digest


def test_the_kits_own_code_and_data_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in ("kit/profile/schema", "kit/render", "regions/data"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(manifest, "ROOT", tmp_path)

    def digest() -> str:
        return manifest.kit_digest.__wrapped__()

    seen = {digest()}
    for path in ("kit/profile/schema/a.py", "kit/render/b.py", "regions/data/c.csv", "regions/data/d.yml"):
        (tmp_path / path).write_text("x")
        seen.add(digest())
    assert len(seen) == 5
    (tmp_path / "kit/render/__pycache__").mkdir()
    (tmp_path / "kit/render/__pycache__/b.pyc").write_text("x")
    (tmp_path / "regions/data/SOURCE.md").write_text("x")
    assert digest() in seen


def test_it_is_read_back() -> None:
    made = manifest.manifest(
        Inputs("k", {"core": "t"}, "p"), "52.71", "kota-mataram", ["region.yml"], {"b": File(b""), "a": File(b"", True)}
    )
    values = manifest.read(made.data)
    assert values["region"] == {"code": "52.71", "slug": "kota-mataram"}
    assert values["files"] == {"a": f"100755 {File(b'').digest}", "b": f"100644 {File(b'').digest}"}
    assert made.data.decode() == json.dumps(values, sort_keys=True, indent=1) + "\n"


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"1", b'{"format": 2}', b"\xff", b"{}"])
def test_what_is_none_is_empty(raw: bytes) -> None:
    assert manifest.read(raw) == {}
