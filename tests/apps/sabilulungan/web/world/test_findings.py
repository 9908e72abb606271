"""Signals at the desk: F08 of a visit, F12 from another government, two cases side by side, the auditor's F13."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

import build
from core import audit, identity, maps
from core.errors import Refused
from core.models import AuditEntry, Notification
from sabilulungan.domain import exceptions, exchange, flags, flow, recipients
from sabilulungan.enums import Action, Role, Severity, State
from sabilulungan.models import Exchange, Flag, PaidElsewhere, Proposal

VISIT = {"exists": "ya", "address_matches": "ya", "met_with": "Ketua RW", "result": "Sekretariat ada."}
KEY = "kunci-bersama-dengan-provinsi-contoh"
INSIDE_BANDUNG = (-6.914744, 107.609810)


def visit(client, world, here, **upload):
    case = world.cases.evaluated
    client.force_login(world.staff.office)
    data = {**VISIT, "photos": [build.photo(**upload)], "position": f"{here[0]:.6f},{here[1]:.6f}"}
    assert client.post(f"/meja/{case.number}/kunjungan/", data).status_code == 302
    return [(flag.severity, flag.sentence) for flag in case.flags.filter(rule="F08")]


def move(world, position):
    """Let the case's village be the one at a position."""
    (code,) = maps.parts_at(*position, "villages")
    recipient = world.cases.evaluated.recipient
    recipient.village_code = code
    recipient.save()
    Proposal.objects.filter(pk=world.cases.evaluated.pk).update(village_code=code)
    world.cases.evaluated.refresh_from_db()
    return code


def test_a_visit_where_and_when_it_should_be_raises_nothing(client, world):
    assert move(world, INSIDE_BANDUNG).startswith("32.73.")
    found = visit(client, world, INSIDE_BANDUNG, position=INSIDE_BANDUNG, taken="2026:03:10 09:30:00")
    assert found == []


def test_f08_another_kelurahan_a_far_photo_and_an_old_one_are_red_and_block(client, world):
    move(world, INSIDE_BANDUNG)
    far = (INSIDE_BANDUNG[0] + 0.03, INSIDE_BANDUNG[1])
    found = visit(client, world, far, position=INSIDE_BANDUNG, taken="2026:02:01 09:30:00")
    ((severity, sentence),) = found
    assert (severity, sentence.split(". ")) == ("RED", [
        "Posisi kunjungan di luar kelurahan yang disebut",
        "Foto lapangan diambil 3340 m dari posisi kunjungan",
        "Foto lapangan diambil pada hari lain.",
    ])  # fmt: skip
    case = world.cases.evaluated
    assert "F08" in flags.blocking_sentence(case)


def test_f08_once_closed_stays_closed_until_another_visit_does_not_fit_either(client, world):
    """The decision is kept, the same facts are not looked at twice, new facts block again (section 13)."""
    move(world, INSIDE_BANDUNG)
    case, far = world.cases.evaluated, (INSIDE_BANDUNG[0] + 0.03, INSIDE_BANDUNG[1])
    visit(client, world, far)
    first = case.flags.get(rule="F08")
    flags.close(first.pk, world.staff.team, "Sekretariat lama masih dipakai.", Role.TP)
    flags.scan(case)
    assert flags.blocking_sentence(case) == ""
    visit(client, world, far)
    first.refresh_from_db()
    again = case.flags.exclude(pk=first.pk).get(rule="F08")
    assert (first.reason, again.closed_at, again.sentence) == (
        "Sekretariat lama masih dipakai.", None, first.sentence,
    )  # fmt: skip
    assert "F08" in flags.blocking_sentence(case)


def test_a_pair_decided_once_is_signalled_again_only_when_something_else_is_the_same(world):
    case, other = world.cases.evaluated, world.cases.approved
    mine, theirs = case.recipient, other.recipient

    def share(number):
        for recipient in (mine, theirs):
            recipients.add_account(recipient, "bank bjb", number, recipient.name)
        case.refresh_from_db()
        return [flag.rule for flag in flags.scan(Proposal.objects.get(pk=case.pk))]

    assert share("7700112233") == ["F02"]
    for flag in Flag.objects.filter(rule="F02"):
        flags.close(flag.pk, world.staff.team, "Satu rekening bersama, diperiksa.", Role.TP)
    assert flags.scan(Proposal.objects.get(pk=case.pk)) == []
    assert share("8800112233") == ["F02"]
    assert [flag.closed_at is None for flag in case.flags.filter(rule="F02").order_by("pk")] == [False, True]


