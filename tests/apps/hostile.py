"""A region whose every free text tries to be markup, a template, a shell command or a path: pages show it as text."""

import html
import os
from typing import Any

import rendered


def serve(monkeypatch: Any, app: str) -> str:
    """Let the app serve that region for one test; return the words its free texts hold."""
    from core import region
    from tests.kit.render import nasty

    made = rendered.hostile()
    monkeypatch.setenv("KIT_REGION_DIRS", os.pathsep.join(str(made[name]) for name in ("core", app)))
    region.forget()
    return nasty.WORDS


def assert_text(client: Any, words: str, addresses: tuple[str, ...]) -> None:
    """Every page answers, holds the words escaped, and nowhere as they are."""
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert html.escape(words) in page, address
        assert "<b>&amp;</b>" not in page, address
        assert "uid=" not in page, address
