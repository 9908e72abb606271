"""What the servers tell of themselves, and what of it needs care."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kit.cli import status as command
from kit.cli.main import cli
from kit.deploy.servers import status
from kit.deploy.servers.hosts import Server, Unreachable
from kit.errors import OutsideError
from kit.paths import ROOT

WELL = """system Debian GNU/Linux 12 (bookworm)
disk 41152736 37215288
memory 3920 3000
live hayu a1b2
before hayu 99aa
health hayu {"status": "ok", "version": "0.1.0"}
package nginx 1.22.1-9
package postgresql 15+248
kit 0.1.0
point a1b2 2026-11-25T13:00:37Z 4200
certificate Nov 25 12:00:00 2036 GMT
run {"what": "setup", "time": "2026-11-25T13:00:00Z", "result": "done, 14 changes"}
backup 2026-11-25 02:00, 3 databases
"""


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`kit status` on a server that tells *text*, or raises."""
    monkeypatch.setenv("KIT_BUILD", str(tmp_path / "build"))
    text = (ROOT / "regions" / "52.71-kota-mataram" / "region.yml").read_text(encoding="utf-8")
    profile = tmp_path / "region.yml"
    profile.write_text(f"{text}\nhosting:\n  servers:\n    - {{name: web1, address: 192.0.2.1, user: admin}}\n")

    def run(told: str | Exception, *arguments: str) -> Result:
        def sudo(server: Server, control: Path, script: str, *, timeout: float = 60) -> str:
            if isinstance(told, Exception):
                raise told
            return told

        monkeypatch.setattr(Server, "sudo", sudo)
        monkeypatch.setattr(command, "close", lambda *_: None)
        return CliRunner().invoke(cli, ["status", str(profile), *arguments])

    return run


def test_a_server_that_is_well_tells_everything(kit) -> None:
    done = kit(WELL)
    assert done.exit_code == 0
    assert servers_of(done) == (
        "✓ web1 (192.0.2.1)  Debian GNU/Linux 12 (bookworm)\n"
        "    hayu           ok, version 0.1.0, release a1b2, before it 99aa\n"
        "    versions       kit 0.1.0, nginx 1.22.1-9, postgresql 15+248\n"
        "    disk           36343 of 40188 MB free\n"
        "    memory         3000 of 3920 MB available\n"
        f"    certificate    {days(kit(WELL, '--json'))} days\n"
        "    last backup    2026-11-25 02:00, 3 databases\n"
        "    backup point   before release a1b2, 2026-11-25T13:00:37Z, 4 MB\n"
        "    last run       setup, 2026-11-25T13:00:00Z, done, 14 changes\n"
    )


def servers_of(done: Result) -> str:
    """What is said of the servers; below it stands how the region's tree differs from its render."""
    return done.output.partition("tree ")[0]


def days(done: Result) -> int:
    told = json.loads(done.output)[0]
    assert (told["good"], told["concerns"]) == (True, [])
    return told["certificate_days"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("ok", "unavailable"), "hayu is not healthy: journalctl -u 'kit-hayu@*' -n 50"),
        (("37215288", "900000"), "Only 878 MB of disk are free"),
        (("2036", "2020"), "days: kit setup renews it."),
        (
            ("kit 0.1.0", "failed nginx.service loaded failed"),
            "nginx.service has failed: journalctl -u 'nginx.service'",
        ),
    ],
)
def test_what_needs_care_is_a_sentence_with_the_next_command(kit, change: tuple[str, str], sentence: str) -> None:
    done = kit(WELL.replace(*change))
    assert done.exit_code == 1
    assert sentence in done.output
    assert done.output.startswith("✗ web1")


def test_a_server_that_cannot_be_entered_ends_with_3(kit) -> None:
    assert kit(Unreachable("web1 cannot be entered: timed out")).exit_code == 3
    done = kit(OutsideError("web1: sh: not found"))
    assert (done.exit_code, servers_of(done)) == (1, "✗ web1 (192.0.2.1)  \n    ! web1: sh: not found\n")


def test_numbers_that_were_not_told_are_not_known() -> None:
    found = status.Status("web1", "192.0.2.1")
    assert (found.disk_free, found.last_point, found.last_backup, found.concerns) == (None, None, None, [])
