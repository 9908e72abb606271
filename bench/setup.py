"""Ratios of `kit setup` on lab hosts, in one run: bare hosts, a second run with nothing to do, one host and ten.

    python bench/setup.py [bookworm|trixie]

The first setup is held against a shell script that does only the same `apt-get install`, `pip install` and `migrate`;
the second against one trivial Ansible task, and against a playbook that has a task for each package, file, user and
unit, on the same host. Ten hosts are nine with the apps and one with PostgreSQL, in one run; beside one host they are
held against the shell script on ten hosts at once, nine of which have no database: here all hosts share the processors
of one machine. Needs root and a machine that can boot lab hosts; they are made and removed. On a busy machine the
figures mean little.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kit.lab import Host, Lab  # noqa: E402
from tests.lab.servers import Region  # noqa: E402

_LEAST = """
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q -y install --no-install-recommends {packages}
mkdir -p /opt/least
tar -xzf /tmp/release.tar.gz -C /opt/least
python3 -m venv /opt/least/venv
/opt/least/venv/bin/pip -q install --require-hashes --only-binary :all: --no-deps \\
    -r /opt/least/apps/core/requirements.txt
command -v createuser >/dev/null || exit 0
cd /
runuser -u postgres -- createuser --superuser root
for app in sabilulungan hayu erk; do
    createdb "$app"
    mkdir -p "/var/lib/least/$app"
    cd "/opt/least/apps/$app"
    SECRET_KEY=x DATA_KEY=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= KIT_STATE_DIR="/var/lib/least/$app" \\
        DATABASE_URL="postgresql://%2Frun%2Fpostgresql/$app" /opt/least/venv/bin/python manage.py migrate --noinput
