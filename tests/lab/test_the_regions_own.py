"""What a region adds in `custom/`: its programs around a deployment, its lines for nginx. On the standing server."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab.servers import Run, root

_HOOK = """#!/bin/sh
{ id -un; pwd; env | sort; } >/root/$KIT_HOOK
"""
_BEGUN = "cd /; runuser -u postgres -- psql -XtAq -d hayu -c 'select count(*) from django_migrations'"


def served(run: Run) -> str:
    """The release that serves, by its link."""
    return root(run.host, "basename $(readlink /opt/kit/live/hayu)").strip()


def commit(repository: Path, files: dict[str, str]) -> None:
    """Write files below custom/ and commit them, hooks as programs."""
    for name, text in files.items():
        path = repository / "custom" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755 if "hooks" in name else 0o644)
    git(repository, "add", "custom")
    git(repository, "commit", "-qm", "Milik daerah")


def git(repository: Path, *arguments: str) -> str:
    """Run git as the region's people."""
    who = ("-c", "user.name=uji", "-c", "user.email=uji@contoh.invalid")
    done = subprocess.run(["git", "-C", str(repository), *who, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def repository(run: Run) -> Iterator[Path]:
    """The region's repository; afterwards it and the server are again what they were."""
    path = run.region.repository
    start = git(path, "rev-parse", "HEAD")
    yield path
    git(path, "rm", "-rq", "custom/hooks", "custom/nginx")
    git(path, "commit", "-qm", "Tanpa milik daerah")
    assert git(path, "diff", "--stat", start) == ""
    code, said = run.region.kit("setup")
    assert code == 0, said


def test_hooks_run_as_root_with_the_documented_environment_and_own_lines_are_served(run: Run, repository: Path) -> None:
    former = served(run)
    own = {"hooks/before-deploy": _HOOK, "hooks/after-deploy": _HOOK}
    commit(
        repository,
        own | {"nginx/server.conf": 'add_header X-Daerah "Mataram" always;\nlocation = /uji { return 418; }\n'},
    )
    code, said = run.region.kit("deploy")
    assert code == 0, said
    release = served(run)
    assert release != former
    for name in ("before-deploy", "after-deploy"):
        user, folder, *environment = root(run.host, f"cat /root/{name}; rm /root/{name}").splitlines()
        assert (user, folder) == ("root", f"/opt/kit/releases/{release}")
        told = dict(line.split("=", 1) for line in environment)
        assert told.pop("PATH").startswith("/usr/local/sbin:")
        told.pop("PWD", None)  # set by the shell itself
        assert told == {
            "KIT_HOOK": name,
            "KIT_WHERE": "server",
            "KIT_RELEASE": release,
            "KIT_RELEASE_DIR": f"/opt/kit/releases/{release}",
            "KIT_FORMER_RELEASE": former,
            "KIT_APPS": "sabilulungan hayu erk",
            "LC_ALL": "C.UTF-8",
        }
    name = "$(sed -n 's/^ALLOWED_HOSTS=//p' /etc/kit/hayu.env)"
    asked = f'curl -sk -o /dev/null -w "%{{http_code}}" --resolve "{name}:443:127.0.0.1" "https://{name}/uji"'
    assert root(run.host, asked) == "418"


def test_lines_that_nginx_refuses_end_the_run_before_anything_of_it_changes(run: Run, repository: Path) -> None:
    before, began = served(run), root(run.host, _BEGUN)
    good = (repository / "custom" / "nginx" / "server.conf").read_text(encoding="utf-8")
    commit(
        repository,
        {"nginx/server.conf": f"{good}tidak_ada on;\n", "hooks/before-deploy": "#!/bin/sh\ntouch /root/ran\n"},
    )
    code, said = run.region.kit("deploy")
    git(repository, "revert", "--no-edit", "HEAD")
    assert code == 3, said
    assert 'unknown directive "tidak_ada" in custom/nginx/server.conf:3' in said
    assert "The new files are not accepted; those before are back in place." in said
    assert root(run.host, "ls /root") == ""
    assert (served(run), root(run.host, _BEGUN)) == (before, began)
    assert root(run.host, "nginx -t -q; cat /etc/nginx/kit/custom/server.conf") == good