def test_a_position_outside_every_outline_holds_nothing():
    assert maps.parts_at(-6.2, 106.8, "villages") == frozenset()
    (village,) = maps.parts_at(*INSIDE_BANDUNG, "villages")
    assert maps.parts_at(*INSIDE_BANDUNG, "districts") == {village[:8]}


@pytest.fixture
def files(tmp_path):
    key = tmp_path / "kunci.txt"
    key.write_text(KEY + "\n")
    return tmp_path, key


def written(folder, *rows, name="dari-provinsi.csv"):
    path = folder / name
    path.write_text("\n".join(["token,tahun_anggaran,dibayar", *rows]) + "\n")
    return path


def taken(path, key, giver="Provinsi Contoh"):
    call_command("import_payments", path, f"--from={giver}", f"--key-file={key}", "--user=admin-wilayah")


def test_f12_paid_by_the_province_is_red_and_no_number_is_exchanged(world, files, capsys):
    folder, key = files
    body = build.organisation(world.ani, name="Yayasan Dua Tangan")
    chair = body.officers.first()
    mine = exchange.token(KEY, "NIK", chair.nik)
    old = exchange.token(KEY, "NIK", body.officers.last().nik)
    path = written(folder, f"{mine},2026,75000000", f"{old},2019,5000000", f"{'0' * 64},2027,1")
    taken(path, key)
    assert "3 payments of Provinsi Contoh stored." in capsys.readouterr().out
    case = build.send(build.draft(body, world.ani), world.ani)
    flag = case.flags.get()
    assert (flag.rule, flag.severity, flag.sentence) == (
        "F12",
        "RED",
        "Provinsi Contoh membayar Rp75.000.000 pada TA 2026 kepada pemilik NIK atau NPWP yang sama.",
    )
    assert chair.nik not in path.read_text()
    assert identity.token(chair.nik) != mine  # the register's own tokens never leave
    with pytest.raises(CommandError, match="sudah pernah diterima"):
        taken(path, key)
    taken(written(folder, f"{mine},2020,1", name="baru.csv"), key)
    assert (Exchange.objects.count(), PaidElsewhere.objects.get().budget_year) == (1, 2020)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (["3273010101900001,2026,1"], "Baris 2: token bukan 64 angka heksadesimal; nomor asli tidak boleh dikirim."),
        (["a" * 64 + ",2026,-5"], "Baris 2: tahun_anggaran atau dibayar bukan bilangan bulat."),
        (["a" * 64 + ",2026,5", "a" * 64 + ",2026,6"], "Baris 3: token dan tahun ini sudah ada di atas."),
        ([], "Kolom token tidak ada."),
    ],
)
def test_f12_a_bad_file_is_refused_whole(world, files, rows, sentence):
    folder, key = files
    with pytest.raises(CommandError, match=sentence):
        taken(written(folder, *rows), key)
    assert not Exchange.objects.exists()


def test_f12_a_short_key_is_refused(world, files):
    folder, key = files
    key.write_text("pendek")
    with pytest.raises(CommandError, match="paling sedikit 32 karakter"):
        taken(written(folder, "a" * 64 + ",2026,5"), key)
    with pytest.raises(CommandError, match="paling sedikit 32 karakter"):
        call_command("export_payments", folder / "untuk-provinsi.csv", f"--key-file={key}")
    assert not (folder / "untuk-provinsi.csv").exists()


def test_f12_what_the_region_gives_can_be_read_by_the_other_side(world, files, capsys):
    folder, key = files
    case = world.cases.approved
    later = {f"amount_{stage}": case.amount_approved for stage in ("budgeted", "decreed", "agreed", "paid")}
    Proposal.objects.filter(pk=case.pk).update(state=State.PELAKSANAAN, **later)
    path = folder / "untuk-provinsi.csv"
    call_command("export_payments", path, f"--key-file={key}")
    rows = exchange.read([dict(zip(exchange.COLUMNS, line.split(","), strict=True)) for line in _lines(path)])
    assert {(row.token, row.budget_year, row.amount) for row in rows} == {
        (exchange.token(KEY, "NIK", officer.nik), 2027, case.amount_approved)
        for officer in case.recipient.officers.all()
    }


