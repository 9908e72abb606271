"""The lock and the audit line of a run on each server, held by one shell there for as long as the run lives."""

import getpass
import json
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shlex import quote
from types import TracebackType
from typing import Self

from kit import __version__
from kit.deploy.servers.hosts import Server, Unreachable
from kit.errors import KitError

_BEAT_SECONDS = 5
_STALE_SECONDS = 60
_OWNED = {"web": "nginx", "db": "postgresql"}

# The shell holds the kernel's lock until its input ends, which it does when the kit ends, however it ends. The
# owner's file tells others who holds it; its time is the heartbeat. Where a connection hangs the heartbeat stops, and
# the next run ends the shell.
_HOLD = f"""
set -u
umask 022
mkdir -p /var/lib/kit/lock /var/log/kit
cd /var/lib/kit
exec 9>>lock/kernel
IFS='|' read -r owner what since kit owned
if ! flock -n 9; then
    old=$(cat lock/owner 2>/dev/null | tr '\\n' '|')
    age=$(($(date +%s) - $(stat -c %Y lock/heartbeat 2>/dev/null || echo 0)))
    [ "$age" -le {_STALE_SECONDS} ] || kill "$(cat lock/pid)"
    flock -w 5 9 || {{ echo "busy $old"; exit 0; }}
fi
[ ! -s lock/owner ] || echo "stale $(tr '\\n' '|' <lock/owner)"
echo $$ >lock/pid
touch lock/heartbeat
printf 'owner=%s\\nwhat=%s\\nsince=%s\\n' "$owner" "$what" "$since" >lock/owner
printf 'state=running\\nphase=%s\\nsince=%s\\n' "$what" "$since" >run
echo "$owned" >owned
echo held
while read -r word rest; do
    case $word in
    beat) touch lock/heartbeat ;;
    audit) (umask 027; printf '%s\\n' "$rest" >>/var/log/kit/setup.log) ;;
    state)
        printf 'state=%s\\nphase=%s\\nsince=%s\\n' "$rest" "$what" "$since" >run
        [ "$rest" != "done" ] || echo "$kit" >version ;;
    end) : >lock/owner; exit 0 ;;
    esac
done
"""
"""In /var/lib/kit it leaves what the checks before a setup read: lock/, run, version, and what there is the kit's."""


class Held(KitError):
    """Another run changes these servers."""


class Lock:
    """The servers' locks. As a context manager it takes them all or none."""

    def __init__(self, servers: Sequence[Server], control: Path, what: str) -> None:
        self._servers = servers
        self._control = control
        self._record = {"who": who(), "what": what, "since": now(), "kit": __version__}
        self._shells: list[subprocess.Popen[str]] = []
        self._ended = threading.Event()
        self.notes: list[str] = []
        """What there is to tell: a lock that a dead run had left."""

    def __enter__(self) -> Self:
        try:
            self._take(self._servers[0])  # who has the first one's has all; two runs at once never share them out
            with ThreadPoolExecutor(max(1, len(self._servers) - 1)) as pool:
                list(pool.map(self._take, self._servers[1:]))
        except BaseException:
            self._release()
            raise
        threading.Thread(target=self._beat, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()

    def _take(self, server: Server) -> None:
        command = server.command(self._control, f"sudo -n -- sh -c {quote(_HOLD)}")
        shell = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self._shells.append(shell)
        owned = " ".join(name for role, name in _OWNED.items() if role in server.roles)
        self._say(shell, "|".join([*self._record.values(), owned]))
        answer = shell.stdout.readline().strip() if shell.stdout else ""
        if answer.startswith("stale "):
            self.notes.append(
                f"{server.name}: {_told(answer[6:])} ended without finishing; this run goes on from there."
            )
            answer = shell.stdout.readline().strip() if shell.stdout else ""
        if answer.startswith("busy"):
            raise Held(f"{server.name} is being changed by {_told(answer[5:])}. Wait for its end, then run this again.")
        if answer != "held":
            words = shell.communicate()[1].strip()
            raise Unreachable(f"{server.name}: the lock could not be taken: {words or answer or 'no answer'}")

    def audit(self, result: str, release: str) -> None:
        """Add the run's line to /var/log/kit/setup.log of each server."""
        record = self._record | {"time": now(), "release": release, "result": result}
        state = result.partition(",")[0].partition(":")[0]
        for shell in self._shells:
            self._say(shell, f"audit {json.dumps(record)}")
            self._say(shell, f"state {state}")

    def _beat(self) -> None:
        while not self._ended.wait(_BEAT_SECONDS):
            for shell in self._shells:
                self._say(shell, "beat")

    @staticmethod
    def _say(shell: subprocess.Popen[str], line: str) -> None:
        try:
            if shell.stdin:
                shell.stdin.write(f"{line}\n")
                shell.stdin.flush()
        except (BrokenPipeError, ValueError):
            return  # that connection is gone; the run itself will tell

    def _release(self) -> None:
        self._ended.set()
        for shell in self._shells:
            self._say(shell, "end")
        for shell in self._shells:
            try:
                shell.communicate(timeout=10)
            except (subprocess.TimeoutExpired, ValueError):
                shell.kill()
        self._shells.clear()


def who() -> str:
    """Who runs the kit: user and machine."""
    return f"{getpass.getuser()}@{socket.gethostname()}"


def now() -> str:
    """The time as it stands in the audit line, in UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _told(text: str) -> str:
    """The owner in words."""
    owner = dict(part.partition("=")[::2] for part in text.split("|") if "=" in part)
    if not owner:
        return "another run"
    return f"`kit {owner.get('what')}` of {owner.get('owner')} (since {owner.get('since')})"
