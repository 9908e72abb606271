"""F03 by device: three applicants from one browser are yellow, a family's computer and the counter are not."""

import pytest
import time_machine
from django.test import Client

import build
from core import identity
from sabilulungan.domain import devices, flags
from sabilulungan.domain.queries import pairs
from sabilulungan.enums import Role
from sabilulungan.models import FilingDevice, Proposal

pytestmark = pytest.mark.django_db
COOKIE = "perangkat_app_3273"  # named after the folder the app stands in
SENTENCE = "Diajukan dari perangkat yang juga mengajukan untuk penerima lain."


@pytest.fixture(autouse=True)
def _open():
    with time_machine.travel(build.OPEN_DAY, tick=False):
        yield


def filed(browser, name, recipient=None, **changes):
    """Let a person of that name file a proposal in a browser, and return it with the answer."""
    person = build.user(name) if recipient is None else recipient.registered_by
    draft = build.draft(recipient or build.organisation(person), person, **changes)
    browser.force_login(person)
    answer = browser.post(f"/usulan-saya/{draft.key}/kirim/", {"declared": "on", "version": draft.version})
    assert answer.status_code == 302
    case = Proposal.objects.get(pk=draft.pk)
    assert case.number
    return case, answer


def signals(case):
    found = case.flags.filter(rule="F03").order_by("other__pk")
    return [(flag.severity, flag.other, flag.sentence) for flag in found]


def test_the_third_applicant_of_one_browser_is_yellow_beside_both_others():
    browser = Client()
    first, second = filed(browser, "ani")[0], filed(browser, "budi")[0]
    assert (signals(first), signals(second)) == ([], [])
    elsewhere = filed(Client(), "cici")[0]
    third = filed(browser, "dedi")[0]
    assert signals(third) == [("YELLOW", first, SENTENCE), ("YELLOW", second, SENTENCE)]
    assert signals(first) == signals(second) == [("YELLOW", third, SENTENCE)]
    assert signals(elsewhere) == []
    assert flags.scan(third) == []
    assert "F03" not in flags.blocking_sentence(third)
    flag = third.flags.get(rule="F03", other=first)
    line = next(line for line in pairs.pair(flag, full=True) if line.label == "Perangkat")
    assert (line.mine, line.other, line.same) == (("tercatat",), ("tercatat",), "sama")


def test_one_applicant_counts_once_and_what_was_withdrawn_not_at_all():
    browser = Client()
    first, second = filed(browser, "ani")[0], filed(browser, "budi")[0]
    Proposal.objects.filter(pk=first.pk).update(budget_year=2026)
    again = filed(browser, "ani", first.recipient)[0]
    assert signals(again) == []
    Proposal.objects.filter(pk=second.pk).update(state="DITARIK")
    assert signals(filed(browser, "cici")[0]) == []


def test_the_counter_files_for_many_and_nothing_is_kept():
    desk = build.user("loket", Role.OPERATOR)
    browser = Client()
    for number in range(3):
        body = build.organisation(desk, name=f"Karang Taruna {'ABC'[number]}")
        case, answer = filed(browser, "loket", body, on_paper=True)
        assert COOKIE not in answer.cookies
        assert signals(case) == []
    assert FilingDevice.objects.count() == 0


def test_the_cookie_is_random_closed_to_scripts_and_read_at_ones_own_proposals_only():
    browser = Client()
    case, answer = filed(browser, "ani")
    cookie = answer.cookies[COOKIE]
    assert devices.is_ours(cookie.value)
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["secure"]) == (
        "/usulan-saya/", True, "Lax", 2 * 365 * 86400, "",
    )  # fmt: skip
    kept = FilingDevice.objects.get(proposal=case).token
    assert kept == identity.token(f"perangkat {cookie.value}")
    assert cookie.value not in kept
    again = filed(browser, "budi")[1]
    assert again.cookies[COOKIE].value == cookie.value


def test_where_https_is_used_the_cookie_travels_encrypted_only(settings):
    settings.SESSION_COOKIE_SECURE = True
    assert filed(Client(), "ani")[1].cookies[COOKIE]["secure"] is True


@pytest.mark.parametrize("sent", ["", "x", "ä" * 32, "a" * 31 + "'", "a" * 4000])
def test_a_number_that_is_not_ours_is_replaced(sent):
    browser = Client()
    browser.cookies[COOKIE] = sent
    value = filed(browser, "ani")[1].cookies[COOKIE].value
    assert value != sent
    assert devices.is_ours(value)


def test_public_pages_give_no_cookie_and_never_show_the_token():
    browser = Client()
    case = filed(browser, "ani")[0]
    token = FilingDevice.objects.get().token
    anybody = Client()
    for address in (
        "/", "/usulan/", f"/usulan/{case.number}/", f"/penerima/{case.recipient.public_id}/", "/statistik/",
        "/usulan/unduh.csv", f"/api/v1/usulan/{case.number}", "/usulan/360giving.json", "/privasi/", "/tentang/",
    ):  # fmt: skip
        answer = anybody.get(address)
        content = answer.getvalue().decode()
        assert (answer.status_code, COOKIE in answer.cookies) == (200, False), address
        assert token not in content


def test_the_privacy_page_says_what_is_kept():
    page = Client().get("/privasi/").content.decode()
    assert "Kuki hanya untuk menjaga Anda tetap masuk" not in page
    assert "Perangkat yang mengirim usulan" in page
    assert "Pelindungan data pribadi" in page
    assert "bertahan dua tahun" in page
