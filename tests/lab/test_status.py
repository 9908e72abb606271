"""`kit status` on a real server, and the way back that a new release keeps."""

import json
import subprocess

from tests.lab.servers import Run


def test_everything_is_told(run: Run) -> None:
    code, said = run.region.kit("status", "--json")
    assert code == 0, said
    told = json.loads(said)[0]
    assert (told["good"], told["concerns"]) == (True, [])
    assert told["live"].keys() == {"sabilulungan", "hayu", "erk"}
    assert {one["status"] for one in told["health"].values()} == {"ok"}
    assert told["packages"].keys() == {"nginx", "postgresql", "python3"}
    assert 390 < told["certificate_days"] < 398
    assert told["disk_free"] > 1000
    assert told["last_run"]["result"].startswith("done, ")
    assert told["last_backup"] is None


def test_a_release_keeps_the_databases_first_and_names_them_on_the_way_back(run: Run) -> None:
    before = json.loads(run.region.kit("status", "--json")[1])[0]["live"]["hayu"]
    theme = run.region.repository / "custom" / "static" / "tema.css"
    theme.write_text("/* rilis baru */\n", encoding="utf-8")
    git = ("git", "-C", str(run.region.repository), "-c", "user.name=uji", "-c", "user.email=uji@contoh.invalid")
    subprocess.run([*git, "add", "custom"], check=True)
    subprocess.run([*git, "commit", "-qm", "Tema"], check=True)
    own = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    code, said = run.region.kit("deploy")
    assert code == 0, said
    told = json.loads(run.region.kit("status", "--json")[1])[0]
    release = told["live"]["hayu"]
    assert (told["last_point"]["release"], told["before"]["hayu"]) == (release, before)
    folder = f"/var/lib/kit/points/{release}"
    listed = run.host.ssh("sudo", "find", folder, "-name", "'*.dump'", "-printf", "'%f %m %U %s\\n'").stdout
    kept = {line.split()[0]: line.split()[1:] for line in listed.splitlines()}
    assert kept.keys() == {"sabilulungan.dump", "hayu.dump", "erk.dump"}
    assert all((mode, owner) == ("600", "0") and int(size) > 10_000 for mode, owner, size in kept.values())
    code, said = run.region.kit("rollback")
    assert code == 0, said
    assert f"web1:{folder}" in said
    assert json.loads(run.region.kit("status", "--json")[1])[0]["live"]["hayu"] == before
    subprocess.run([*git, "revert", "--no-edit", own], check=True, capture_output=True)
    assert "changed=0" in run.region.kit("setup")[1]
