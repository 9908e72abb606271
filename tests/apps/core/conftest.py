"""Core is tested inside a small project of its own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import support

support.prepare("project", Path(__file__).resolve().parent / "project", "project.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent))

pytest_plugins = ["plugin"]
