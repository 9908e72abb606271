"""`kit up` as a newcomer sees it: from nothing to three apps, again and again, whatever happens in between."""

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path

import pytest

from kit.deploy.processes import marked
from tests.up.newcomer import AGAIN, APPS, DESK, WHOLE, Newcomer, get, healthy, interrupt, rest, wait_for

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if WHOLE else (signal.SIGINT,)
KILLS = (0.4, 0.9, 1.4, 1.9, 2.4, 3.0, 3.6, 4.3, 5.0, 6.0)  # seconds


@pytest.mark.usefixtures("bandung")
class TestWhileBandungIsUp:
    """What needs a region that is up; the last one takes it down."""

    def test_what_is_private_is_private(self, newcomer: Newcomer) -> None:
        private = [*newcomer.state().glob("*/secrets/*"), *newcomer.state().glob("*/demo-accounts.json")]
        assert len(private) == 3 * len(APPS)
        assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
        assert stat.S_IMODE(newcomer.state().stat().st_mode) == 0o700
        keys = [path.read_text().strip() for path in newcomer.state().glob("*/secrets/*")]
        shown = (
            subprocess.run(["ps", "axeww"], capture_output=True, text=True, check=True).stdout
            if shutil.which("ps")
            else ""
        )
        logs = "".join(path.read_text(errors="replace") for path in newcomer.state().glob("log/*"))
        assert not [key for key in keys if key in shown or key in logs]

    def test_the_second_of_two_is_refused(self, newcomer: Newcomer) -> None:
        said = newcomer.type("up", "kota-bandung", expect=1)
        assert re.search(r"Error: Kota Bandung is already up or coming up \(pid \d+, since 20", said)
        healthy(newcomer)

    @pytest.mark.skipif(not WHOLE, reason=DESK)
    def test_two_regions_side_by_side(self, newcomer: Newcomer) -> None:
        other = "52.07-kabupaten-sumbawa-barat"
        said = newcomer.type("up", "kabupaten-sumbawa-barat", "--detach")
        assert "Kabupaten Sumbawa Barat" in said
        healthy(newcomer)
        healthy(newcomer, other)
        assert not set(newcomer.urls().values()) & set(newcomer.urls(other).values())
        newcomer.type("down", "kota-bandung")
        healthy(newcomer, other)
        assert len(list((newcomer.clone / "var" / "venvs").glob("*/kit-stamp"))) == 1


@pytest.mark.parametrize("number", SIGNALS)
def test_in_the_foreground_until_a_signal(newcomer: Newcomer, number: signal.Signals) -> None:
    process = newcomer.start("up", "32.73")
    wait_for(process, "Ctrl-C stops the apps")
    healthy(newcomer)
    url = newcomer.urls()["hayu"]
    said = interrupt(process, number)
    assert process.returncode == 0
    assert "Stopped. The same command starts the apps again" in said
    assert re.search(r"hayu +\"GET /healthz HTTP/1.1\" 200", said)
    assert marked(str(newcomer.state())) == []
    with pytest.raises(OSError, match="refused"):
        get(url)


def test_a_taken_port_is_told_and_avoided(newcomer: Newcomer) -> None:
    newcomer.type("up", "kota-bandung", "--detach")
    port = int(newcomer.urls()["hayu"].rpartition(":")[2])
    newcomer.type("down", "kota-bandung")
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", port))
        server.listen()
        said = newcomer.type("up", "kota-bandung", "--port", str(port), expect=1)
        assert f"Port {port} for sabilulungan is taken by" in said
        said = newcomer.type("up", "kota-bandung", "--detach")
        assert f"Port {port} of hayu is taken by" in said
        healthy(newcomer)
        assert newcomer.urls()["hayu"] != f"http://localhost:{port}"


@pytest.mark.skipif(not WHOLE, reason=AGAIN)
def test_an_app_that_crashes_ends_it_with_the_cause(newcomer: Newcomer) -> None:
    process = newcomer.start("up", "kota-bandung")
    wait_for(process, "Ctrl-C stops the apps")
    port = int(newcomer.urls()["erk"].rpartition(":")[2])
    server = min(
        each.pid for each in marked(str(newcomer.state())) if "fd://" in each.command and _serves(each.pid, port)
    )
    os.kill(server, signal.SIGKILL)
    said = rest(process)
    assert process.returncode == 1
    assert "Error: erk was ended by SIGKILL. Its log ends:" in said
    assert marked(str(newcomer.state())) == []


def _serves(pid: int, port: int) -> bool:
    return f"PORT={port}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")


@pytest.mark.skipif(not WHOLE, reason=DESK)
def test_killed_in_the_middle_the_same_command_works(newcomer: Newcomer) -> None:
    """Each run starts where the one before was killed: the kills are spread over everything from copy to demo data."""
    shutil.rmtree(newcomer.state(), ignore_errors=True)
    for seconds in KILLS:
        process = newcomer.start("up", "kota-bandung")
        time.sleep(seconds)
        process.kill()
        rest(process)
    newcomer.type("up", "kota-bandung", "--detach")
    healthy(newcomer)
    assert all(json.loads((newcomer.state() / app / "demo-accounts.json").read_text()) for app in APPS)
    newcomer.type("down", "kota-bandung")
    assert marked(str(newcomer.state())) == []


@pytest.mark.skipif(not WHOLE, reason=AGAIN)
def test_killed_while_serving_the_rest_is_found_and_stopped(newcomer: Newcomer) -> None:
    process = newcomer.start("up", "kota-bandung")
    wait_for(process, "Ctrl-C stops the apps")
    process.kill()
    rest(process)
    assert marked(str(newcomer.state()))
    assert "Stopped 32.73-kota-bandung" in newcomer.type("down", "kota-bandung")
    assert marked(str(newcomer.state())) == []
    assert "Nothing of 32.73-kota-bandung was running." in newcomer.type("down", "kota-bandung")


def test_faults_of_a_profile_end_it_before_anything_changes(newcomer: Newcomer, tmp_path: Path) -> None:
    folder = newcomer.base / "faulty"
    shutil.copytree(newcomer.clone / "regions" / "52.71-kota-mataram", folder)
    text = (folder / "region.yml").read_text(encoding="utf-8")
    (folder / "region.yml").write_text(text + "\nunknown_section: {}\n", encoding="utf-8")
    newcomer.own()
    said = newcomer.type("up", str(folder / "region.yml"), expect=1)
    assert "unknown_section" in said
    assert "Traceback" not in said
    assert not newcomer.state("52.71-kota-mataram").exists()


def test_an_unknown_region_is_a_usage_error(newcomer: Newcomer) -> None:
    assert "kota-bandong" in newcomer.type("up", "kota-bandong", expect=2)
