"""What the apps and Ansible are given: paths and names, the keys by their files only."""

import re
from pathlib import Path
from urllib.parse import unquote

from kit.deploy.embedded import environment, variables
from kit.deploy.processes import MARK
from kit.deploy.state import State


def test_an_app_gets_its_own_directory_and_no_secret() -> None:
    state = State(Path("/srv/a b#?%/var"), "32.73-kota-bandung")
    given = environment(state, "hayu", 8101)
    home = "/srv/a b#?%/var/32.73-kota-bandung/hayu"
    assert given["KIT_STATE_DIR"] == home
    assert given["SECRET_KEY_FILE"] == f"{home}/secrets/SECRET_KEY"
    assert given["DATA_KEY_FILE"] == f"{home}/secrets/DATA_KEY"
    assert {"SECRET_KEY", "DATA_KEY"}.isdisjoint(given)
    assert given["BASE_URL"] == "http://localhost:8101"
    assert given["ALLOWED_HOSTS"] == "localhost,127.0.0.1"
    assert given[MARK] == str(state.root)
    assert re.fullmatch(r"sqlite:////[^ #?]*", given["DATABASE_URL"])
    assert unquote(given["DATABASE_URL"]) == f"sqlite:///{home}/db.sqlite3"


def test_ansible_gets_paths_and_the_names_of_apps() -> None:
    state = State(Path("/var"), "32.73-kota-bandung")
    given = variables(state, Path("/build/x"), {"hayu": 8101, "erk": 8102})
    assert given["release_source"] == "/build/x"
    assert given["release_apps"] == given["app_names"] == ["hayu", "erk"]
    assert given["release_shared_venvs"] == "/var/venvs"
    assert given["app_environment"] == {
        "hayu": environment(state, "hayu", 8101),
        "erk": environment(state, "erk", 8102),
    }


def test_regions_and_apps_do_not_meet(tmp_path: Path) -> None:
    one, two = State(tmp_path, "32.73-kota-bandung"), State(tmp_path, "52.71-kota-mataram")
    mine, others = environment(one, "hayu", 1), environment(two, "hayu", 2)
    same = {name for name in mine if mine[name] == others[name]}
    assert same == {
        "ALLOWED_HOSTS",
        "DEMO_MODE",
        "DJANGO_SETTINGS_MODULE",
        "LC_ALL",
        "PATH",
        "PYTHONUNBUFFERED",
        "SERVE_STATIC",
    }
