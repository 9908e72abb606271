"""The one step of `kit setup` that works without Python on the server: its Debian packages, installed by the shell."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from kit.paths import ROOT

Install = Callable[..., subprocess.CompletedProcess[str]]

_APT = """#!/bin/sh
echo "apt-get $*" >>"$PWD/asked"
for word; do
    case $word in
        update) [ "$(grep -c ' update$' "$PWD/asked")" -gt "${FAILS:-0}" ]; exit ;;
        install)
            "$PWD/policy-rc.d" nginx start
            echo "policy $?" >>"$PWD/asked"
            eval "${MEANWHILE:-:}"
            exit "${ENDS:-0}" ;;
    esac
done
"""


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Runs the step in a folder of its own, with an apt-get that only notes what it is asked."""
    play = next(
        one for one in yaml.safe_load((ROOT / "playbooks/server.yml").read_text("utf-8")) if one["hosts"] == "lacking"
    )
    script = play["tasks"][0]["ansible.builtin.raw"].replace("/usr/sbin/policy-rc.d", str(tmp_path / "policy-rc.d"))
    script = re.sub(r"\{\{ wanted_packages.*?\}\}", "python3 nginx", script)
    for name, text in {"apt-get": _APT, "sleep": '#!/bin/sh\necho "sleep $*" >>"$PWD/asked"\n'}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o755)

    def run(**more: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", **more}
        return subprocess.run(
            ["sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return run


def asked(folder: Path) -> list[str]:
    """What was asked of apt-get and sleep, without apt-get's options."""
    lines = (folder / "asked").read_text("utf-8").splitlines()
    return [re.sub(r" -\S+( DPkg\S+)?", "", line) for line in lines]


def test_no_service_starts_while_packages_come_and_nothing_is_left(install: Install, tmp_path: Path) -> None:
    done = install()
    assert (done.returncode, done.stderr) == (0, "")
    assert asked(tmp_path) == ["apt-get update", "apt-get install python3 nginx", "policy 101"]
    assert not (tmp_path / "policy-rc.d").exists()


def test_a_rule_of_the_servers_own_is_put_back(install: Install, tmp_path: Path) -> None:
    rule = tmp_path / "policy-rc.d"
    rule.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    assert install(ENDS="100").returncode == 100
    assert asked(tmp_path)[-1] == "policy 101"
    assert rule.read_text("utf-8") == "#!/bin/sh\nexit 0\n"
    assert sorted(path.name for path in tmp_path.glob("policy*")) == ["policy-rc.d"]


def test_what_ends_the_step_leaves_no_rule(install: Install, tmp_path: Path) -> None:
    assert install(MEANWHILE="kill $PPID").returncode != 0
    assert not (tmp_path / "policy-rc.d").exists()


def test_the_rule_of_a_killed_step_holds_nothing_back_and_goes_with_the_next(install: Install, tmp_path: Path) -> None:
    rule = tmp_path / "policy-rc.d"
    assert install(MEANWHILE="kill -9 $PPID").returncode == -9
    assert subprocess.run([rule], check=False).returncode == 0
    assert install().returncode == 0
    assert not rule.exists()


@pytest.mark.parametrize(("fails", "code", "waits"), [("2", 0, 2), ("9", 1, 3)])
def test_sources_that_do_not_answer_are_asked_four_times(
    install: Install, tmp_path: Path, fails: str, code: int, waits: int
) -> None:
    assert install(FAILS=fails).returncode == code
    assert [line for line in asked(tmp_path) if "sleep" in line] == ["sleep 3", "sleep 6", "sleep 9"][:waits]
    assert ("apt-get install python3 nginx" in asked(tmp_path)) == (code == 0)
