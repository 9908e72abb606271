"""R18: the chair confirms by a code on his own telephone, at filing and again before the agreement."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest

import build
from core import audit, sms
from core.errors import Refused
from core.transitions import Step
from sabilulungan.domain import chair_codes, flow
from sabilulungan.domain.flow.later_guards import signer_is_chair
from sabilulungan.enums import Action, State
from sabilulungan.models import ChairCode


class Telephone:
    """A gateway that remembers what arrives, or is down."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, str]] = []
        self.down = False

    def send(self, phone: str, text: str) -> None:
        if self.down:
            raise OSError("the gateway answered 503")
        self.arrived.append((phone, text))

    @property
    def code(self) -> str:
        return re.search(r"kode (\d{6}) ", self.arrived[-1][1])[1]


@pytest.fixture
def telephone(monkeypatch):
    way = Telephone()
    monkeypatch.setattr(sms, "gateway", lambda: way)
    return way


@pytest.fixture
def draft(db, clock):
    ani = build.user("ani")
    return build.draft(build.organisation(ani, name="Yayasan Cahaya Ilmu"), ani)


def _send(draft):
    return flow.perform(draft, Action.AJUKAN, draft.created_by, version=draft.version, data={"declared": True})


def _wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_nothing_is_asked_without_a_gateway(draft):
    assert chair_codes.asked_of(draft) is None
    assert _send(draft).state == State.DIAJUKAN


def test_filed_only_with_the_chairs_word(client, draft, telephone):
    client.force_login(draft.created_by)
    address, page = f"/usulan-saya/{draft.key}/kode/", f"/usulan-saya/{draft.key}/kirim/"
    with pytest.raises(Refused) as refused:
        _send(draft)
    assert [fault.field for fault in refused.value.faults] == ["kirim:code"]
    chair = draft.recipient.officers.get(position="KETUA")
    shown = client.get(page).content.decode()
    assert f"berakhir {chair.phone[-4:]}" in shown
    assert chair.phone[3:] not in shown
    assert client.post(address).url == page
    [(number, text)] = telephone.arrived
    assert (number, "Yayasan Cahaya Ilmu" in text, len(text) <= 160) == (chair.phone, True, True)
    client.post(address, {"kode": _wrong(telephone.code)})
    with pytest.raises(Refused):
        _send(draft)
    client.post(address, {"kode": telephone.code})
    assert "sudah memastikan" in client.get(page).content.decode()
    entry = audit.history(draft).last()
    assert (entry.action, entry.actor, entry.data) == ("pastikan_ketua", draft.created_by, {"tindakan": "AJUKAN"})
    assert telephone.code not in ChairCode.objects.get().token
    assert _send(draft).state == State.DIAJUKAN


def test_a_code_dies_after_half_an_hour_and_five_tries(draft, telephone, clock):
    user = draft.created_by
    with pytest.raises(Refused, match="lebih dahulu"):
        chair_codes.confirm(draft, "000000", user)
    chair_codes.send(draft, user)
    for _ in range(5):
        with pytest.raises(Refused, match="tidak cocok"):
            chair_codes.confirm(draft, _wrong(telephone.code), user)
    with pytest.raises(Refused, match="tidak berlaku lagi"):
        chair_codes.confirm(draft, telephone.code, user)
    chair_codes.send(draft, user)
    clock.shift(dt.timedelta(minutes=31))
    with pytest.raises(Refused, match="tidak berlaku lagi"):
        chair_codes.confirm(draft, telephone.code, user)
    assert ChairCode.objects.filter(confirmed_at__isnull=False).count() == 0


def test_three_codes_an_hour_and_a_word_holds_a_day(draft, telephone, clock):
    user = draft.created_by
    telephone.down = True
    with pytest.raises(Refused, match="belum dapat dikirim"):
        chair_codes.send(draft, user)
    telephone.down = False
    for _ in range(3):
        chair_codes.send(draft, user)
    with pytest.raises(Refused, match="satu jam lagi"):
        chair_codes.send(draft, user)
    chair_codes.confirm(draft, telephone.code, user)
    assert chair_codes.faults(draft, "code") == []
    clock.shift(dt.timedelta(hours=25))
    assert [fault.field for fault in chair_codes.faults(draft, "code")] == ["code"]


def test_a_new_chair_gives_his_own_word(draft, telephone):
    from sabilulungan.domain.recipients import change_leader
    from sabilulungan.models import Proposal

    chair_codes.send(draft, draft.created_by)
    chair_codes.confirm(draft, telephone.code, draft.created_by)
    change_leader(draft.recipient, "Ujang Sastra", build.nik(), "+628129990007", draft.created_by)
    fresh = Proposal.objects.get(pk=draft.pk)
    assert [fault.sentence[:12] for fault in chair_codes.faults(fresh, "code")] == ["Ujang Sastra"]


def test_the_agreement_needs_a_word_of_its_own(draft, telephone):
    chair_codes.send(draft, draft.created_by)
    chair_codes.confirm(draft, telephone.code, draft.created_by)
    draft.state = State.DITETAPKAN
    transition = SimpleNamespace(code="T16-SETUJU")
    data = {"signer_name": "Maman Suparman", "accepted": True}
    step = Step(draft, draft.created_by, "PEMOHON", transition, data)
    with pytest.raises(Refused) as refused:
        signer_is_chair(step)
    assert [fault.field for fault in refused.value.faults] == ["code"]
    chair_codes.send(draft, draft.created_by)
    assert "menyetujui perjanjian" in telephone.arrived[-1][1]
    chair_codes.confirm(draft, telephone.code, draft.created_by)
    signer_is_chair(step)


def test_a_stranger_sends_no_codes(client, draft, telephone):
    client.force_login(build.user("budi"))
    assert client.post(f"/usulan-saya/{draft.key}/kode/").status_code == 404
    assert telephone.arrived == []
