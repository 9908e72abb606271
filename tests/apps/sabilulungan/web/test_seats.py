"""T07: the recommendation is signed by the head of the office, camat, lurah and the chair of the team."""

import copy
import hashlib
import json
import re
from types import SimpleNamespace

import bsre
import later
import pytest
import time_machine
from django.db import IntegrityError, transaction

import build
from core import audit, dates, files, people, region, signers, wilayah
from core.errors import NotAllowed, Refused
from sabilulungan.domain import flow, letters, rulebook, signing
from sabilulungan.domain.letters import seats
from sabilulungan.domain.queries import unsigned
from sabilulungan.enums import Role, State
from sabilulungan.models import ProfileVersion, Proposal, SignedPaper

PASSWORD = "rahasia-sekali-1"
TRIAL = signers.TrialSigner()
DAY = later.at(2026, 3, 20)


@pytest.fixture(scope="module")
def _made(rows_of_file):
    with time_machine.travel(build.OPEN_DAY, tick=False):
        ani, staff = build.user("ani"), build.Staff()
        case = build.walk(build.send(build.draft(build.organisation(ani), ani), ani), staff, State.VERIFIKASI_TP)
        place = wilayah.find(case.recipient.village_code)
        other = next(one for one in wilayah.villages() if one.parent != place.parent)
        return SimpleNamespace(
            ani=ani, staff=staff, case=case, place=place,
            camat=build.user("camat", (Role.WILAYAH, place.parent)),
            lurah=build.user("lurah", (Role.WILAYAH, place.code)),
            chair=build.user("ketua-tim", Role.KETUA_TP),
            away=build.user("camat-lain", (Role.WILAYAH, other.parent), (Role.WILAYAH, other.code)),
        )  # fmt: skip


@pytest.fixture
def world(_made, db):
    with time_machine.travel(DAY, tick=False):
        made = copy.deepcopy(_made)
        for person in (made.staff.chief, made.camat, made.lurah, made.chair):
            person.set_password(PASSWORD)
            person.save(update_fields=["password"])
        yield made


def demand(world, *signers, **changes):
    """File the case under a version of the profile that demands these signatures."""
    content = {**world.case.profile.content, "recommendation_signers": list(signers), **changes}
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    version, _ = ProfileVersion.objects.get_or_create(digest=digest, defaults={"content": content})
    Proposal.objects.filter(pk=world.case.pk).update(profile=version)
    world.case = Proposal.objects.get(pk=world.case.pk)


def paper(code):
    return next(one for one in (*letters.PAPERS, *letters.BESIDE) if one.code == code)


def sign(world, code, person, way=TRIAL, passphrase=PASSWORD):
    return signing.sign(world.case, paper(code), person, way, passphrase)


def consider(world):
    person, action, data, note = world.staff.steps(world.case)[State.VERIFIKASI_TP]
    return flow.perform(world.case, action, person, version=world.case.version, data=data, note=note)


def waits(person):
    return [row.code for row in unsigned.waiting(person)]


def address(world, code):
    return f"/meja/{world.case.number}/dokumen/{code}/tanda-tangan/"


