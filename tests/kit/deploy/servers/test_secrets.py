"""Secrets: made once, unreadable without their password, never printed, never templates."""

import pickle
import stat
from pathlib import Path

import pytest

from kit.deploy.servers import certificates, secrets
from kit.deploy.servers.secrets import Secrets
from kit.errors import KitError


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "repository" / "deploy").mkdir(parents=True)
    return tmp_path / "repository"


def test_only_what_is_missing_is_made(repository: Path, tmp_path: Path) -> None:
    password = tmp_path / "home" / "pass"
    first = Secrets({})
    first.ensure("hayu/SECRET_KEY", secrets.new_secret)
    secrets.write(repository, password, first)
    again = secrets.read(repository, password)
    again.ensure("hayu/SECRET_KEY", secrets.new_secret)
    again.ensure("erk/SECRET_KEY", secrets.new_secret)
    assert again.added == ["erk/SECRET_KEY"]
    assert again.reveal("hayu/SECRET_KEY") == first.reveal("hayu/SECRET_KEY")


def test_the_vault_is_encrypted_and_private(repository: Path, tmp_path: Path) -> None:
    kept, password = Secrets({"mail/SMTP_PASSWORD": "{{ 7 * 7 }} rahasia"}), tmp_path / "pass"
    secrets.write(repository, password, kept)
    file = repository / secrets.PLACE
    assert file.read_text(encoding="ascii").startswith("$ANSIBLE_VAULT;")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, password)] == [0o600, 0o600]
    assert secrets.read(repository, password).reveal("mail/SMTP_PASSWORD") == "{{ 7 * 7 }} rahasia"


def test_secrets_do_not_print_themselves() -> None:
    kept = Secrets({"hayu/SECRET_KEY": "rahasia"})
    assert [f"{kept}", repr(kept), str([kept])] == ["Secrets(hayu/SECRET_KEY)"] * 2 + ["[Secrets(hayu/SECRET_KEY)]"]
    with pytest.raises(TypeError):
        pickle.dumps(kept)


def test_a_wrong_or_missing_password_is_told(repository: Path, tmp_path: Path) -> None:
    secrets.write(repository, tmp_path / "pass", Secrets({"a": "b"}))
    with pytest.raises(KitError, match=r"its password file .* is not on this machine"):
        secrets.read(repository, tmp_path / "elsewhere")
    (tmp_path / "other").write_text("other\n", encoding="utf-8")
    with pytest.raises(KitError, match="cannot be opened with the password"):
        secrets.read(repository, tmp_path / "other")


def test_a_certificate_is_made_once_and_anew_for_other_names() -> None:
    kept = Secrets({})
    certificates.ensure_authority(kept, "Kota Mataram")
    certificates.ensure_certificate(kept, "site", ["hayu.mataramkota.go.id", "erk.mataramkota.go.id"])
    assert certificates.days_left(kept.reveal("tls/site.crt")) in {395, 396}
    kept.added.clear()
    certificates.ensure_authority(kept, "Kota Mataram")
    certificates.ensure_certificate(kept, "site", ["hayu.mataramkota.go.id", "erk.mataramkota.go.id"])
    assert kept.added == []
    certificates.ensure_certificate(kept, "site", ["hayu.mataramkota.go.id"])
    assert kept.added == ["tls/site.key", "tls/site.crt"]
