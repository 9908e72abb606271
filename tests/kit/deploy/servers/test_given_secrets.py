"""Passwords only the operator can give, of the mail server and the eSign service: given once, told nowhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from kit.deploy.servers import changing, desired, secrets, wishes
from kit.deploy.servers.secrets import Secrets
from kit.errors import KitError
from kit.profile import from_values, sample
from kit.profile.official import regions
from kit.profile.writing import profile_text
from kit.render import render

CANARY = "kenari-{{ 7 * 7 }}-rahasia"
HOSTS = ["hayu.mataramkota.go.id"]
MAIL = {"smtp": {"host": "mail.mataramkota.go.id", "user": "noreply"}, "sender": "noreply@mataramkota.go.id"}
SIGN = {"provider": "bsre", "endpoint": "http://10.10.0.5/", "user": "kota-mataram"}
ASKED = {
    "KIT_SMTP_PASSWORD": ({"mail": MAIL}, "SMTP_PASSWORD", "The mail server mail.mataramkota.go.id asks noreply"),
    "KIT_SIGN_PASSWORD": ({"sign": SIGN}, "SIGN_PASSWORD", "The eSign service http://10.10.0.5/ asks kota-mataram"),
}


def rendered(folder: Path, own: dict[str, Any]) -> Path:
    """The repository of a region with these values."""
    folder.mkdir(exist_ok=True)
    profile = folder / "region.yml"
    profile.write_text(profile_text(regions()["52.71"], sample("52.71", own)), encoding="utf-8")
    return render(profile, folder / "repository").path


@pytest.mark.parametrize("variable", ASKED)
def test_it_is_asked_for_once_and_replaced_when_given_again(variable: str) -> None:
    own, name, who = ASKED[variable]
    profile, kept = from_values(sample("52.71", own)), Secrets({})
    with pytest.raises(KitError) as refused:
        wishes.ensure_secrets(kept, profile, ("hayu", "erk"), HOSTS, {})
    assert str(refused.value) == (
        f"{who} for a password. Give it once: {variable}=… in the environment of this command; "
        "it is kept encrypted from then on."
    )
    for given, value in (({variable: CANARY}, CANARY), ({}, CANARY), ({variable: ""}, CANARY), ({variable: "b"}, "b")):
        wishes.ensure_secrets(kept, profile, ("hayu", "erk"), HOSTS, given)
        assert [kept.reveal(f"{app}/{name}") for app in ("hayu", "erk")] == [value] * 2


def test_what_the_region_does_not_use_is_not_kept() -> None:
    kept = Secrets({})
    given = dict.fromkeys(wishes.GIVEN.values(), CANARY)
    wishes.ensure_secrets(kept, from_values(sample("52.71")), ("hayu",), HOSTS, given)
    assert [name for name in kept.reveal_all() if name.endswith("_PASSWORD")] == []


@pytest.mark.parametrize("variable", ASKED)
def test_a_canary_is_nowhere_but_in_the_vault_and_the_region_s_files_name_it_only(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, name, _ = ASKED[variable]
    monkeypatch.setenv(variable, CANARY)
    kept, password = Secrets({}), tmp_path / "vault-pass"
    wishes.ensure_secrets(kept, from_values(sample("52.71", own)), ("hayu",), HOSTS, {variable: CANARY})
    repository = rendered(tmp_path, own)
    secrets.write(repository, password, kept)
    places = [path for path in repository.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert places == []
    assert secrets.read(repository, password).reveal(f"hayu/{name}") == CANARY
    unit = (repository / "deploy/systemd/app.service").read_text(encoding="utf-8")
    assert unit.count(f"LoadCredential={name}:/etc/kit/credentials/%j/{name}\n") == 1
    (file,) = (one for one in desired.credentials(("hayu",), kept.reveal_all()) if one.secret == f"hayu/{name}")
    assert (file.path, file.mode, file.group) == (f"/etc/kit/credentials/hayu/{name}", 0o600, "root")
    shown = [repr(kept), repr(file), file.fingerprint, json.dumps(changing._entries([file]))]
    assert [text for text in shown if CANARY in text] == []


def test_the_name_at_the_esign_service_is_rendered_only_with_bsre(tmp_path: Path) -> None:
    lines = []
    for sign in (SIGN, {**SIGN, "provider": "double"}):
        folder = rendered(tmp_path / sign["provider"], {"sign": sign}) / "deploy"
        texts = (folder / place for place in ("env/common.env", "systemd/app.service"))
        lines.append([line for text in texts for line in text.read_text("utf-8").splitlines() if "SIGN" in line])
    assert lines == [
        ["SIGN_USER=kota-mataram", "LoadCredential=SIGN_PASSWORD:/etc/kit/credentials/%j/SIGN_PASSWORD"],
        [],
    ]