def test_each_seat_belongs_to_a_role_and_place_and_to_nobody_in_his_own_matter(world):
    everybody = (world.staff.chief, world.camat, world.lurah, world.chair, world.away, world.staff.team,
                 world.staff.office, world.staff.head, world.ani)  # fmt: skip
    found = {
        code: [person.username for person in everybody if signing.may_sign(person, world.case, code)]
        for code in seats.ORDER
    }
    assert found == {
        "rekomendasi": ["kadis"], "rekomendasi-camat": ["camat"], "rekomendasi-lurah": ["lurah"],
        "rekomendasi-ketua-tp": ["ketua-tim"],
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        sign(world, seats.CAMAT, world.away)
    world.case.recipient.interests.create(user=world.camat, relation="Adik ipar ketua")
    assert not signing.may_sign(world.camat, world.case, seats.CAMAT)


def test_the_form_says_who_signed_and_when_in_the_order_of_the_seats(world, monkeypatch):
    drawn = []
    render = signing.documents.render
    monkeypatch.setattr(
        signing.documents, "render", lambda name, said, at: drawn.append(said) or render(name, said, at=at)
    )
    village, district = world.place.name, wilayah.name_of(world.place.parent)
    with pytest.raises(Refused, match="Kepala Dinas Pendidikan menandatangani formulir ini lebih dahulu"):
        sign(world, seats.CAMAT, world.camat)
    for code, person in zip(seats.ORDER, (world.staff.chief, world.camat, world.lurah, world.chair), strict=True):
        made = sign(world, code, person)
        assert signing.is_intact(made)
        assert files.read(signing.stored(world.case, paper(seats.HEAD))) == files.read(files.current(made)[0])
    last = drawn[-1]
    assert last["penanda"][:4] == [
        "Kepala Dinas Pendidikan", f"Camat {district}", f"Lurah {village}", "Ketua Tim Pertimbangan",
    ]  # fmt: skip
    when = "20 Maret 2026 pukul 10.00 WIB"
    assert last["tertanda"] == [
        ["Tanda tangan uji coba", name, when] for name in ("Kadis", "Camat", "Lurah", "Ketua-Tim")
    ]
    assert [len([line for line in said["tertanda"] if line]) for said in drawn] == [1, 2, 3, 4]
    assert "oleh Ketua-Tim, Ketua Tim Pertimbangan, 20 Maret 2026" in last["kaki"]
    entry = audit.history(world.case).last()
    assert (entry.actor, entry.role, entry.data["dokumen"]) == (world.chair, "KETUA_TP", seats.CHAIR)
    kept = [name for name, _ in signing.files_of(world.case)]
    assert kept == [f"{code}-tertanda" for code in seats.ORDER]
    assert json.dumps(paper(seats.HEAD).content(world.case)["tertanda"]).count("uji coba") == 4


def test_each_signs_once_and_as_himself(world):
    sign(world, seats.HEAD, world.staff.chief)
    sign(world, seats.CAMAT, world.camat)
    with pytest.raises(Refused, match="sudah ditandatangani secara elektronik"):
        sign(world, seats.CAMAT, world.camat)
    both = build.user("rangkap", Role.KETUA_TP, (Role.WILAYAH, world.place.code))
    both.set_password(PASSWORD)
    made = sign(world, seats.LURAH, both)
    with pytest.raises(Refused, match="Anda sudah menandatangani formulir ini"):
        sign(world, seats.CHAIR, both)
    for change in ({"code": "surat"}, {"by_id": world.camat.pk}, {"code": seats.CAMAT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignedPaper.objects.filter(pk=made.pk).update(**change)
    assert SignedPaper.objects.count() == 3


def test_what_waits_for_whom_where_nobody_is_demanded(world):
    demand(world)
    nobody = {person.username: waits(person) for person in (world.camat, world.lurah, world.chair, world.away)}
    assert nobody == {"camat": [], "lurah": [], "ketua-tim": [], "camat-lain": []}  # the head of the office is first
    sign(world, seats.HEAD, world.staff.chief)
    assert (waits(world.camat), waits(world.lurah), waits(world.chair), waits(world.away), waits(world.staff.team)) == (
        [seats.CAMAT], [seats.LURAH], [seats.CHAIR], [], [],
    )  # fmt: skip
    assert waits(world.staff.office) == []  # nothing is demanded here
    sign(world, seats.LURAH, world.lurah)
    assert (waits(world.camat), waits(world.lurah)) == ([seats.CAMAT], [])


@pytest.mark.parametrize("signers", [(), ("KEPALA_OPD",)])
def test_the_case_goes_on_without_whom_its_profile_does_not_demand(world, signers):
    demand(world, *signers)
    assert seats.demanded(world.case) == (seats.HEAD,)[: len(signers)]
    if signers:
        with pytest.raises(Refused) as refused:
            consider(world)
        assert [fault.sentence for fault in refused.value.faults] == [
            "Formulir rekomendasi belum ditandatangani Kepala Dinas Pendidikan."
        ]
        sign(world, seats.HEAD, world.staff.chief)
    assert consider(world).state == State.PERTIMBANGAN


def test_the_version_a_case_was_filed_under_counts_and_not_today_s(world):
    assert rulebook.current().recommendation_signers == set(seats.SIGNERS.values())
    older = {key: value for key, value in world.case.profile.content.items() if key != "recommendation_signers"}
    version = ProfileVersion.objects.create(digest="older kit", content=older)
    Proposal.objects.filter(pk=world.case.pk).update(profile=version)
    world.case = Proposal.objects.get(pk=world.case.pk)
    assert (seats.demanded(world.case), seats.faults(world.case)) == ((), [])
    sign(world, seats.HEAD, world.staff.chief)
    assert (waits(world.lurah), waits(world.staff.office)) == ([seats.LURAH], [])
    assert consider(world).state == State.PERTIMBANGAN


def test_where_no_team_meets_nobody_chairs_it_and_in_a_province_there_is_no_camat(world, client, region_data):
    steps = [{**step, "on": step["code"] != "PERIKSA_TP"} for step in world.case.profile.content["steps"]]
    demand(world, "KEPALA_OPD", steps=steps)
    assert seats.there(world.case) == (seats.HEAD, seats.CAMAT, seats.LURAH)
    sign(world, seats.HEAD, world.staff.chief)
    assert not signing.may_sign(world.chair, world.case, seats.CHAIR)
    assert "Ketua Tim Pertimbangan" not in paper(seats.HEAD).content(world.case)["penanda"]
    client.force_login(world.staff.office)
    assert client.get(address(world, seats.CHAIR)).status_code == 404
    region_data(region={**region.plain(region.region().region), "kind": "provinsi"})
    assert seats.there(world.case) == (seats.HEAD,)
    assert (signing.may_sign(world.camat, world.case, seats.CAMAT), waits(world.camat)) == (False, [])
    assert not signing.may_file_scan(world.staff.office, world.case, seats.LURAH)
    assert len(paper(seats.HEAD).content(world.case)["penanda"]) == 2


def test_where_the_region_demands_them_the_case_waits_for_every_one(world, client):
    posts = [seats.post_of(world.case, code) for code in seats.ORDER]
    with pytest.raises(Refused) as refused:
        consider(world)
    assert [(fault.field, fault.sentence) for fault in refused.value.faults] == [
        ("flags", f"Formulir rekomendasi belum ditandatangani {', '.join(posts)}.")
    ]
    sign(world, seats.HEAD, world.staff.chief)
    assert (waits(world.camat), waits(world.lurah), waits(world.staff.office)) == ([seats.CAMAT], [], [seats.CAMAT])
    with pytest.raises(Refused, match=f"{posts[1]} menandatangani formulir ini lebih dahulu"):
        sign(world, seats.LURAH, world.lurah)
    client.force_login(world.staff.office)
    page = client.get(f"/meja/{world.case.number}/").content.decode()
    assert page.count("Belum, wajib") == 3
    for code, person in zip(seats.BESIDE, (world.camat, world.lurah, world.chair), strict=True):
        with pytest.raises(Refused):
            consider(world)
        sign(world, code, person)
    page = client.get(f"/meja/{world.case.number}/").content.decode()
    assert "Belum, wajib" not in page
    signed = re.findall(
        r"<strong>([\w-]+)</strong><br>.*badge--good.*<time datetime=\"2026-03-20[^>]*>20 Mar 2026 pukul 10.00", page
    )
    assert signed == ["Kadis", "Camat", "Lurah", "Ketua-Tim"]
    assert consider(world).state == State.PERTIMBANGAN


def test_the_page_of_the_case_says_whose_turn_it_is(world, client):
    told, nothing = "Tanda tangan Anda ditunggu", "Tidak ada tindakan yang menunggu Anda pada berkas ini."
    turns = []
    for code, person in zip(seats.ORDER, (world.staff.chief, world.camat, world.lurah, world.chair), strict=True):
        pages = {}
        for reader in (world.staff.chief, world.chair, world.staff.office):
            client.force_login(reader)
            pages[reader.username] = client.get(f"/meja/{world.case.number}/").content.decode()
        turns.append(sorted(name for name, page in pages.items() if told in page))
        assert [name for name, page in pages.items() if told in page and nothing in page] == []
        sign(world, code, person)
    assert turns == [["kadis"], [], [], ["ketua-tim"]]


def test_where_no_team_meets_the_budget_team_waits_for_them(world):
    demand(world)
    consider(world)
    demand(world, "CAMAT")
    case = world.case
    person, action, data, note = world.staff.steps(case)[State.PERTIMBANGAN]
    with pytest.raises(Refused, match="Jumlah belum dapat disimpan") as refused:
        flow.perform(case, action, person, version=case.version, data=data, note=note)
    assert [fault.field for fault in refused.value.faults] == ["flags"]
    sign(world, seats.HEAD, world.staff.chief)
    sign(world, seats.CAMAT, world.camat)
    assert flow.perform(case, action, person, version=case.version, data=data).state == State.PERSETUJUAN


def test_a_new_round_of_the_evaluation_is_signed_anew(world):
    demand(world, "CAMAT")
    sign(world, seats.HEAD, world.staff.chief)
    sign(world, seats.CAMAT, world.camat)
    assert seats.faults(world.case) == []
    before = world.case.evaluations.get()
    world.case.evaluations.create(
        visited_on=before.visited_on, met_with="Lurah", visit_result="Ada.", recommended=True, reason="Dinilai lagi.",
        amount=before.amount, by=world.staff.office, at=dates.now(),
    )  # fmt: skip
    assert len(seats.faults(world.case)) == 1
    assert (waits(world.staff.chief), waits(world.camat)) == ([seats.HEAD], [])


def test_the_camat_signs_on_his_pages_and_reads_that_form_only(world, client):
    sign(world, seats.HEAD, world.staff.chief)
    client.force_login(world.camat)
    assert '/meja/tanda-tangan/"' in client.get("/meja/wilayah/").content.decode()
    listed = client.get("/meja/tanda-tangan/").content.decode()
    assert f"rekomendasi-camat:{world.case.number}" in listed
    form = client.get(f"/meja/{world.case.number}/dokumen/rekomendasi-camat/pdf/")
    assert b"".join(form.streaming_content).startswith(b"%PDF-1.7")
    number = world.case.number
    for closed in (f"/meja/{number}/", f"/meja/{number}/dokumen/rekomendasi/pdf/", address(world, seats.LURAH),
                   f"/meja/{number}/dokumen/rekomendasi-lurah/pdf/", address(world, seats.HEAD)):  # fmt: skip
        assert client.get(closed).status_code == 404, closed
    page = client.get(address(world, seats.CAMAT)).content.decode()
    assert "Penanda tangan formulir" in page
    assert f'href="/meja/{number}/"' not in page
    wrong = client.post(address(world, seats.CAMAT), {"passphrase": "salah"})
    assert (wrong.status_code, "tidak cocok" in wrong.content.decode()) == (422, True)
    done = client.post(address(world, seats.CAMAT), {"passphrase": PASSWORD})
    assert (done.status_code, done.url) == (302, "/meja/tanda-tangan/")
    assert seats.signed(world.case)[seats.CAMAT].by == world.camat
    empty = client.get("/meja/tanda-tangan/").content.decode()
    assert "Tidak ada dokumen yang menunggu tanda tangan." in empty
    client.force_login(world.away)
    assert client.get(address(world, seats.CAMAT)).status_code == 404
    assert client.get(f"/meja/{number}/dokumen/rekomendasi-camat/pdf/").status_code == 404


def test_the_lurah_signs_several_with_one_passphrase(world, client):
    sign(world, seats.HEAD, world.staff.chief)
    sign(world, seats.CAMAT, world.camat)
    client.force_login(world.lurah)
    lines = {"dokumen": [f"{seats.LURAH}:{world.case.number}"], "passphrase": PASSWORD}
    assert client.post("/meja/tanda-tangan/", lines).status_code == 302
    assert seats.signed(world.case)[seats.LURAH].signer_post == f"Lurah {world.place.name}"


def test_ink_is_filed_by_the_evaluator_with_the_name_of_who_signed(world, client):
    client.force_login(world.staff.office)
    sent = {"pindaian": "ya", "name": "Hj. Siti Rohmah, S.IP."}
    early = client.post(address(world, seats.CAMAT), {**sent, "scan": build.pdf("camat")})
    assert "lebih dahulu" in early.content.decode()
    for code in seats.ORDER:
        done = client.post(address(world, code), {**sent, "scan": build.pdf(code)})
        assert (done.status_code, done.url) == (302, f"/meja/{world.case.number}/")
    held = seats.signed(world.case)
    assert [(held[code].signature, held[code].by) for code in seats.ORDER] == [("BASAH", world.staff.office)] * 4
    assert files.read(signing.stored(world.case, paper(seats.HEAD))).endswith(seats.CHAIR.encode())
    client.force_login(world.staff.head)
    assert client.get(address(world, seats.CAMAT)).status_code == 404


def test_bsre_signs_for_the_camat_with_his_own_nik_or_leaves_nothing_behind(world):
    sign(world, seats.HEAD, world.staff.chief)
    double = bsre.Bsre()
    try:
        way = signers.BsreSigner(double.address, *bsre.LOGIN)
        with pytest.raises(Refused, match="NIK"):
            sign(world, seats.CAMAT, world.camat, way, bsre.PASSPHRASE)
        world.camat.nik = build.nik()
        with pytest.raises(Refused, match="Passphrase sertifikat elektronik Anda salah"):
            sign(world, seats.CAMAT, world.camat, way, "salah")
        assert seats.CAMAT not in seats.signed(world.case)
        made = sign(world, seats.CAMAT, world.camat, way, bsre.PASSPHRASE)
        assert double.seen[-1]["nik"].decode() == world.camat.nik
    finally:
        double.close()
    assert (made.signature, made.signature_value) == ("BSRE", "")
    assert seats.lines(world.case)[seats.CAMAT][0] == "Tanda tangan elektronik BSrE"


def test_bsre_adds_each_signature_to_the_file_of_those_before(world, monkeypatch):
    drawn, people = [], (world.staff.chief, world.camat, world.lurah, world.chair)
    render = signing.documents.render
    monkeypatch.setattr(
        signing.documents, "render", lambda name, said, at: drawn.append(said) or render(name, said, at=at)
    )
    double = bsre.Bsre()
    try:
        way = signers.BsreSigner(double.address, *bsre.LOGIN)
        kept = []
        for code, person in zip(seats.ORDER, people, strict=True):
            person.nik = build.nik()
            made = sign(world, code, person, way, bsre.PASSPHRASE)
            assert signing.is_intact(made)
            kept.append(files.read(files.current(made)[0]))
        sent = [one["file"] for one in double.seen]
    finally:
        double.close()
    assert len(drawn) == 1
    assert (
        drawn[0]["panel"] == "Tanda tangan berikutnya ditambahkan pada berkas ini dan terbaca pada panel tanda tangan."
    )
    assert sent[1:] == kept[:-1]
    assert kept == [sent[0] + bsre.MARK * count for count in (1, 2, 3, 4)]
    assert files.read(signing.stored(world.case, paper(seats.HEAD))) == kept[-1]
    assert [row.signer_name for row in seats.signed(world.case).values()] == ["Kadis", "Camat", "Lurah", "Ketua-Tim"]


def test_bsre_signs_the_scan_of_whom_signed_with_ink_and_after_the_trial_key_a_form_without_its_mark(world):
    demand(world, "KEPALA_OPD")
    signing.sign(world.case, paper(seats.HEAD), world.staff.office, signers.WetSigner(build.pdf("tinta")), name="Kadis")
    double = bsre.Bsre()
    try:
        way = signers.BsreSigner(double.address, *bsre.LOGIN)
        world.camat.nik, world.lurah.nik = build.nik(), build.nik()
        sign(world, seats.CAMAT, world.camat, way, bsre.PASSPHRASE)
        trial = sign(world, seats.CHAIR, world.chair)
        sign(world, seats.LURAH, world.lurah, way, bsre.PASSPHRASE)
        first, second = (one["file"] for one in double.seen)
    finally:
        double.close()
    assert first == build.PDF + b"tinta"
    assert second not in (files.read(files.current(trial)[0]), first)
    assert not second.endswith(bsre.MARK)


def test_a_form_somebody_else_signed_meanwhile_is_read_again_first(world):
    demand(world, "KEPALA_OPD")
    sign(world, seats.HEAD, world.staff.chief)

    class Slow(signers.TrialSigner):
        def sign(self, drawn, by, passphrase):
            sign(world, seats.LURAH, world.lurah)
            return super().sign(drawn, by, passphrase)

    with pytest.raises(Refused, match="baru saja berubah"):
        sign(world, seats.CAMAT, world.camat, Slow())
    assert set(seats.signed(world.case)) == {seats.HEAD, seats.LURAH}
    sign(world, seats.CAMAT, world.camat)


def test_the_administrator_makes_a_lurah_as_he_makes_a_camat(world):
    places = dict(people.scopes_of(Role.WILAYAH))
    assert places[world.place.parent] == wilayah.name_of(world.place.parent)
    assert places[world.place.code] == f"{world.place.title}, {wilayah.name_of(world.place.parent)}"
    assert people.scopes_of(Role.KETUA_TP) == []
