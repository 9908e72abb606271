"""Where the project's own files are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The clone that holds `kitw`, the templates and the regions."""
