"""The region's own programs around a deployment: run once a release, with a known environment, within a time."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from kit.deploy.ansible import PlaybookFailed
from kit.deploy.embedded import Service, finish
from kit.deploy.hooks import hooks_of
from kit.deploy.state import State
from kit.errors import KitError

Library = Callable[[str], ModuleType]


def hook(release: Path, text: str, name: str = "after-deploy", mode: int = 0o755) -> Path:
    """A hook of the release."""
    file = release / "custom" / "hooks" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def test_a_hook_sees_what_is_documented_and_nothing_else(library: Library, tmp_path: Path) -> None:
    module = library("kit_hook")
    live = tmp_path / "live"
    live.symlink_to(tmp_path / "releases" / "old")
    params = {
        "name": "before-deploy",
        "release": "new",
        "path": "/opt/kit/releases/new",
        "apps": ["hayu", "erk"],
        "environment": {"KIT_WHERE": "server"},
        "live": str(live),
    }
    assert module.environment(params) == {
        "KIT_HOOK": "before-deploy",
        "KIT_RELEASE": "new",
        "KIT_RELEASE_DIR": "/opt/kit/releases/new",
        "KIT_FORMER_RELEASE": "old",
        "KIT_APPS": "hayu erk",
        "KIT_WHERE": "server",
        "LC_ALL": "C.UTF-8",
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    }
    file = hook(tmp_path, "#!/bin/sh\nenv | sort | grep -v ^_= | grep -v ^PWD=\n", "before-deploy")
    ended = module.perform(file, module.environment(params), tmp_path, 10)
    assert (ended.problem, dict(line.split("=", 1) for line in ended.said.splitlines())) == (
        "",
        module.environment(params),
    )
    assert module.environment({**params, "release": "old"})["KIT_FORMER_RELEASE"] == ""


@pytest.mark.parametrize(
    ("text", "mode", "problem", "said"),
    [
        ("#!/bin/sh\necho no room; exit 3\n", 0o755, "ended with exit code 3.", "no room\n"),
        ("#!/bin/sh\nkill -9 $$\n", 0o755, "was ended by SIGKILL.", ""),
        ("#!/bin/sh\n", 0o644, "is not executable: `git update-index --chmod=+x` it, commit.", ""),
        ("#!/no/such\n", 0o755, "cannot be run (No such file or directory): its first line must name a program", ""),
        ("#!/bin/sh\nsleep 60 & echo begun; sleep 60\n", 0o755, "did not end within 0.5 seconds", "begun\n"),
    ],
)
def test_what_goes_wrong_is_said(
    library: Library, tmp_path: Path, text: str, mode: int, problem: str, said: str
) -> None:
    ended = library("kit_hook").perform(hook(tmp_path, text, mode=mode), {"PATH": "/usr/bin:/bin"}, tmp_path, 0.5)
    assert ended.problem.startswith(problem)
    assert ended.said == said


def test_only_known_hooks_that_can_be_run(tmp_path: Path) -> None:
    assert hooks_of(tmp_path) == ()
    hook(tmp_path, "#!/bin/sh\n")
    hook(tmp_path, "", ".gitkeep")
    assert hooks_of(tmp_path) == ("after-deploy",)
    hook(tmp_path, "#!/bin/sh\n", "before-deploy", 0o644)
    with pytest.raises(KitError, match=r"before-deploy is no program that can be run: `chmod \+x` it"):
        hooks_of(tmp_path)
    hook(tmp_path, "#!/bin/sh\n", "before-deploy")
    assert hooks_of(tmp_path) == ("after-deploy", "before-deploy")
    hook(tmp_path, "#!/bin/sh\n", "after-migrate")
    with pytest.raises(KitError, match="after-migrate is no hook: the kit knows before-deploy and after-deploy"):
        hooks_of(tmp_path)


def test_a_failure_stops_it_in_words_and_success_is_noted(state: State) -> None:
    release = state.releases / "abc123"
    service = Service("hayu", 8101, release / "apps" / "hayu", Path("/x"), {}, state.log("hayu"))
    hook(release, "#!/bin/sh\necho $KIT_WHERE $KIT_RELEASE $KIT_URL_HAYU; exit 4\n")
    with pytest.raises(PlaybookFailed) as caught:
        finish(state, [service])
    words = str(caught.value)
    assert "custom/hooks/after-deploy ended with exit code 4. The release serves already" in words
    assert "embedded abc123 http://localhost:8101" in words
    hook(release, "#!/bin/sh\necho x >>ran\n")
    finish(state, [service])
    finish(state, [service])
    assert (release / "ran").read_text(encoding="utf-8") == "x\n"
    assert (state.root / "hooks" / "after-deploy").read_text(encoding="ascii") == "abc123\n"
