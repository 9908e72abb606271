"""What a lab could leave behind on the machine that carries it."""

import re
import subprocess
from pathlib import Path

_OF_A_LAB = re.compile(r"(?:kitlab|kit_lab_|kit-lab-|vb-kl|/kl)([0-9a-f]{6})")


def of_this_machine(*labs: str) -> dict[str, list[str]]:
    """What labs touch outside their own directory and the image cache; of labs, only those with the codes *labs*.

    Other labs may come and go on the machine meanwhile, and with them the forwarding that labs share.
    """
    tables = subprocess.run(["nft", "list", "tables"], capture_output=True, text=True, check=True).stdout
    routes = subprocess.run(["ip", "-4", "route"], capture_output=True, text=True, check=True).stdout
    found = {
        "mounts": mounts_in(Path("/run")) + mounts_in(Path("/sys")) + mounts_in(Path("/proc")),
        "links": [path.name for path in Path("/sys/class/net").iterdir()],
        "tables": tables.splitlines(),
        "routes": routes.splitlines(),
        "groups": [str(path) for path in Path("/sys/fs/cgroup").glob("**/kit-lab*")],
        "runtime": [str(path) for path in Path("/run/systemd").glob("**/kl*")],
        "run": [path.name for path in Path("/run").iterdir()],
    }
    if not any(link.startswith("kitlab") for link in found["links"]):
        found["forwarding"] = [Path("/proc/sys/net/ipv4/ip_forward").read_text()]
    else:
        found["run"] = [name for name in found["run"] if name != "kit-lab.ip_forward"]
    return {kind: sorted(name for name in names if _counts(name, labs)) for kind, names in found.items()}


def _counts(name: str, labs: tuple[str, ...]) -> bool:
    code = _OF_A_LAB.search(name)
    return (code is None or code[1] in labs) and "/hosts/" not in name


def mounts_in(root: Path) -> list[str]:
    """What is mounted below *root*."""
    points = [line.split(" ")[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    return [point for point in points if point.startswith(f"{root}/")]


def processes_in(root: Path) -> list[str]:
    """Processes whose command names *root* or whose root directory is below it."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
            inside = str((entry / "root").readlink())
        except OSError:
            continue
        if str(root) in command or inside.startswith(str(root)):
            found.append(command.replace("\0", " "))
    return found