def _lines(path):
    header, *lines = path.read_text().splitlines()
    assert header == "token,tahun_anggaran,dibayar"
    return [header, *lines][1:]


@pytest.fixture
def suspects(world):
    """Return two cases with one account; the first is at its office, the second at the registry."""
    found = []
    for word in ("Satu", "Dua"):
        body = build.organisation(world.ani, name=f"Rumah Belajar {word}", account_number="1234567890123")
        found.append(build.send(build.draft(body, world.ani, title=f"Kelas {word}"), world.ani))
    return build.walk(found[0], world.staff, State.EVALUASI), found[1]


def test_two_suspects_stand_beside_each_other_and_what_is_equal_is_marked(client, world, suspects):
    first, second = suspects
    flag = first.flags.get(rule="F02")
    address = f"/meja/{first.number}/tanda/{flag.pk}/"
    client.force_login(world.staff.team)
    page = client.get(address)
    text = page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert {line.label for line in page.context["lines"] if line.same} == {
        "Terdaftar sejak", "Rekening", "Tahun anggaran", "Tempat", "Diminta", "Rincian biaya",
    }  # fmt: skip
    papers = next(line for line in page.context["lines"] if line.label == "Berkas")
    wanted = f"{first.documents.filter(required=True).count()} berkas"
    assert (papers.mine, papers.other, papers.same) == ((wanted,), (wanted,), "")
    assert (first.number in text, second.number in text, "Rumah Belajar Dua" in text) == (True, True, True)
    assert "1234567890123" not in text
    for case in (first, second):
        assert all(officer.nik not in text for officer in case.recipient.officers.all())
    assert address in client.get(f"/meja/{first.number}/").content.decode()


def test_an_office_sees_of_the_other_case_what_everybody_sees(client, world, suspects):
    first, second = suspects
    client.force_login(world.staff.office)
    page = client.get(f"/meja/{first.number}/tanda/{first.flags.get(rule='F02').pk}/")
    text = page.content.decode()
    rekening = next(line for line in page.context["lines"] if line.label == "Rekening")
    assert rekening.other == ("Tidak terlihat: berkas dinas lain",)
    assert rekening.same == "sama"
    chair = second.recipient.officers.first()
    assert identity.mask_nik(chair.nik) not in text
    assert client.get(f"/meja/{second.number}/tanda/{second.flags.get(rule='F02').pk}/").status_code == 404
    crossed = f"/meja/{first.number}/tanda/{second.flags.get(rule='F02').pk}/"
    assert client.get(crossed).status_code == 404


def test_a_decision_has_a_reason_is_logged_and_what_is_true_stops_the_money(client, world, suspects):
    first, _ = suspects
    flag = first.flags.get(rule="F02")
    address = f"/meja/{first.number}/tanda/{flag.pk}/keputusan/"
    client.force_login(world.staff.team)
    missing = client.post(address, {"decision": "TERBUKTI", "reason": ""})
    assert missing.status_code == 422
    assert missing.context["form"].errors.keys() == {"reason"}
    assert "checked" in missing.content.decode()
    client.post(address, {"decision": "TERBUKTI", "reason": "Rekening milik orang yang sama."})
    flag.refresh_from_db()
    assert (flag.decision, flag.closed_by, flag.confirmed) == ("TERBUKTI", world.staff.team, True)
    row = AuditEntry.objects.filter(action="tutup_tanda").latest("pk")
    assert (row.note, row.data["decision"], row.data["other"]) == (
        "Rekening milik orang yang sama.", "TERBUKTI", flag.other.number,
    )  # fmt: skip
    _, action, data, note = world.staff.steps(first)[State.EVALUASI]
    with pytest.raises(Refused) as error:
        flow.perform(first, action, world.staff.office, data=data, note=note)
    assert [(fault.field, fault.sentence) for fault in error.value.faults] == [
        ("flags", "Tanda merah F02 terbukti, jadi berkas ini tidak dapat diteruskan ke pembayaran.")
    ]
    again = client.post(address, {"decision": "TERBUKTI", "reason": "Sekali lagi."})
    assert (again.status_code, "Tanda ini sudah ditutup." in again.content.decode()) == (409, True)
    refused = flow.perform(
        first, action, world.staff.office, data={**data, "recommended": False, "lines": {}}, note=note
    )
    assert (refused.state, refused.amount_opd) == (State.VERIFIKASI_TP, 0)
    client.post(address, {"decision": "WAJAR", "reason": "Bank mengakui salah ketik."})
    flag.refresh_from_db()
    assert (flag.decision, flag.reason) == ("WAJAR", "Bank mengakui salah ketik.")


