"""What stands where the profile should: folders, devices, links, giants."""

import os
import time
from pathlib import Path

import pytest

from kit.profile import check
from kit.profile.source import MAX_BYTES
from tests.kit.profile.bad_profiles import BASE


def only_fault(path: Path) -> tuple[int, int, str, str]:
    (fault,) = check(path).faults
    return fault.line, fault.column, fault.found, fault.expected


def test_missing_file(tmp_path: Path) -> None:
    expected = "a profile; `kit region new CODE` makes one"
    assert only_fault(tmp_path / "region.yml") == (1, 1, "no file", expected)


def test_folder_without_profile(tmp_path: Path) -> None:
    assert only_fault(tmp_path) == (1, 1, "a folder", "a profile file, region.yml")


def test_folder_with_profile(tmp_path: Path) -> None:
    (tmp_path / "region.yml").write_text(BASE)
    assert check(tmp_path).faults == []


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "region.yml")
    assert only_fault(tmp_path / "region.yml")[2] == "a device or pipe"


def test_device() -> None:
    assert only_fault(Path("/dev/zero"))[2] == "a device or pipe"


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "region.yml"
    path.write_text(BASE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    found = "a file this user may not read"
    assert only_fault(path) == (1, 1, found, "read permission, e.g. chmod u+r region.yml")


def test_link_that_goes_round(tmp_path: Path) -> None:
    (tmp_path / "region.yml").symlink_to("region.yml")
    assert only_fault(tmp_path / "region.yml")[2].startswith("a file that cannot be read")


def test_name_with_a_null_character() -> None:
    assert only_fault(Path("a\x00b.yml"))[2].startswith("a file that cannot be read")


def test_ten_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "region.yml"
    path.write_bytes(b"a: b\n" * 2_000_000)
    start = time.perf_counter()
    expected = f"a profile of at most {MAX_BYTES:,} bytes; lists belong in CSV files"
    assert only_fault(path) == (1, 1, "a file of 10,000,000 bytes", expected)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    "unit", ["x: [1]\n", "- [[[[[[[\n", "&a *a ", "{", '"\\x41', "a: b\n", "? ? ? ", "!<x> ", "|\n "]
)
def test_the_largest_file_is_checked_in_seconds(tmp_path: Path, unit: str) -> None:
    path = tmp_path / "region.yml"
    path.write_text((unit * MAX_BYTES)[:MAX_BYTES])
    start = time.perf_counter()
    assert check(path).faults
    assert time.perf_counter() - start < 5


def test_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "region.yml"
    path.write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    assert check(path).faults == []


def test_places_count_from_the_first_letter_with_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "region.yml"
    text = BASE.replace("Jl. Contoh No. 1", "[]")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (fault,) = check(path).faults
    assert (fault.line, fault.column, fault.path) == (7, 13, "doc.address.street")


@pytest.mark.parametrize(
    "text",
    [
        "Jl. Ma'ruf 😀 No. 1",
        "{{ 7 * 7 }}",
        "{% include 'x' %}",
        "${HOME}",
        "$(id)",
        "`id`",
        "no",
        "Jl. D'Arzo; DROP TABLE",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "%(x)s {0} %s",
    ],
)
def test_text_is_kept_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "region.yml"
    quoted = text.replace('"', '\\"')
    path.write_text(BASE.replace("Jl. Contoh No. 1", f'"{quoted}"'))
    report = check(path)
    assert report.profile is not None
    assert report.profile.as_context()["doc"]["address"]["street"] == text
