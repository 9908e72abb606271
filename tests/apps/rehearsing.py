"""The rehearsal of an app leaves the database and the files exactly as they were."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from core import rehearsal

MOMENTS = ("2026-03-21T22:30Z", "2027-01-01T16:59Z")
"""The morning of a feast on a Sunday; the last minute of New Year's Day, when no window is open."""


def rows() -> dict[str, int]:
    """Rows of each table."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def files_of_state() -> set[Path]:
    """Every file below the state directory."""
    return {path for path in Path(settings.STATE_DIR).rglob("*") if path.is_file()}


def played() -> dict[str, Any]:
    """Play the story between two counts, which must agree, and return its outcome."""
    before = rows(), files_of_state()
    outcome = rehearsal.run().as_dict()
    assert (rows(), files_of_state()) == before
    return outcome