def test_who_may_decide(client, world, suspects):
    first, _ = suspects
    flag = first.flags.get(rule="F02")
    address = f"/meja/{first.number}/tanda/{flag.pk}/keputusan/"
    said = {"decision": "WAJAR", "reason": "Sudah dicek."}
    for person, status in ((world.more.keuangan, 403), (world.more.kesehatan, 404), (world.budi, 404)):
        client.force_login(person)
        assert client.post(address, said).status_code == status
    assert Flag.objects.get(pk=flag.pk).decision == ""


def test_f13_only_the_auditor_sees_who_never_cuts(client, world):
    case = world.cases.approved
    Proposal.objects.filter(pk=case.pk).update(amount_opd=case.amount_asked)
    client.force_login(world.more.inspektur)
    page = client.get("/meja/pengawasan/")
    ((row),) = page.context["evaluators"]
    assert (row.name, row.office, row.approved, row.uncut, row.percent, row.marked) == (
        "Penilai", "Disdik", 1, 1, 100, False,
    )  # fmt: skip
    flags.note(case, "F10", Severity.RED, "NIK pengurus tidak mungkin.", facts=["contoh"])
    assert "F10: NIK pengurus tidak mungkin." in client.get("/meja/pengawasan/").content.decode()
    for person in (world.staff.office, world.staff.head, world.more.pengawas, world.more.admin):
        client.force_login(person)
        assert client.get("/meja/pengawasan/").status_code == 404


def test_the_auditor_sees_who_raised_an_amount_and_why(client, world):
    case = build.walk(world.cases.evaluated, world.staff, State.VERIFIKASI_TP)
    build.sign_form(case, world.staff.office)
    data = {"amount": case.amount_opd + 1, "meeting_on": dt.date(2026, 3, 10), "rise": "Harga besi naik."}
    flow.perform(case, Action.PERTIMBANGKAN, world.staff.team, data=data, note="Layak.")
    client.force_login(world.more.inspektur)
    (step,) = client.get("/meja/pengawasan/").context["rises"]
    assert (step.proposal, step.role, step.facts["alasan_naik"]) == (case, Role.TP, "Harga besi naik.")


def test_the_auditor_sees_exceptions_approvals_on_the_day_of_evaluation_and_who_acts_most(client, world):
    recipient = world.cases.filed.recipient
    exceptions.grant(recipient, budget_year=2027, rule="R10", legal_basis="Permensos 1/2026", user=world.staff.head)
    client.force_login(world.more.inspektur)
    context = client.get("/meja/pengawasan/").context
    assert [step.proposal for step in context["same_day"]] == [world.cases.approved]
    assert [(one.recipient, one.legal_basis) for one in context["exceptions"]] == [(recipient, "Permensos 1/2026")]
    name, count = context["busiest"][0]
    assert (name in {"Ani", "Budi", "Tati", "Walikota"}, count > 2) == (True, True)
    world.cases.approved.steps.filter(transition="T12").update(at=build.OPEN_DAY + dt.timedelta(days=1))
    assert list(client.get("/meja/pengawasan/").context["same_day"]) == []


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("phone", ["+6281200001111"] * 3),
        ("email", ["a@contoh.invalid", "A@contoh.invalid", "a@CONTOH.invalid"]),
    ],
)
def test_f03_one_telephone_or_mail_address_is_a_signal_only_from_the_third_recipient_on(world, part, values):
    found = []
    applicants = [world.budi, world.more.baru, world.more.kesbang]
    for number in range(3):
        body = build.organisation(
            applicants[number], name=f"Yayasan Tunas {'ABC'[number] * 9}", **{part: values[number]}
        )
        case = build.send(build.draft(body, applicants[number]), applicants[number])
        found.append([(flag.rule, flag.severity) for flag in case.flags.all()])
    assert found == [[], [], [("F03", "YELLOW")] * 2]


