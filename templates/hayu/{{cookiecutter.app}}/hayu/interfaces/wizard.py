"""The wizard's answers in the address: read, kept when one goes back, and shown as a trail."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

from core import money
from core.forms import BaseForm, RupiahField
from hayu.domain import catalogue
from hayu.enums import Wish
from hayu.rules import kbli, lane
from hayu.rules.lane import NEW_BUSINESS, Answers, Decision, Question
from hayu.rules.policy import Policy

CHANGE = "ubah"
SEARCH = "cari"
NEW = "baru"

HEADINGS = {
    Question.WISH: "Apa yang ingin Anda lakukan?",
    Question.TYPE: "Izin apa yang Anda perlukan?",
    Question.ACTIVITY: "Usaha apa?",
    Question.SCOPE: "Yang mana paling cocok?",
    Question.CAPITAL: "Berapa modal usahanya?",
    Question.SALES: "Berapa penjualan setahun?",
}
_SHORT = {
    Question.WISH: "Keperluan",
    Question.TYPE: "Jenis izin",
    Question.ACTIVITY: "Usaha",
    Question.SCOPE: "Lingkup",
    Question.CAPITAL: "Modal",
    Question.SALES: "Penjualan setahun",
}


class CapitalForm(BaseForm):
    """The capital in rupiah."""

    modal = RupiahField(
        label="Modal usaha",
        help_text="Uang sendiri dan pinjaman. Tanah dan bangunan tempat usaha tidak dihitung. "
        "Boleh ditulis “5 juta” atau “5.000.000”.",
    )


class SalesForm(BaseForm):
    """The yearly sales in rupiah."""

    omzet = RupiahField(label="Penjualan setahun", help_text="Perkiraan saja. Boleh ditulis “120 juta”.")


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of the trail: the question, the value in the address, in words, and the address to change it."""

    question: Question
    value: str
    words: str
    change_url: str

    @property
    def label(self) -> str:
        """Return what was asked, in a word or two."""
        return _SHORT[self.question]


@dataclass
class Sheet:
    """What the address says: the answers that count, the step they lead to, and the form of a wrong number."""

    query: QueryDict
    policy: Policy
    answers: Answers = field(default_factory=Answers)
    trail: list[Given] = field(default_factory=list)
    step: Question | Decision = Question.WISH
    form: BaseForm | None = None

    def __post_init__(self) -> None:
        """Follow the questions in their order; answers to questions that are not asked do not count."""
        wanted = self.query.get(CHANGE, "")
        self.step = lane.next_step(self.answers, self.policy)
        while isinstance(self.step, Question):
            question, raw = self.step, self.query.get(self.step, "")
            answered = self._read(question, raw) if raw else None
            if answered is None or question == wanted:
                self.form = self.form or self._form(question, raw)
                return
            self.answers = replace(self.answers, **answered)
            self.trail.append(Given(question, raw, self._words(question), ""))
            self.step = lane.next_step(self.answers, self.policy)

    def _read(self, question: Question, raw: str) -> dict[str, Any] | None:
        if question == Question.WISH:
            return {"wish": Wish(raw)} if raw in Wish.values else None
        if question == Question.TYPE:
            return {"permit_type": raw} if catalogue.find(raw) else None
        if question == Question.ACTIVITY:
            activity = kbli.from_key(raw)
            return {"activity": activity} if activity and activity.version == kbli.CURRENT else None
        if question == Question.SCOPE:
            numbers = [scope.number for scope in kbli.scopes(self.answers.activity)]
            return {"scope": int(raw)} if raw.isascii() and raw.isdigit() and int(raw) in numbers else None
        return self._amount(question, raw)

    def _amount(self, question: Question, raw: str) -> dict[str, Any] | None:
        if question == Question.SALES and raw == NEW:
            return {"sales": NEW_BUSINESS}
        form = self._form(question, raw)
        if not form.is_valid():
            self.form = form
            return None
        name = "capital" if question == Question.CAPITAL else "sales"
        return {name: form.cleaned_data[question]}

    @staticmethod
    def _form(question: Question, raw: str) -> BaseForm | None:
        kind = {Question.CAPITAL: CapitalForm, Question.SALES: SalesForm}.get(question)
        if kind is None:
            return None
        return kind({question: "" if raw == NEW else raw}) if raw else kind()

    def _words(self, question: Question) -> str:
        answers = self.answers
        if question == Question.WISH:
            return str(answers.wish.label) if answers.wish else ""
        if question == Question.TYPE:
            found = catalogue.find(answers.permit_type)
            return found.name if found else ""
        if question == Question.ACTIVITY:
            return answers.activity.everyday if answers.activity else ""
        if question == Question.SCOPE:
            return next(scope.name for scope in kbli.scopes(answers.activity) if scope.number == answers.scope)
        if question == Question.CAPITAL:
            return money.rupiah(answers.capital or 0)
        return "usaha baru" if answers.sales == NEW_BUSINESS else money.rupiah(answers.sales or 0)

    @property
    def given(self) -> list[Given]:
        """Return the trail, each answer with the address that asks it again and keeps the others."""
        everything = {item.question: item.value for item in self.trail}
        return [replace(item, change_url=f"?{urlencode({**everything, CHANGE: item.question})}") for item in self.trail]

    @property
    def back_url(self) -> str:
        """Return the address of the question before, with every answer kept; "" at the first."""
        kept = {question: self.query[question] for question in Question if self.query.get(question)}
        return f"?{urlencode({**kept, CHANGE: self.trail[-1].question})}" if self.trail else ""

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Return the answers a form of this question carries along.

        Changing the kind of business drops the scope, which belongs to the old kind.
        """
        dropped = {self.step} | ({Question.SCOPE} if self.step == Question.ACTIVITY else set())
        if self.step == Question.WISH:
            return []
        return [(str(key), self.query[key]) for key in Question if key not in dropped and self.query.get(key)]

    @property
    def number(self) -> int:
        """Return which question this is, from 1."""
        return len(self.trail) + 1

    @property
    def address(self) -> str:
        """Return the answers that count as a query, for links."""
        return urlencode({item.question: item.value for item in self.trail})
