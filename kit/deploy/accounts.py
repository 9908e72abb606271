"""The demo accounts that the apps made, read back for the printed table."""

import json
from dataclasses import dataclass

from kit.deploy.state import State


@dataclass(frozen=True, slots=True)
class Account:
    """One person a visitor can sign in as."""

    app: str
    role: str
    full_name: str
    username: str
    password: str
    scope: str = ""


def demo_accounts(state: State, apps: tuple[str, ...]) -> list[Account]:
    """The accounts of every app, in the order the apps made them. An app without a file has none."""
    found = []
    for app in apps:
        path = state.accounts(app)
        if path.is_file():
            found += [Account(app, **row) for row in json.loads(path.read_text(encoding="utf-8"))]
    return found