def test_f02_one_person_owns_the_accounts_of_two_bodies(world):
    owner, applicants = "H. Maman Suparman", (world.more.baru, world.more.kesbang)
    names = (owner, "Maman Suparman")
    bodies = [build.organisation(one, account_owner=name) for one, name in zip(applicants, names, strict=True)]
    first, second = (build.send(build.draft(body, one), one) for body, one in zip(bodies, applicants, strict=True))
    told = [("RED", "Pemilik rekening sama dengan pemilik rekening penerima lain.")]
    for one, other in ((first, second), (second, first)):
        assert [(flag.severity, flag.sentence) for flag in one.flags.filter(rule="F02", other=other)] == told


@pytest.mark.parametrize(("opened", "found"), [(dt.date(2025, 1, 2), 1), (dt.date(2025, 1, 1), 0), (None, 0)])
def test_f07_an_account_younger_than_a_year_at_the_window_is_a_signal(world, opened, found):
    body = build.organisation(world.more.baru, account_opened=opened)
    case = build.send(build.draft(body, world.more.baru), world.more.baru)
    told = ("YELLOW", "Rekening dibuka kurang dari dua belas bulan sebelum masa pengajuan.")
    assert [(flag.severity, flag.sentence) for flag in case.flags.filter(rule="F07")] == [told] * found


def test_f01_two_applicants_of_one_family_card_are_flagged_in_both_directions(world):
    card, applicant = world.cases.family.recipient.family_card, world.more.baru
    wife = build.person(applicant, name="Eti Kurniasih", address="Gang Melati Nomor 7", family_card=card)
    case = build.send(build.draft(wife, applicant), applicant)
    told = ("RED", "Kartu keluarga yang sama ada pada penerima lain.")
    for one, other in ((case, world.cases.family), (world.cases.family, case)):
        found = one.flags.filter(rule="F01", other=other)
        assert [(flag.severity, flag.sentence) for flag in found] == [told]
    assert not world.cases.person.flags.filter(rule="F01").exists()


def test_a_red_flag_is_public_only_when_it_was_found_true_and_the_recipient_answered(client, world):
    """Section 11: of organisations confirmed and answered ones, of persons none; the answer is given once."""
    case, person = world.cases.evaluated, world.cases.family
    public, mine = f"/usulan/{case.number}/", f"/usulan-saya/{case.key}/"
    for one in (case, person):
        flags.note(one, "F10", Severity.RED, "NIK pengurus tidak mungkin.", facts=[one.pk])
    flag = case.flags.get()
    answer = f"{mine}temuan/{flag.pk}/"
    said = {"answer": "KTP ketua sudah kami perbarui di kecamatan."}
    client.force_login(world.budi)
    assert client.get(answer).status_code == 404  # nothing was found true yet
    client.force_login(world.staff.team)
    decided = {"decision": "TERBUKTI", "reason": "Diperiksa di dinas kependudukan."}
    for one in (case, person):
        address = f"/meja/{one.number}/tanda/{one.flags.get().pk}/keputusan/"
        assert client.post(address, decided).status_code == 302
    told = Notification.objects.filter(event="temuan.terbukti", user=world.budi)
    assert [one.subject for one in told.order_by("pk")] == [f"Temuan pada usulan {n.number}" for n in (case, person)]
    assert "NIK pengurus" not in client.get(public).content.decode()
    client.force_login(world.ani)
    assert client.post(answer, said).status_code == 404  # not hers
    client.force_login(world.budi)
    assert answer in client.get(mine).content.decode()
    refused = client.post(answer, {"answer": "Hubungi saya di 081234567890."})
    assert (refused.status_code, "081234567890" in refused.content.decode()) == (422, True)
    assert client.post(answer, said).status_code == 302
    assert client.post(answer, said).status_code == 404
    client.post(f"/usulan-saya/{person.key}/temuan/{person.flags.get().pk}/", said)
    assert [entry.action for entry in audit.history(case)][-2:] == ["tutup_tanda", "jawab_temuan"]
    client.logout()
    page = client.get(public).content.decode()
    assert "Temuan terbukti: NIK pengurus tidak mungkin." in page
    assert said["answer"] in page
    assert "Temuan terbukti" not in client.get(f"/usulan/{person.number}/").content.decode()
