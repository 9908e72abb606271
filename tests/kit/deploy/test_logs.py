"""Logs are followed by complete lines and quoted by their end."""

from pathlib import Path

from kit.deploy.logs import Follower, tail, trim


def test_only_new_complete_lines_are_told_once(tmp_path: Path) -> None:
    log, late = tmp_path / "a.log", tmp_path / "b.log"
    log.write_text("old\n", encoding="utf-8")
    follower = Follower({"a": log, "b": late})
    assert list(follower.new_lines()) == []
    with log.open("a", encoding="utf-8") as out:
        out.write("one\ntw")
    late.write_text("late\n", encoding="utf-8")
    assert list(follower.new_lines()) == [("a", "one"), ("b", "late")]
    with log.open("a", encoding="utf-8") as out:
        out.write("o\n")
    assert list(follower.new_lines()) == [("a", "two")]
    assert list(follower.new_lines()) == []


def test_the_tail_leaves_out_what_was_there_before(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text("yesterday's fault\n", encoding="utf-8")
    before = log.stat().st_size
    with log.open("ab") as out:
        out.write(b"\xff\n" + b"".join(b"%d\n" % number for number in range(40)))
    assert tail(log, before, lines=3) == "37\n38\n39"
    assert "yesterday" not in tail(log, before, lines=100)


def test_a_large_log_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    trim(log)
    log.write_bytes(b"x" * 10)
    trim(log)
    assert log.exists()
    log.write_bytes(b"x" * 5_000_001)
    trim(log)
    assert not log.exists()
    assert (tmp_path / "a.log.1").stat().st_size == 5_000_001
