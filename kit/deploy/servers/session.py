"""One run against a region's servers, from looking at them to the audit line."""

import fcntl
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from kit.deploy.ansible import Event
from kit.deploy.processes import Process, idle_holders, send
from kit.deploy.servers import changing, firstadmin, releases, secrets, survey, wishes
from kit.deploy.servers.changing import Work
from kit.deploy.servers.differences import differences
from kit.deploy.servers.hosts import Server, close, servers_of, with_role
from kit.deploy.servers.installation import read as read_installation
from kit.deploy.servers.sites import authority_file, state_of
from kit.deploy.servers.survey import Found
from kit.deploy.servers.wishes import Wishes
from kit.errors import KitError
from kit.profile import Profile

_LOGS_KEPT = 30
_ENDING_SECONDS = 120
_IDLE_SECONDS = 3  # between two steps on a server it may have no connection open for a moment


class Session:
    """What stays the same during one run. As a context manager it closes the connections at the end."""

    def __init__(self, profile: Profile, repository: Path, what: str) -> None:
        """*what*: the command, for the log's name and the audit line."""
        self.profile = profile
        self.repository = repository
        self.what = what
        self.servers = servers_of(profile)
        self.state = state_of(profile)
        self.log = self.state / "log" / f"{what}-{time.strftime('%Y%m%d-%H%M%S')}.log"
        self.password = secrets.password_file(profile.code)
        self.control = Path(tempfile.mkdtemp(prefix="kit-ssh-", dir="/tmp"))
        self._lock = -1

    def __enter__(self) -> Self:
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in sorted(self.log.parent.glob("*.log"))[:-_LOGS_KEPT]:
            old.unlink()
        self._lock = _own_turn(self.state / "lock", self.profile.data.region.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        close(self.servers, self.control)
        shutil.rmtree(self.control, ignore_errors=True)
        os.close(self._lock)

    def wishes(self, *, keep: bool, release: str = "") -> Wishes:
        """What the servers should be. *keep*: write secrets that had to be made into the vault.

        *release*: an earlier one than the repository's HEAD.
        """
        found = secrets.read(self.repository, self.password)
        back = bool(release)
        release = release or releases.release_of(self.repository)
        made = Wishes(self.profile, self.servers, read_installation(self.repository), found, release, back)
        hosts = wishes.hosts_of(made.urls())
        wishes.ensure_secrets(found, self.profile, made.apps, hosts, os.environ)
        if keep and found.added:
            secrets.write(self.repository, self.password, found)
            releases.commit(self.repository, secrets.PLACE, f"Secrets: {', '.join(found.added)}")
        return made

    def survey(self, wishes: Wishes) -> list[tuple[Work, Found]]:
        """Look at all servers at once; what each should be, and what differs. Raises Unreachable."""

        def one(server: Server) -> tuple[Work, Found]:
            desired = wishes.desired(server, survey.platform(server, self.control))
            found = survey.survey(server, desired, self.control)
            return Work(server, desired, differences(desired, found), changing.kind_if_bare(found)), found

        with ThreadPoolExecutor(len(self.servers)) as pool:
            return list(pool.map(one, self.servers))

    def change(self, works: Sequence[Work], wishes: Wishes, on_event: Callable[[Event], None], verbosity: int) -> None:
        """Let Ansible change what differs. Raises PlaybookFailed."""
        new = any("release" in work.todo for work in works)
        changing.change(
            works,
            repository=self.repository,
            password=self.password,
            archive=releases.archive(self.repository, wishes.release, self.state / "releases") if new else None,
            run_dir=self.state,
            control=self.control,
            log=self.log,
            verbosity=verbosity,
            held=[self._lock],
            on_event=on_event,
        )

    def first_administrators(self, wishes: Wishes, found: Sequence[Found]) -> dict[str, str]:
        """The one-time links of the apps whose first administrator has not been told yet."""
        told = {mark for one in found for mark in one.marks}
        server = with_role(self.servers, "web")[0]
        email = f"admin@{self.profile.data.net.domain}"
        waiting = [app for app in wishes.apps if f"first-admin-{app}" not in told]
        with ThreadPoolExecutor(max(1, len(waiting))) as pool:
            links = pool.map(lambda app: firstadmin.link(server, self.control, app, email), waiting)
            return dict(zip(waiting, links, strict=True))

    def authority_file(self, wishes: Wishes) -> Path:
        """Write the region's own authority, to hand to browsers, and return the file."""
        file = authority_file(self.profile)
        file.write_text(wishes.secrets.reveal("tls/ca.crt"), encoding="ascii")
        return file


def _own_turn(path: Path, name: str) -> int:
    """Hold this machine's lock of the region's servers and return its descriptor.

    Ansible inherits it: a run that was killed keeps the lock until its Ansible has ended too, which is waited for. What
    of that hangs is ended.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + _ENDING_SECONDS
    idle: dict[Process, float] = {}
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.pread(descriptor, 20, 0).decode().strip()
            alive = owner.isdigit() and Path(f"/proc/{owner}").exists()
            idle = {left: idle.get(left, time.monotonic()) for left in (() if alive else idle_holders(path))}
            for left, since in idle.items():
                if time.monotonic() > since + _IDLE_SECONDS:
                    send(left, signal.SIGKILL)
            if alive or time.monotonic() > deadline:
                os.close(descriptor)
                raise KitError(
                    f"The servers of {name} are being changed from this machine already (process {owner}). "
                    "Wait for its end, then run this again."
                ) from None
            time.sleep(0.2)
            continue
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        return descriptor
