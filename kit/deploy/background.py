"""Apps that go on after the command has ended, and stopping whatever a region has running."""

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from signal import SIGTERM

from kit.deploy.lock import is_held, owner_of
from kit.deploy.processes import Process, marked, send, stop
from kit.deploy.state import State
from kit.errors import KitError

_PATIENCE = 40.0


def detach(log: Path, work: Callable[[Callable[[], None]], None]) -> None:
    """Go on with *work* in a process of its own, away from the terminal; return when it calls the function it is given.

    *work* is called with `ready`, which it calls once. Raises KitError with what it said if it ends before that. Its
    later words go to *log*. The caller must not run threads.
    """
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    if os.fork() == 0:
        os.close(reader)
        _work_apart(log, work, writer)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as answer:
        said = answer.read()
    if said != "ready":
        raise KitError(said or f"The background process ended without a word. Its log: {log}")


def _work_apart(log: Path, work: Callable[[Callable[[], None]], None], writer: int) -> None:
    """The detached half: never returns."""
    os.setsid()
    with Path(os.devnull).open("rb") as nothing, log.open("ab", buffering=0) as out:
        os.dup2(nothing.fileno(), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    told = False

    def tell(text: str) -> None:
        nonlocal told
        if not told:
            os.write(writer, text.encode("utf-8", errors="replace"))
            os.close(writer)
        told = True

    code = 0
    try:
        work(lambda: tell("ready"))
    except KitError as error:
        code = error.exit_code
        tell(str(error))
        print(f"Error: {error}", flush=True)  # noqa: T201 (its standard output is the log)
    except Exception:  # noqa: BLE001 (told in full in the log; nobody above could catch it)
        code = 1
        traceback.print_exc()
    finally:
        os._exit(code)


def take_down(state: State) -> list[Process]:
    """Stop a region's supervisor and every process that carries the region's mark; return what was stopped.

    Only processes the kit started count: the supervisor by number, start time and the lock it holds, the others by the
    mark in their environment. Raises KitError if the supervisor does not end.
    """
    stopped = []
    if is_held(state.lock):
        owner = owner_of(state.lock)
        if owner is None:
            raise KitError(f"{state.lock} is held, but by no process of this user: nothing was stopped.")
        send(owner, SIGTERM)
        stopped.append(owner)
        deadline = time.monotonic() + _PATIENCE
        while is_held(state.lock):
            if time.monotonic() > deadline:
                raise KitError(
                    f"The process {owner.pid} does not end. Look at {state.log('kit')}, then end it by hand."
                )
            time.sleep(0.1)
    return stopped + stop(marked(str(state.root)))
