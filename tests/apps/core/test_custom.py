"""The region's own settings: laid over the app's, and refused with every fault where they cannot be."""

import pytest

from core import custom

KNOWN = {"SESSION_COOKIE_AGE": 8 * 3600, "SIGNUP_OPEN": True, "LEGAL_BASIS": ("a.b",), "MFA_TOTP_ISSUER": "Pemkot"}


def write(folder, text):
    """The file with this text; its folder."""
    (folder / custom.FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_nothing_is_set(tmp_path):
    assert custom.settings("hayu", KNOWN, tmp_path) == {}


def test_the_apps_own_section_goes_before_the_one_for_all(tmp_path):
    folder = write(
        tmp_path,
        '[semua]\nSESSION_COOKIE_AGE = 1800\nMFA_TOTP_ISSUER = "Diskominfo"\nEMAIL_TIMEOUT = 5\n'
        '[hayu]\nSESSION_COOKIE_AGE = 900\nLEGAL_BASIS = ["a.b", "c.d"]\n[erk]\nSIGNUP_OPEN = false\n',
    )
    assert custom.settings("hayu", KNOWN, folder) == {
        "SESSION_COOKIE_AGE": 900,
        "MFA_TOTP_ISSUER": "Diskominfo",
        "EMAIL_TIMEOUT": 5,
        "LEGAL_BASIS": ("a.b", "c.d"),
    }
    assert custom.settings("erk", KNOWN, folder)["SESSION_COOKIE_AGE"] == 1800
    assert custom.settings("erk", KNOWN, folder)["SIGNUP_OPEN"] is False


def test_every_fault_is_told_at_once(tmp_path):
    folder = write(
        tmp_path,
        'DEBUG = true\n[semua]\nSECRET_KEY = "x"\nSESSION_COOKIE_AGE = "an hour"\nSIGNUP_OPEN = 1\n'
        "[hayu]\nNO_SUCH_THING = 1\n_data = 1\n[hajj]\nX = 1\n",
    )
    with pytest.raises(custom.SettingsRefused) as caught:
        custom.settings("hayu", KNOWN, folder)
    file, *faults = str(caught.value).splitlines()
    assert file == f"{folder / 'settings.toml'}:"
    guarded = "is set by the deployment, or guards the app's data. Change it in the profile or in deploy/."
    sections = "is no section: write [semua], [sabilulungan], [hayu], [erk] and settings below it."
    assert [fault.strip() for fault in faults] == [
        f"DEBUG {sections}",
        f"hajj {sections}",
        f"[semua] SECRET_KEY {guarded}",
        "[semua] SESSION_COOKIE_AGE must be of the kind int, such as 28800, not 'an hour'.",
        "[semua] SIGNUP_OPEN must be of the kind bool, such as True, not 1.",
        "[hayu] NO_SUCH_THING is no setting of this app. The names are in apps/core/core/settings.py.",
        f"[hayu] _data {guarded}",
    ]


@pytest.mark.parametrize("text", ["[semua", "[semua]\nX = ", "\x00"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, text):
    with pytest.raises(custom.SettingsRefused, match=r"settings\.toml cannot be read: "):
        custom.settings("hayu", KNOWN, write(tmp_path, text))


def test_what_guards_the_data_is_not_to_be_set():
    guarded = {"SECRET_KEY", "DATA_KEY", "DATABASES", "DEBUG", "ALLOWED_HOSTS", "MIDDLEWARE", "PASSWORD_HASHERS"}
    assert guarded <= custom.OWN
