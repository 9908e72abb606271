"""The apps' log files: kept small, followed line by line, quoted when an app ends."""

from collections.abc import Iterator, Mapping
from pathlib import Path

_LARGE = 5_000_000


def trim(path: Path) -> None:
    """Put a log of more than 5 MB aside as `NAME.log.1`, over the one put aside before."""
    if path.exists() and path.stat().st_size > _LARGE:
        path.replace(path.with_name(f"{path.name}.1"))


def tail(path: Path, since: int = 0, lines: int = 25) -> str:
    """The last *lines* of what was written to *path* after byte *since*."""
    with path.open("rb") as source:
        source.seek(max(since, path.stat().st_size - 64_000))
        return "\n".join(source.read().decode("utf-8", errors="replace").splitlines()[-lines:])


class Follower:
    """Reads what several logs gain, complete lines only."""

    def __init__(self, logs: Mapping[str, Path]) -> None:
        self._logs = logs
        self._places = {name: path.stat().st_size if path.exists() else 0 for name, path in logs.items()}

    def new_lines(self) -> Iterator[tuple[str, str]]:
        """Yield (name, line) for every line written since the last call."""
        for name, path in self._logs.items():
            if not path.exists() or path.stat().st_size <= self._places[name]:
                continue
            with path.open("rb") as source:
                source.seek(self._places[name])
                data = source.read()
            complete, _, rest = data.rpartition(b"\n")
            if not complete:
                continue
            self._places[name] += len(data) - len(rest)
            for line in complete.decode("utf-8", errors="replace").splitlines():
                yield name, line
