"""Runs steps, those that measure time alone and the others three at a time, and keeps what each said."""

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kit.paths import ROOT
from kit.suite.groups import Step

_AT_ONCE = 3  # on two cores: each waits now and then, for a browser, a start, a database
_NO_TESTS = 5
_LONGEST_STEP = 70 * 60.0  # seconds; what hangs must leave CI the time to say so
_LAST_WORDS = 60.0  # seconds for a step that is interrupted to clear up
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)\b")
_CLOSING = re.compile(
    r"^(=+ )?(\d+ (passed|failed|errors?|skipped|deselected)|no tests ran).* in [\d.]+s", re.MULTILINE
)
_RUNNING: "set[subprocess.Popen[bytes]]" = set()
"""The steps under way."""
_SKIPPED = re.compile(r"^SKIPPED \[\d+\] (.*)$", re.MULTILINE)
# A step must not depend on what the caller's shell happens to hold.
_NOT_INHERITED = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "KIT_STATE", "KIT_STATE_DIR", "PYTEST_ADDOPTS")


class State(Enum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Result:
    """What a step did."""

    step: Step
    state: State
    seconds: float = 0.0
    output: str = ""

    @property
    def closing(self) -> str:
        """The test runner's own closing line, if the step is a test run."""
        found = [match.group(0).strip("= ") for match in _CLOSING.finditer(self.output)]
        return found[-1] if found else ""

    def count(self, *words: str) -> int:
        """How many tests its closing line counts as one of *words*."""
        return sum(int(number) for number, word in _COUNT.findall(self.closing) if word in words)

    @property
    def skips(self) -> list[str]:
        """The tests that skipped themselves, with place and reason."""
        return _SKIPPED.findall(self.output)


def environment(step: Step, database: str, temporary: Path) -> dict[str, str]:
    """The environment of a step; *database* is the address of the test server, with `{app}` for the name.

    *temporary* takes all its temporary files, so that nothing of them stays and other runs do not meet them.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    if step.needs_postgresql:
        kept["KIT_TEST_DATABASE_URL"] = database.replace("{app}", step.name.split()[0])
    own = {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "NO_COLOR": "1", "COLUMNS": "140"}
    return kept | own | dict(step.environment)


def perform(step: Step, database: str = "", longest: float = _LONGEST_STEP) -> Result:
    """Run one step to its end; after *longest* seconds it is interrupted, and has failed.

    What it says goes to a file: a pipe would stay open for as long as anything it left behind lives.
    """
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="kit-test-", ignore_cleanup_errors=True) as temporary,
        tempfile.TemporaryFile() as said,
    ):
        Path(temporary).chmod(0o711)  # a test may start something as another user below it
        process = subprocess.Popen(
            step.command,
            cwd=ROOT,
            env=environment(step, database, Path(temporary)),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        late = ""
        _RUNNING.add(process)
        try:
            process.wait(longest)
        except subprocess.TimeoutExpired:
            late = f"\nIt took longer than {longest / 60:.0f} minutes and was ended."
        finally:
            _end(process)
            _RUNNING.discard(process)
        said.seek(0)
        output = said.read().decode(errors="replace") + late
    if process.returncode == _NO_TESTS and "pytest" in step.command:
        output += "\nNo test was found: the group is empty."
    state = State.FAILED if process.returncode or late else State.PASSED
    return Result(step, state, time.monotonic() - began, output)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Interrupt a process that still runs, as Ctrl-C does, so that it clears up; end it if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_LAST_WORDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def run(
    steps: Sequence[Step],
    database: str,
    *,
    strict: bool,
    began: Callable[[Step], None],
    ended: Callable[[Result], None],
) -> list[Result]:
    """Run the steps; results in the order of *steps*. With *strict* nothing may be left out or skipped.

    An interruption reaches the steps under way, which clear up; no other step begins.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it may be ignored, for the steps too
    results: dict[Step, Result] = {}
    runnable = []
    for step in steps:
        if step.missing:
            results[step] = Result(step, State.FAILED if strict else State.LEFT_OUT, output=step.missing)
            ended(results[step])
        else:
            runnable.append(step)

    def work(step: Step) -> Result:
        began(step)
        result = perform(step, database)
        if strict and result.state is State.PASSED and result.skips:
            said = "\n".join(result.skips)
            return Result(step, State.FAILED, result.seconds, f"{result.output}\nSkipped, which CI refuses:\n{said}")
        return result

    for at_once, alone in ((1, True), (_AT_ONCE, False)):
        with ThreadPoolExecutor(at_once) as pool:
            try:
                for future in as_completed([pool.submit(work, step) for step in runnable if step.alone is alone]):
                    result = future.result()
                    results[result.step] = result
                    ended(result)
            except KeyboardInterrupt:
                pool.shutdown(wait=False, cancel_futures=True)
                for process in tuple(_RUNNING):
                    process.send_signal(signal.SIGINT)
                raise
    return [results[step] for step in steps]


def keep(result: Result, folder: Path) -> Path:
    """Write what a step said to a file below *folder*; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.step.group}-{result.step.name.replace(' ', '-')}.log"
    path.write_text(result.output, encoding="utf-8")
    return path
