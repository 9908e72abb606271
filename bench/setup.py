"""Ratios of `kit setup` on a lab host, in one run: first setup, second run, both against the least that must be done.

    python bench/setup.py [bookworm|trixie]

Needs root and a machine that can boot lab hosts. Three hosts are made and removed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kit.lab import Host, Lab  # noqa: E402
from tests.lab.servers import Region  # noqa: E402

_PACKAGES = "python3 python3-apt curl nginx postgresql python3-venv systemd-timesyncd unattended-upgrades nftables"

_LEAST = """
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q -y install --no-install-recommends {packages}
mkdir -p /opt/least && tar -xzf /tmp/release.tar.gz -C /opt/least
python3 -m venv /opt/least/venv
cd /opt/least
venv/bin/pip -q install --require-hashes --only-binary :all: --no-deps -r apps/core/requirements.txt
for app in sabilulungan hayu erk; do
    cd /opt/least/apps/$app
    mkdir -p /tmp/state-$app
    KIT_STATE_DIR=/tmp/state-$app SECRET_KEY=x DATA_KEY=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= \\
        /opt/least/venv/bin/python manage.py migrate --noinput >/dev/null
done
"""

_TRIVIAL = "- hosts: all\n  gather_facts: false\n  tasks:\n    - name: Nothing\n      ansible.builtin.command: 'true'\n"


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def checked(region: Region, *arguments: str) -> str:
    """Run the kit; what it said. Stops the benchmark when it fails."""
    code, said = region.kit(*arguments)
    if code:
        raise SystemExit(said)
    return said


def least(host: Host, archive: Path) -> None:
    """Only the packages, the Python packages and the schemas, by a shell script."""
    target = f"{host.user}@{host.address}:/tmp/release.tar.gz"
    subprocess.run(["scp", "-q", *host.ssh_options(), str(archive), target], check=True)
    done = host.ssh("sudo", "sh", "-s", feed=_LEAST.format(packages=_PACKAGES), timeout=1200)
    if done.returncode:
        raise SystemExit(done.stderr)


def trivial(host: Host, folder: Path) -> None:
    """One Ansible run with one task that does nothing."""
    playbook, inventory = folder / "trivial.yml", folder / "trivial.ini"
    playbook.write_text(_TRIVIAL, encoding="utf-8")
    options = f"-o UserKnownHostsFile={host.known_hosts} -o ControlMaster=no"
    inventory.write_text(
        f"{host.name} ansible_host={host.address} ansible_user={host.user} ansible_become=true "
        f"ansible_ssh_private_key_file={host.key} ansible_ssh_common_args='{options}' "
        "ansible_python_interpreter=/usr/bin/python3\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "playbooks" / "ansible.cfg"), "ANSIBLE_SSH_ARGS": ""}
    command = [sys.executable, "-m", "ansible", "playbook", "-i", str(inventory), str(playbook)]
    subprocess.run(command, check=True, capture_output=True, env=environment)


def main() -> None:
    """Measure and print."""
    release = sys.argv[1] if len(sys.argv) > 1 else "bookworm"
    with tempfile.TemporaryDirectory() as name, Lab(Path(name) / "lab") as lab:
        kit_host, least_host = lab.up("kit", release=release), lab.up("least", release=release)
        region = Region(Path(name) / "region", [kit_host])
        first = seconds(lambda: checked(region, "setup"))
        archive = next((region.folder / "state").glob("*/servers/releases/*.tar.gz"))
        shell = seconds(lambda: least(least_host, archive))
        pairs = [
            (seconds(lambda: trivial(kit_host, Path(name))), seconds(lambda: checked(region, "setup")))
            for _ in range(3)
        ]
    one, again = (sorted(values)[1] for values in zip(*pairs, strict=True))
    print(f"first setup of a bare {release} host  {first:7.1f} s   {first / shell:.2f} × the shell script  (≤ 1.5)")
    print(f"shell script with the least        {shell:7.1f} s")
    print(f"second setup, nothing to do        {again:7.2f} s   {again / one:.2f} × one trivial task  (≤ 2)")
    print(f"ansible-playbook, one trivial task {one:7.2f} s")


if __name__ == "__main__":
    main()
