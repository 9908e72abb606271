"""Values reach Ansible as data; what Ansible does comes back as events."""

import json
import time
from pathlib import Path

import pytest
import yaml

from kit.deploy.ansible import Event, PlaybookFailed, run_playbook, variables_file
from kit.deploy.embedded import base_python
from kit.deploy.processes import marked, stop

PLAYBOOK = """
- name: A play
  hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - name: Ensure the values are written
      ansible.builtin.copy:
        content: "{{ {'text': text, 'deep': deep} | to_json }}"
        dest: "{{ target }}"
        mode: "0600"
    - name: Ensure a fact is set
      ansible.builtin.set_fact:
        found: "{{ text }}"
    - name: Ensure the secret is used
      ansible.builtin.command: "echo {{ secret }}"
      changed_when: false
      no_log: true
    - name: Ensure something fails
      ansible.builtin.fail:
        msg: "{{ text }} does not work"
      when: broken
"""


def hostile(canary: Path) -> list[str]:
    """Texts that would make *canary* if anything evaluated them."""
    return [
        f"{{{{ lookup('ansible.builtin.pipe', 'touch {canary}') }}}}",
        f"{{% set x = lookup('ansible.builtin.pipe', 'touch {canary}') %}}",
        f"$(touch {canary})",
        f"`touch {canary}`",
        "${HOME}",
        f"!unsafe {{{{ lookup('pipe', 'touch {canary}') }}}}",
        f"!!python/object/apply:os.system ['touch {canary}']",
        "{{ 7 * 7 }}",
        "'; touch x; '",
        "../../etc/passwd",
        'quote " and \\ backslash\nnew line\ttab',
        "no",
        "52.10",
        "😀 Wali Kota Ma'ruf",
    ]


def run(tmp_path: Path, variables: dict[str, object], events: list[Event] | None = None) -> dict[str, object]:
    """Run PLAYBOOK with *variables*."""
    playbook = tmp_path / "play.yml"
    playbook.write_text(PLAYBOOK, encoding="utf-8")
    given = {
        "ansible_python_interpreter": base_python(),
        "target": str(tmp_path / "out.json"),
        "secret": "s3cret",
        "broken": False,
        **variables,
    }
    keep = [] if events is None else events
    return run_playbook(str(playbook), given, run_dir=tmp_path, log=tmp_path / "log", on_event=keep.append)


def test_no_value_is_evaluated(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    texts = hostile(canary)
    facts = run(tmp_path, {"text": texts[0], "deep": {"list": texts, "map": {str(n): t for n, t in enumerate(texts)}}})
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written["text"] == texts[0]
    assert written["deep"]["list"] == texts
    assert list(written["deep"]["map"].values()) == texts
    assert facts == {"found": texts[0]}
    assert not canary.exists()


def test_the_same_values_unmarked_would_be_evaluated(tmp_path: Path) -> None:
    """Guards the test above: this Ansible does evaluate a plain variables file."""
    canary = tmp_path / "canary"
    values = tmp_path / "plain.yml"
    values.write_text(yaml.safe_dump({"text": hostile(canary)[0]}), encoding="utf-8")
    playbook = tmp_path / "play.yml"
    playbook.write_text(PLAYBOOK.replace("hosts: localhost", f"hosts: localhost\n  vars_files: ['{values}']"), "utf-8")
    run_playbook(
        str(playbook),
        {
            "ansible_python_interpreter": base_python(),
            "target": str(tmp_path / "out"),
            "secret": "x",
            "broken": False,
            "deep": "",
        },
        run_dir=tmp_path,
        log=tmp_path / "log",
        on_event=lambda event: None,
    )
    assert canary.exists()


def test_numbers_booleans_and_empty_texts_stay_what_they_are() -> None:
    assert variables_file({"port": 8100, "demo": True, "zone": "", "names": ["no", "1"]}) == (
        "port: 8100\ndemo: true\nzone: ''\nnames: !unsafe\n- 'no'\n- '1'\n"
    )


def test_a_strange_name_is_refused() -> None:
    with pytest.raises(ValueError, match="not a variable name"):
        variables_file({"a b": "x"})


def test_a_failure_names_the_task_and_the_log_and_no_secret(tmp_path: Path) -> None:
    events: list[Event] = []
    with pytest.raises(PlaybookFailed) as raised:
        run(tmp_path, {"text": "{{ this }}", "deep": "", "broken": True}, events)
    assert "Ensure something fails: " in str(raised.value)
    assert "{{ this }} does not work" in str(raised.value)
    assert f"All of it: {tmp_path / 'log'}" in str(raised.value)
    assert "s3cret" not in repr(events)
    assert [event.kind for event in events] == ["task", "ok", "task", "ok", "task", "ok", "task", "failed"]


def test_a_playbook_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PlaybookFailed, match="Ansible could not run"):
        run_playbook("absent.yml", {}, run_dir=tmp_path, log=tmp_path / "log", on_event=lambda event: None)


SLOW = """
- name: A play
  hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - name: Ensure it takes long
      ansible.builtin.command: sleep 60
      changed_when: false
"""


def test_what_an_interrupted_run_leaves_is_found_by_its_mark(tmp_path: Path) -> None:
    playbook = tmp_path / "play.yml"
    playbook.write_text(SLOW, encoding="utf-8")
    mark = str(tmp_path)

    def interrupt(event: Event) -> None:
        deadline = time.monotonic() + 20
        while not any(each.command == "sleep 60" for each in marked(mark)) and time.monotonic() < deadline:
            time.sleep(0.05)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_playbook(
            str(playbook),
            {"ansible_python_interpreter": base_python()},
            run_dir=tmp_path,
            log=tmp_path / "log",
            on_event=interrupt,
            mark=mark,
        )
    stop(marked(mark))
    assert marked(mark) == []
