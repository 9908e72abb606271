"""The demo story of Kota Bandung: believable, the same every time, loaded once."""

import pytest
import time_machine

from core import audit
from core.demo import DemoAccounts
from sabilulungan.domain.demo import load
from sabilulungan.domain.letters import seats
from sabilulungan.domain.queries import lists, stats, unsigned
from sabilulungan.enums import Role, State
from sabilulungan.models import Flag, Proposal, Recipient, SignedPaper

pytestmark = pytest.mark.django_db

SIGN = (Role.KEPALA_OPD, Role.WILAYAH, Role.KETUA_TP)
NOVEMBER = "2026-11-25T03:00:00+00:00"


def loaded(known=None):
    accounts = DemoAccounts(known)
    load(accounts)
    return {account.username: account for account in accounts.made}


@pytest.fixture
def november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


@pytest.fixture(scope="module")
def story(rows_of_file):
    """Load Bandung's story once for this file."""
    with time_machine.travel(NOVEMBER, tick=False):
        return loaded()


def test_the_story_once_and_again(story, november, client, settings):
    accounts = story
    first = list(Proposal.objects.order_by("pk").values_list("number", "state", "amount_asked", "amount_approved"))
    assert 65 <= len(first) <= 80
    states = {state for _, state, _, _ in first}
    assert states >= {
        State.DRAF,
        State.DIAJUKAN,
        State.PERBAIKAN,
        State.DISPOSISI,
        State.EVALUASI,
        State.PERSETUJUAN,
        State.DISETUJUI,
        State.DITARIK,
        State.DITETAPKAN,
        State.PENCAIRAN,
        State.PELAKSANAAN,
        State.LPJ_DIPERIKSA,
        State.SELESAI,
        State.SANKSI,
    }
    for year in (2025, 2026):
        numbers = stats.four_numbers(year)
        amounts = [numbers[name][0] for name in ("asked", "approved", "paid", "accounted")]
        assert amounts == sorted(amounts, reverse=True)
        assert min(amounts) > 50_000_000
    assert stats.default_year() == 2026
    assert stats.overdue(2025) == 2
    assert audit.verify() == []
    assert Recipient.objects.filter(type__in=["INDIVIDU", "KELUARGA"]).count() >= 6
    assert not Flag.objects.filter(severity="RED").exists()
    again = loaded({name: account.password for name, account in accounts.items()})
    assert again == accounts
    assert first == list(
        Proposal.objects.order_by("pk").values_list("number", "state", "amount_asked", "amount_approved")
    )
    roles = {account.role for account in accounts.values()}
    assert roles == {
        Role.PEMOHON, Role.OPERATOR, Role.TU, Role.KDH, Role.TP, Role.OPD, Role.KEPALA_OPD, Role.TAPD, Role.KEU,
        Role.INSPEKTORAT, Role.KETUA_TP,
        Role.PENGAWAS, Role.ADMIN_WILAYAH, Role.WILAYAH, Role.KESBANGPOL,
    }  # fmt: skip
    for account in accounts.values():
        assert client.login(username=account.username, password=account.password)
        assert client.get("/mulai/", follow=True).status_code == 200


def test_everybody_at_the_desk_has_work(story, november):
    from core.models import User

    accounts = story
    waiting = {
        account.role: lists.queue_counts(User.objects.get(username=account.username))["all"]
        for account in accounts.values()
        if account.role in (Role.TU, Role.KDH, Role.TP, Role.TAPD, Role.OPD, Role.KEU)
    }
    assert min(waiting.values()) >= 1, waiting
    for person in (account for account in accounts.values() if account.role in SIGN):
        (place,) = User.objects.get(username=person.username).scopes(person.role) or [""]
        assert any(row.code in seats.ORDER for row in unsigned.waiting(User.objects.get(username=person.username)))
        assert person.scope == place
    own = lists.own(User.objects.get(username="pemohon"))
    assert own.filter(lists.waits_for_applicant()).count() == 4


def test_no_case_came_to_its_amount_without_the_four_signatures(story, november):
    came_so_far = Proposal.objects.filter(amount_tapd__isnull=False)
    assert came_so_far.count() >= 40
    for case in came_so_far:
        held = seats.signed(case)
        assert tuple(code for code in seats.ORDER if code in held) == seats.ORDER
        assert [held[code].by.has_role(seats.role_of(code)) for code in seats.ORDER] == [True] * 4
    assert {row.signature for row in SignedPaper.objects.filter(code__in=seats.ORDER)} == {"BASAH"}
    assert {account.username for account in story.values()} >= {"camat", "lurah", "ketuatim"}
