"""The daily files of open data: whole, checked by hash, replaced at once, and the same by an offline command."""

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from core import dates, shared
from core.export import Column, csv_lines
from sabilulungan.domain import rulebook
from sabilulungan.domain.queries import lists
from sabilulungan.interfaces import grants360
from sabilulungan.interfaces.dictionary import DICTIONARY
from sabilulungan.interfaces.exports import COLUMNS, json_lines, records

MANIFEST = "isi.json"
_SHARED = "data-terbuka"
FILES = {
    "usulan.csv": ("text/csv", "Semua usulan, satu baris satu usulan"),
    "usulan.json": ("application/json", "Semua usulan sebagai JSON"),
    "360giving.json": ("application/json", "Bantuan yang ditetapkan menurut 360Giving Data Standard 1.4"),
    "kamus-data.csv": ("text/csv", "Kamus data: arti setiap kolom"),
}


def folder() -> Path:
    """Return where the daily files lie."""
    return Path(settings.STATE_DIR) / _SHARED


def present(name: str) -> Path:
    """Return where a daily file lies on this server."""
    return shared.present(f"{_SHARED}/{name}", folder() / name)


def publish_daily() -> dict[str, Any]:
    """Publish the daily files on every server of the app; return the list."""
    made = publish(folder())
    for name in (*FILES, MANIFEST):
        shared.keep(f"{_SHARED}/{name}", folder() / name)
    return made


def publish(target: Path) -> dict[str, Any]:
    """Write every file and the list of them into a folder; return the list.

    Each file is written beside its place and then renamed, so that a reader never gets half of one.
    """
    target.mkdir(parents=True, exist_ok=True, mode=0o750)
    made = {name: _write(target / name, _content(name)) for name in FILES}
    manifest = {
        "dibuat": dates.local(dates.now()).isoformat(timespec="seconds"),
        "lisensi": rulebook.current().data_licence,
        "berkas": made,
    }
    _write(target / MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=1)])
    return manifest


def _content(name: str) -> Iterator[str]:
    if name == "kamus-data.csv":
        return _dictionary()
    if name == "360giving.json":
        return grants360.package(lists.public_list())
    if name == "usulan.json":
        return json_lines(records(lists.public_list()))
    columns = [Column(key, lambda row, key=key: row[key]) for key in COLUMNS]
    return csv_lines(columns, records(lists.public_list()))


def _dictionary() -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["kolom", "jenis", "arti"])
    writer.writerows([name, kind, meaning] for name, (kind, meaning) in DICTIONARY.items())
    yield "\ufeff" + text.getvalue()


def _write(path: Path, parts: Iterable[str]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as out:
        for part in parts:
            raw = part.encode()
            digest.update(raw)
            size += len(raw)
            out.write(raw)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)
    return {"bita": size, "sha256": digest.hexdigest()}


def published() -> dict[str, Any] | None:
    """Return the list of the files published last, None before the first day."""
    path = present(MANIFEST)
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
