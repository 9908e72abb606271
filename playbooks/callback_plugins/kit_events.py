"""Tells the kit what Ansible does: one JSON object a line, written to the file descriptor in KIT_EVENTS_FD.

Without that variable the plugin is silent, so the playbooks also run by plain `ansible-playbook`. What a task marked
`no_log` returned is already hidden when it gets here.
"""

from __future__ import annotations

import json
import os
import signal
import time
from typing import Any

from ansible.executor.task_result import CallbackTaskResult
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: kit_events
type: notification
short_description: Tells the kit what Ansible does.
description: One JSON object a line on the file descriptor named by KIT_EVENTS_FD.
requirements: []
"""


_LEADS_ON = {"include_role", "ansible.builtin.include_role"}
_SETS_FACTS = {"set_fact", "ansible.builtin.set_fact", "ansible.legacy.set_fact"}


class CallbackModule(CallbackBase):
    """Writes an event for each task and for each host's result."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "kit_events"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        """Open the descriptor, or disable the plugin when there is none."""
        super().__init__()
        descriptor = os.environ.get("KIT_EVENTS_FD")
        self._out = os.fdopen(int(descriptor), "w", encoding="utf-8", buffering=1) if descriptor else None
        self.disabled = self._out is None

    def _write(self, kind: str, **fields: Any) -> None:
        if self._out is None:
            return
        try:
            self._out.write(json.dumps({"kind": kind, "time": time.time(), **fields}, default=str) + "\n")
        except BrokenPipeError:  # the kit was killed: nothing may go on changing servers behind its back
            os.killpg(0, signal.SIGKILL)

    def _finished(self, status: str, result: CallbackTaskResult) -> None:
        if status != "failed" and result.task.action in _LEADS_ON:
            return
        outcome = result.result
        facts = outcome.get("ansible_facts", {}) if result.task.action in _SETS_FACTS else {}
        self._write(
            status,
            host=result.host.get_name(),
            task=result.task.get_name(),
            changed=bool(outcome.get("changed")),
            message=str(outcome.get("msg") or outcome.get("censored") or ""),
            facts=facts,
            changes=[str(item) for item in outcome.get("changes") or ()],
            details=str(outcome.get("stderr") or outcome.get("module_stderr") or ""),
        )

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:  # noqa: ARG002 (Ansible calls it so)
        """A task begins (on all hosts)."""
        self._write("task", task=task.get_name())

    def v2_runner_on_ok(self, result: CallbackTaskResult) -> None:
        """A host has done a task."""
        self._finished("ok", result)

    def v2_runner_on_failed(self, result: CallbackTaskResult, ignore_errors: bool = False) -> None:
        """A host has failed a task."""
        self._finished("ignored" if ignore_errors else "failed", result)

    def v2_runner_on_unreachable(self, result: CallbackTaskResult) -> None:
        """A host cannot be reached."""
        self._finished("unreachable", result)

    def v2_runner_on_skipped(self, result: CallbackTaskResult) -> None:
        """A host has skipped a task."""
        self._finished("skipped", result)
