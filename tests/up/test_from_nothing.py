"""From nothing to three apps, and again: what it takes, and that the data are there. Runs alone, since it measures."""

import json
import re
import sqlite3
import time

from tests.up.newcomer import APPS, Newcomer, healthy

FIRST_START = 120.0
WARM_START = 10.0


def test_from_nothing_to_three_apps(newcomer: Newcomer) -> None:
    """Must be first: it starts from an empty home and a clone with nothing installed."""
    began = time.monotonic()
    said = newcomer.type("up", "kota-bandung", "--detach")
    seconds = time.monotonic() - began
    healthy(newcomer)
    assert seconds <= FIRST_START
    assert "making .venv" in said
    assert "Kota Bandung" in said
    for app, url in newcomer.urls().items():
        assert re.search(rf"{app}\s+{url}", said)
    accounts = [json.loads((newcomer.state() / app / "demo-accounts.json").read_text()) for app in APPS]
    assert all(accounts)
    passwords = [row["password"] for rows in accounts for row in rows]
    assert len(set(passwords)) == len(passwords)
    assert all(password in said for password in passwords)
    assert {path.name for path in newcomer.home.iterdir()} <= {".cache"}


def test_a_warm_start_is_quick_and_the_data_are_there(newcomer: Newcomer) -> None:
    newcomer.type("up", "kota-bandung", "--detach")
    newcomer.type("down", "kota-bandung")
    for app in APPS:
        with sqlite3.connect(newcomer.state() / app / "db.sqlite3") as database:
            database.execute("CREATE TABLE IF NOT EXISTS kept_by_a_test (x)")
    files = {path: path.read_bytes() for path in newcomer.state().glob("*/secrets/*")}
    began = time.monotonic()
    said = newcomer.type("up", "kota-bandung", "--detach")
    seconds = time.monotonic() - began
    healthy(newcomer)
    assert seconds <= WARM_START
    assert "changed" not in said.replace("unchanged", "")
    for app in APPS:
        with sqlite3.connect(newcomer.state() / app / "db.sqlite3") as database:
            assert database.execute("SELECT count(*) FROM kept_by_a_test").fetchone() == (0,)
            applied = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
        (noted,) = newcomer.state().glob(f"releases/*/.schema-{app}")
        assert noted.read_text() == "".join(f"{owner} {name}\n" for owner, name in applied)
    assert {path: path.read_bytes() for path in newcomer.state().glob("*/secrets/*")} == files
    assert len(files) == 2 * len(APPS)
