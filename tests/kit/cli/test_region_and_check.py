"""`kit region` and `kit check` as a person calls them."""

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kit.cli.main import cli
from kit.paths import ROOT

FILL = ["--set", "doc.address.street=Jl. Contoh No. 1", "--set", "doc.address.postal_code=83116"]


@pytest.fixture(autouse=True)
def regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of profiles."""
    monkeypatch.setenv("KIT_REGIONS", str(tmp_path))
    return tmp_path


def kit(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_new_writes_a_short_profile_and_says_what_is_left(regions: Path) -> None:
    result = kit("region", "new", "52.71", "--yes")
    path = regions / "52.71-kota-mataram" / "region.yml"
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"wrote {path}\n7 keys are left to fill, marked FILL in the file:\n")
    text = path.read_text()
    assert len(text.splitlines()) < 50
    assert 'code: "52.71"' in text
    assert "# FILL (required): Street and number of the head's office" in text
    assert "kota, Wali Kota, Perwal" in text
    assert "Asia/Makassar (WITA)" in text
    assert [file.name for file in path.parent.iterdir()] == ["region.yml"]


def test_only_the_two_required_keys_are_faults_of_a_new_profile(regions: Path) -> None:
    kit("region", "new", "52.71", "--yes")
    result = kit("check", "52.71", "--json")
    assert result.exit_code == 1
    (report,) = json.loads(result.output)
    assert [fault["path"] for fault in report["faults"]] == ["doc.address.postal_code", "doc.address.street"]


def test_new_with_the_required_keys_is_sound(regions: Path) -> None:
    assert kit("region", "new", "32.10", "--yes", *FILL).exit_code == 0
    assert kit("check", "kabupaten-majalengka").exit_code == 0
    shown = json.loads(kit("region", "show", "32.10", "--json").output)
    assert shown["doc"]["address"]["postal_code"] == "83116"
    assert shown["terms"]["head"] == "Bupati"


def test_a_region_without_a_known_domain_has_to_name_it(regions: Path) -> None:
    kit("region", "new", "35.79", "--yes", *FILL)
    assert "net.domain: found nothing" in kit("check", "35.79").output
    assert kit("region", "show", "35.79").exit_code == 1


def test_new_never_overwrites(regions: Path) -> None:
    kit("region", "new", "52.71", "--yes")
    path = regions / "52.71-kota-mataram" / "region.yml"
    path.write_text("mine\n")
    result = kit("region", "new", "52.71", "--yes")
    assert result.exit_code == 1
    assert "is there already and stays as it is" in result.output
    assert path.read_text() == "mine\n"


def test_new_never_follows_a_dangling_link(regions: Path) -> None:
    folder = regions / "52.71-kota-mataram"
    folder.mkdir()
    (folder / "region.yml").symlink_to(regions / "elsewhere.yml")
    assert kit("region", "new", "52.71", "--yes").exit_code == 1
    assert not (regions / "elsewhere.yml").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("52.79", "52.71  Kota Mataram, Nusa Tenggara Barat"),
        ("mataram", "kit region new 52.71    # Kota Mataram, Nusa Tenggara Barat"),
        ("Tangerang", "kit region new 36.71    # Kota Tangerang, Banten"),
        ("matarm", "52.71  Kota Mataram"),
        ("../../etc", "no province, kabupaten or kota has the code '../../etc'."),
        ("", "no province, kabupaten or kota has the code ''."),
    ],
)
def test_new_refuses_what_is_no_code(regions: Path, code: str, said: str) -> None:
    result = kit("region", "new", code, "--yes")
    assert result.exit_code == 2
    assert said in result.output
    assert list(regions.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "code", "said"),
    [
        ("net.domain", 2, "has no =: write --set KEY=VALUE"),
        ("net.domian=x.go.id", 2, "'net.domian' is no field of the profile"),
        ("net.domain=Kota Mataram", 1, 'net.domain: found "Kota Mataram"'),
        ("net.offline=no", 1, "expected true or false. Did you mean false?"),
        ("apps.enabled=[hayu", 2, "text that is not YAML"),
        ("apps.enabled=[judi]", 1, 'apps.enabled[0]: found "judi"'),
        ("region.code=32.73", 1, "region.code"),
        ("net=x", 2, "'net' is a section: set one of its fields"),
        ("brand.colors.primary=#FFD700", 1, "the nearest shade that has it is #8B7500"),
    ],
)
def test_new_refuses_bad_settings_before_anything_is_written(regions: Path, setting: str, code: int, said: str) -> None:
    result = kit("region", "new", "52.71", "--yes", "--set", setting)
    assert result.exit_code == code, result.output
    assert said in result.output
    assert list(regions.iterdir()) == []


@pytest.mark.parametrize(
    "value", ["{{ 7 * 7 }}", "$(id)", "`id`", "${HOME}", "a: b # c", "'\"\\", "no", "32.10", "- x", "!x"]
)
def test_settings_are_kept_as_typed(regions: Path, value: str) -> None:
    assert kit("region", "new", "52.71", "--yes", *FILL, "--set", f"doc.address.street={value}").exit_code == 0
    shown = json.loads(kit("region", "show", "kota-mataram", "--json").output)
    assert shown["doc"]["address"]["street"] == value


def test_list_shows_state(regions: Path) -> None:
    assert kit("region", "list").output.startswith("no profile in ")
    kit("region", "new", "52.71", "--yes")
    kit("region", "new", "36", "--yes", *FILL)
    assert kit("region", "list").output.splitlines() == [
        "CODE   REGION          FILLED  STATE",
        "36     provinsi-banten 3/8     good",
        "52.71  kota-mataram    1/8     2 faults",
    ]
    assert [row["faults"] for row in json.loads(kit("region", "list", "--json").output)] == [0, 2]


def test_show_prints_every_resolved_value(regions: Path) -> None:
    kit("region", "new", "52.71", "--yes", *FILL)
    lines = kit("region", "show", "52.71").output.splitlines()
    assert 'locale.tz_label = "WITA"' in lines
    assert 'apps.enabled = ["sabilulungan", "hayu", "erk"]' in lines


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("atlantis", 2, "no region is called 'atlantis'"),
        ("kota-bandung", 2, "no profile of 'kota-bandung' yet (Kota Bandung is 32.73)"),
        ("/nowhere/region.yml", 1, "/nowhere/region.yml:1:1: found no file"),
        ("/etc/hostname.yml", 1, "found no file"),
    ],
)
def test_check_of_what_is_not_there(regions: Path, target: str, code: int, said: str) -> None:
    result = kit("check", target)
    assert (result.exit_code, said in result.output) == (code, True), result.output


def test_check_without_region_is_wrong_usage() -> None:
    assert kit("check").exit_code == 2


def test_check_reports_all_profiles(regions: Path) -> None:
    kit("region", "new", "52.71", "--yes")
    kit("region", "new", "36", "--yes", *FILL)
    result = kit("check", "36", "52.71", "52.71")
    assert result.exit_code == 1
    assert "no fault. To fill before production: officials.head.name" in result.output
    assert result.output.count("2 faults") == 1


def test_a_slug_is_completed_by_its_folder_or_path(regions: Path) -> None:
    kit("region", "new", "52.71", "--yes", *FILL)
    folder = regions / "52.71-kota-mataram"
    for target in ("52.71", "kota-mataram", folder.name, str(folder), str(folder / "region.yml")):
        assert kit("check", target).exit_code == 0


def test_a_person_at_a_terminal_is_asked_only_for_keys_to_fill(regions: Path) -> None:
    answers = ["", "", "", "Jl. Contoh No. 1", "8311", "83116", "", ""]
    main, child = pty.openpty()
    command = [sys.executable, "-m", "kit.cli.main", "region", "new", "52.71"]
    with subprocess.Popen(command, stdin=child, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT) as process:
        os.write(main, ("\n".join(answers) + "\n").encode())
        output = process.communicate(timeout=60)[0].decode()
    os.close(main)
    os.close(child)
    assert process.returncode == 0, output
    assert 'found "8311"; expected 5 digits in quotes' in output
    text = (regions / "52.71-kota-mataram" / "region.yml").read_text()
    assert "    street: Jl. Contoh No. 1\n" in text
    assert '    postal_code: "83116"\n' in text
    assert "5 keys are left to fill" in output


def test_help_is_instant_and_heavy_modules_stay_out() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "kit.cli.main", "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert "region" in result.stdout
    imported = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert not imported & {"pydantic", "yaml", "rich", "jinja2", "cookiecutter", "ansible", "django"}


def test_help_takes_at_most_twelve_times_an_empty_python() -> None:
    def best(*arguments: str) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=ROOT)
            times.append(time.perf_counter() - start)
        return min(times)

    assert best("-m", "kit.cli.main", "--help") <= 12 * best("-c", "pass")
