"""Who comes in the last hour of the month: employees who sign in and file, superiors who decide (a locustfile).

Run by erk_last_hour.py, which gives in the environment: LOAD_DAY (the day filed for), LOAD_FIRST (number of the first
account nobody has used), LOAD_AGENCY (accounts an agency; the first of each is its head), LOAD_HEADS (heads who came
already), LOAD_PASSWORD (of all), LOAD_PATIENCE (seconds) and LOAD_NOTES (a file: one JSON line for each entry sent,
kept or refused). What never got an answer is sent again with the code it had.
"""

import itertools
import json
import os
import random
import re
from pathlib import Path
from urllib.parse import urlencode

from erk_pages import address_of, entry, hidden, second_step, sign_in
from locust import FastHttpUser, between, events, task

DAY, FIRST, AGENCY = os.environ["LOAD_DAY"], int(os.environ["LOAD_FIRST"]), int(os.environ["LOAD_AGENCY"])
PASSWORD = os.environ["LOAD_PASSWORD"]
PATIENCE = float(os.environ["LOAD_PATIENCE"])  # seconds until a person gives up on an answer
AGAIN = 4
_staff = (number for number in itertools.count(FIRST) if number % AGENCY != 1)
_heads = itertools.count(1 + AGENCY * int(os.environ["LOAD_HEADS"]), AGENCY)
_notes = Path(os.environ["LOAD_NOTES"]).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115  (closed below)
_dice = random.Random(FIRST)


@events.quitting.add_listener
def _close(**_: object) -> None:
    _notes.close()


def note(what: str, code: str, who: int, start: str = "") -> None:
    """Write down what was sent, and what was answered."""
    _notes.write(json.dumps([what, code, who, start]) + "\n")


class Person(FastHttpUser):
    """Somebody with an account and an address of their own."""

    abstract = True
    wait_time = between(1, 3)
    network_timeout = connection_timeout = PATIENCE
    number: int

    def ask(
        self, method: str, path: str, name: str, expected: tuple[int, ...], data: dict[str, object] | None = None
    ) -> object | None:
        """Ask and return the answer, None when it failed: no answer in time, or another status than expected."""
        headers, form = address_of(self.number), None
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            form = urlencode(data, doseq=True)
        with self.client.request(
            method, path, name=name, headers=headers, data=form, allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code in expected:
                answer.success()
                return answer
            polite = "<h1" in (answer.text or "")
            words = "with a sentence" if polite else "no answer" if not answer.status_code else "without a sentence"
            answer.failure(f"{answer.status_code}: {words}")
            return None

    def on_start(self) -> None:
        """Sign in, as often as it takes."""
        for _ in range(AGAIN):
            page = self.ask("GET", "/masuk/", "sign-in page", (200,))
            form = None if page is None else sign_in(page.text, self.number, PASSWORD)
            if form and self.ask("POST", "/masuk/", "sign in", (302,), data=form) is not None and self.came_in():
                return
            self.wait()
        self.stop()

    def came_in(self) -> bool:
        """Do what comes after the password; return whether it went well."""
        return True


class Employee(Person):
    """Files the month's last entries: looks at the day, writes, now and then sends twice or an hour that is taken."""

    weight = 19

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.number, self.slot, self.last = next(_staff), 0, {}

    @task(2)
    def look(self) -> None:
        """Open the day."""
        self.ask("GET", f"/hari-ini/?tanggal={DAY}", "today", (200,))

    @task(1)
    def read(self) -> None:
        """Open the list of the own log."""
        self.ask("GET", "/aktivitas/", "list", (200,))

    @task(5)
    def write(self) -> None:
        """Fill in the form and send it; the answer may come late, so the same form is sent again until it does."""
        page = self.ask("GET", f"/aktivitas/baru/?tanggal={DAY}", "form", (200,))
        if page is None:
            return
        self.last, self.slot = entry(page.text, self.slot), self.slot + 1
        code = self.last["kunci"]
        note("sent", code, self.number, self.last["mulai"])
        for _ in range(AGAIN):
            if self.send("save") is not None:
                note("kept", code, self.number, self.last["mulai"])
                break
            self.wait()
        if _dice.random() < 0.05:
            self.send("save, sent twice")
        if _dice.random() < 0.05:
            self.collide()

    def send(self, name: str) -> object | None:
        """Send the form as it is."""
        return self.ask("POST", f"/aktivitas/baru/?tanggal={DAY}", name, (302,), data=self.last)

    def collide(self) -> None:
        """Send an hour that is taken: refused beside the field, with what was typed still there."""
        page = self.ask("GET", f"/aktivitas/baru/?tanggal={DAY}", "form", (200,))
        if page is None:
            return
        code = hidden(page.text, "kunci")
        form = self.last | {"kunci": code, "uraian": f"Hal lain pada jam yang sama, {code}"}
        answer = self.ask("POST", f"/aktivitas/baru/?tanggal={DAY}", "save, hour taken", (422,), data=form)
        if answer is not None:
            kept = "bertumpuk" in answer.text and form["uraian"] in answer.text
            note("refused, typed kept" if kept else "refused, typed lost", code, self.number)


class Superior(Person):
    """Opens the inbox and approves what is shown, a batch at a time."""

    weight = 1

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.number = next(_heads)

    def came_in(self) -> bool:
        """Type the code of the second step."""
        page = self.ask("GET", "/masuk/kode/", "second step", (200,))
        form = None if page is None else second_step(page.text)
        return bool(form) and self.ask("POST", "/masuk/kode/", "second step", (302,), data=form) is not None

    @task
    def decide(self) -> None:
        """Approve the oldest twenty."""
        page = self.ask("GET", "/persetujuan/", "inbox", (200,))
        ticks = [] if page is None else re.findall(r'name="pilih" value="([^"]+)"', page.text)
        if ticks:
            form = {"csrfmiddlewaretoken": hidden(page.text, "csrfmiddlewaretoken"), "pilih": ticks}
            self.ask("POST", "/persetujuan/setujui/", "approve 20", (302,), data=form)
