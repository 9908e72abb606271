"""Permits without an account become their holder's: number and NIK, then the desk with the identity card."""

import pytest
from django.test import Client
from django.urls import reverse
from office import archived

from build import NIK, OTHER_NIK
from core import audit
from core.errors import NotAllowed, Refused
from core.models import Notification
from hayu.domain import claims, retention
from hayu.domain.claims import machine
from hayu.domain.permits import applications
from hayu.enums import AppState as S
from hayu.enums import ClaimAction as Act
from hayu.enums import ClaimState, PermitState
from hayu.models import Claim, Permit

SEEN = "KTP asli dilihat, nama dan NIK sama."


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def claim(office) -> Claim:
    return claims.ask(archived().number, NIK, office.owner)


@pytest.mark.parametrize(
    ("number", "nik"), [("503/8/2020", NIK), ("503/7/2020", OTHER_NIK), ("503/9/2020", NIK), ("503/10/2020", NIK)]
)
def test_number_and_nik_fit_together_or_one_sentence_for_all(office, number, nik):
    """Unknown, another's, one without a NIK, one that has its account: nothing tells which it is."""
    archived()
    archived("503/9/2020", nik="")
    archived("503/10/2020", holder=office.stranger)
    with pytest.raises(Refused, match="tidak cocok dengan arsip kami"):
        claims.ask(number, nik, office.owner)
    assert not Claim.objects.exists()


def test_guessing_is_stopped_for_the_account_alone(office):
    permit = archived()
    for _ in range(30):
        with pytest.raises(Refused, match="tidak cocok"):
            claims.ask(permit.number, OTHER_NIK, office.stranger)
    with pytest.raises(Refused, match="Terlalu banyak percobaan"):
        claims.ask(permit.number, NIK, office.stranger)
    assert claims.ask(f" {permit.number} ", NIK, office.owner).state == ClaimState.DIMINTA


def test_asked_twice_it_is_one_claim_and_another_account_has_to_come_to_the_desk(office, claim):
    assert claims.ask(claim.permit.number, NIK, office.owner) == claim
    with pytest.raises(Refused, match="akun lain"):
        claims.ask(claim.permit.number, NIK, office.stranger)
    assert claims.mine(office.owner).get() == claim
    assert claims.waiting(office.desk).get() == claim
    assert not claims.waiting(office.checker).exists()


def test_the_desk_confirms_and_the_permit_is_the_holders(office, claim):
    """Seen, renewed and told of from then on; both logs say by whom and on what ground."""
    permit = claim.permit
    assert signed_in(office.owner).get(reverse("hayu:issued", args=[permit.code])).status_code == 404
    machine.perform(claim.pk, Act.TERIMA, office.desk, note=SEEN)
    permit.refresh_from_db()
    assert permit.holder == office.owner
    assert permit.number in signed_in(office.owner).get("/permohonan/").content.decode()
    entry = audit.history(permit).last()
    assert (entry.action, entry.actor, entry.role, entry.note) == (claims.LINKED, office.desk, "LOKET", SEEN)
    assert Notification.objects.get(event="izin.dihubungkan").user == office.owner
    draft = applications.succeed(permit, "PERPANJANG", office.owner)
    assert (draft.state, draft.origin, draft.holder_name) == (S.DRAF, permit, "Ani Suryani")
    with pytest.raises(Refused, match="tidak cocok"):
        claims.ask(permit.number, NIK, office.stranger)


def test_refused_with_a_reason_and_asked_again(office, claim):
    with pytest.raises(Refused, match="alasannya"):
        machine.perform(claim.pk, Act.TOLAK, office.desk)
    machine.perform(claim.pk, Act.TOLAK, office.desk, note="KTP tidak dibawa.")
    claim.permit.refresh_from_db()
    assert claim.permit.holder is None
    assert "KTP tidak dibawa." in Notification.objects.get(event="izin.tidak_dihubungkan").body
    assert claims.ask(claim.permit.number, NIK, office.owner) != claim


def test_nobody_decides_on_their_own_and_no_permit_has_two_holders(office, claim):
    for actor in (office.owner, office.checker, office.admin):
        with pytest.raises(NotAllowed):
            machine.perform(claim.pk, Act.TERIMA, actor, note=SEEN)
    own = claims.ask(archived("503/8/2020").number, NIK, office.desk)
    assert own not in claims.waiting(office.desk)
    with pytest.raises(NotAllowed):
        machine.perform(own.pk, Act.TERIMA, office.desk, note=SEEN)
    Permit.objects.filter(pk=claim.permit_id).update(holder=office.stranger)
    with pytest.raises(Refused, match="sudah dihubungkan"):
        machine.perform(claim.pk, Act.TERIMA, office.desk, note=SEEN)


def test_the_pages(office):
    """What was typed stays; the desk sees the claim where it works, compares, and decides on a page of its own."""
    permit, owner, desk = archived(), signed_in(office.owner), signed_in(office.desk)
    wrong = owner.post("/izin-lama/", {"number": permit.number, "nik": OTHER_NIK})
    assert wrong.status_code == 409
    assert f'value="{permit.number}"' in wrong.content.decode()
    assert owner.post("/izin-lama/", {"number": permit.number, "nik": NIK}).url == "/permohonan/"
    assert "Datang ke loket dengan KTP asli" in owner.get("/permohonan/").content.decode()
    found = Claim.objects.get()
    address = reverse("hayu:claim_act", args=[found.public_id, Act.TERIMA])
    assert address in desk.get("/loket/").content.decode()
    assert "1 hal menunggu Anda" in desk.get("/tugas/").content.decode()
    shown = desk.get(address).content.decode()
    for said in (permit.number, "Ani Suryani", office.owner.email):
        assert said in shown
    assert NIK not in shown
    assert desk.post(address, {"version": found.version, "note": SEEN}).url == "/loket/"
    permit.refresh_from_db()
    assert permit.holder == office.owner


def test_claims_end_with_the_personal_data(office, claim):
    permit = claim.permit
    ended = permit.starts_on.replace(year=2005)
    Permit.objects.filter(pk=permit.pk).update(state=PermitState.BERAKHIR, ended_on=ended)
    assert retention.run(permit.starts_on)["IZIN"] == 1
    assert not Claim.objects.exists()