done
"""

_TRIVIAL = [{"name": "Nothing", "ansible.builtin.command": "true"}]
_TIMES = 3
_TEN = (*(f"web{number}" for number in range(1, 10)), "db1")


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return sorted(values)[len(values) // 2]


def checked(region: Region, *arguments: str) -> str:
    """Run the kit; what it said. Stops the benchmark when it fails."""
    code, said = region.kit(*arguments)
    if code:
        raise SystemExit(said)
    return said


def no_op(region: Region) -> float:
    """How long a setup takes that finds nothing to do."""
    began = time.monotonic()
    said = checked(region, "setup")
    if "changed=0" not in said:
        raise SystemExit(said)
    return time.monotonic() - began


def least(host: Host, archive: Path, packages: Sequence[str]) -> None:
    """Only the packages, the Python packages and the schemas, by a shell script."""
    target = f"{host.user}@{host.address}:/tmp/release.tar.gz"
    subprocess.run(["scp", "-q", *host.ssh_options(), str(archive), target], check=True)
    done = host.ssh("sudo", "sh", "-s", feed=_LEAST.format(packages=" ".join(packages)), timeout=1200)
    if done.returncode:
        raise SystemExit(done.stderr)


def task_each(host: Host, items: Sequence[str], folder: Path) -> list[dict[str, Any]]:
    """The same work as *items* of a plan, written as a task for each package, file, user and unit."""
    folder.mkdir()
    tasks: list[dict[str, Any]] = []
    for item in items:
        kind, _, name = item.partition(" ")
        if kind == "package":
            tasks.append({"ansible.builtin.apt": {"name": name, "install_recommends": False}})
        elif kind == "file":
            tasks.append({"ansible.builtin.copy": _copy(host, name, folder / f"{len(tasks)}")})
        elif kind == "user":
            tasks.append({"ansible.builtin.user": {"name": name, "system": True}})
        elif kind == "unit":
            tasks.append({"ansible.builtin.systemd": {"name": name, "enabled": True, "state": "started"}})
    return [{"name": f"Task {number}"} | task for number, task in enumerate(tasks)]


def _copy(host: Host, path: str, kept: Path) -> dict[str, str]:
    """A file as it is on the server, kept here as the source of a copy."""
    asked = f"sudo stat -c '%a %G' {path}; sudo base64 -w0 {path}"
    about, content = host.ssh(asked).stdout.split("\n", 1)
    mode, group = about.split()
    kept.write_bytes(base64.b64decode(content))
    return {"src": str(kept), "dest": path, "owner": "root", "group": group, "mode": f"0{mode}"}


def play(host: Host, folder: Path, tasks: Sequence[dict[str, Any]]) -> str:
    """One run of ansible-playbook with these tasks; what it said. Stops the benchmark when it fails."""
    playbook, inventory = folder / "tasks.yml", folder / "hosts.ini"
    playbook.write_text(yaml.safe_dump([{"hosts": "all", "gather_facts": False, "tasks": list(tasks)}]))
    options = " ".join(host.ssh_options())
    inventory.write_text(
        f"{host.name} ansible_host={host.address} ansible_user={host.user} ansible_become=true "
        f'ansible_ssh_common_args="{options}" ansible_python_interpreter=/usr/bin/python3\n',
        encoding="utf-8",
    )
    environment = {
        **os.environ,
        "ANSIBLE_CONFIG": str(ROOT / "playbooks" / "ansible.cfg"),
        "ANSIBLE_SSH_CONTROL_PATH_DIR": tempfile.mkdtemp(dir=folder),  # each run opens its own connection, as the kit's
    }
    command = [sys.executable, "-m", "ansible", "playbook", "-i", str(inventory), str(playbook)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


def least_on_ten(lab: Lab, archive: Path, packages: Sequence[str], release: str) -> float:
    """How long the shell script takes on ten bare hosts at once; nine of them have no database."""
    hosts = [lab.wait(host) for host in [lab.start(f"least{number}", release=release) for number in range(10)]]
    without = [name for name in packages if name != "postgresql"]

    def work(host: Host) -> None:
        least(host, archive, packages if host is hosts[0] else without)

    def on_all() -> None:
        with ThreadPoolExecutor(len(hosts)) as pool:
            list(pool.map(work, hosts))

    took = seconds(on_all)
    for host in hosts:
        lab.down(host.name)
    return took


def one_host(lab: Lab, folder: Path, release: str) -> tuple[Region, float]:
    """Measure one host and print; its region, and the seconds of ten shell scripts."""
    kit_host, least_host = lab.up("kit", release=release), lab.up("least", release=release)
    region = Region(folder / "one", [kit_host])
    planned = json.loads(checked(region, "plan", "--json"))["kit"]
    items = [item for part in planned.values() for item in part]
    first = seconds(lambda: checked(region, "setup"))
    archive = next((region.folder / "state").glob("*/servers/releases/*.tar.gz"))
    packages = [item.removeprefix("package ") for item in items if item.startswith("package ")]
    shell = seconds(lambda: least(least_host, archive, packages))
    lab.down("least")
    ten = least_on_ten(lab, archive, packages, release)
    pairs = [(seconds(lambda: play(kit_host, folder, _TRIVIAL)), no_op(region)) for _ in range(_TIMES)]
    trivial, again = (median(values) for values in zip(*pairs, strict=True))
    tasks = task_each(kit_host, items, folder / "files")
    play(kit_host, folder, tasks)
    each = seconds(lambda: play(kit_host, folder, tasks))
    tell(f"first setup of a bare {release} host", first, f"{first / shell:.2f} × the shell script (≤ 1.5)")
    tell("shell script with the least", shell)
    tell("the same on ten hosts at once", ten, f"{ten / shell:.2f} × one host")
    tell("second setup, nothing to do", again, f"{again / trivial:.2f} × one trivial task (≤ 2)")
    tell("ansible-playbook, one trivial task", trivial)
    tell(f"the same, a task for each of {len(tasks)}", each, f"the second setup is 1/{each / again:.1f} (≤ 1/8)")
    return region, ten


def alone(lab: Lab, folder: Path, name: str, release: str) -> float:
    """How long the first setup of one bare host takes, which is made and removed."""
    region = Region(folder / name, [lab.up(name, release=release)])
    took = seconds(lambda: checked(region, "setup"))
    lab.down(name)
    return took


def ten_hosts(lab: Lab, folder: Path, release: str, one: Region, ten_scripts: float) -> None:
    """Measure ten hosts in one run and print; with nothing to do beside the one host of *one*.

    They are held against one bare host before them and one after them, because the speed of a machine drifts while
    this takes its quarter of an hour, and against the seconds of ten shell scripts.
    """
    before = alone(lab, folder, "before", release)
    region = Region(folder / "ten", [lab.wait(host) for host in [lab.start(name, release=release) for name in _TEN]])
    first = seconds(lambda: checked(region, "setup"))
    pairs = [(no_op(one), no_op(region)) for _ in range(_TIMES)]
    for name in _TEN:
        lab.down(name)
    after = alone(lab, folder, "after", release)
    one_first = (before + after) / 2
    one_again, again = (median(values) for values in zip(*pairs, strict=True))
    against = f"{first / one_first:.2f} × one host (≤ 3 on two cores), {first / ten_scripts:.2f} × ten shell scripts"
    tell("first setup of one, before and after", one_first, f"{before:.1f} and {after:.1f} s")
    tell("first setup of ten bare hosts", first, against)
    tell("ten hosts, nothing to do", again, f"{again / one_again:.2f} × one host (≤ 3 on two cores)")


def tell(what: str, took: float, ratio: str = "") -> None:
    """Print one line, at once."""
    print(f"{what:<38} {took:7.1f} s   {ratio}".rstrip(), flush=True)


def main() -> None:
    """Measure and print."""
    release = sys.argv[1] if len(sys.argv) > 1 else "bookworm"
    with tempfile.TemporaryDirectory() as name, Lab(Path(name) / "lab") as lab:
        one, ten_scripts = one_host(lab, Path(name), release)
        ten_hosts(lab, Path(name), release, one, ten_scripts)


if __name__ == "__main__":
    main()
