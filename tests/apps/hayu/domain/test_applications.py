"""State machine B of hayu.md section 7: each way through it, and what it refuses."""

import datetime as dt

import pytest
import time_machine
from office import LEGAL, WHY, pdf, visit_data

from build import NIK, person
from core import audit, codes, dates, files
from core.calendar import calendar
from core.errors import AlreadyDone, NotAllowed, Refused
from core.models import Notification, StoredFile
from hayu.domain.permits import applications, clock, sheet
from hayu.domain.permits.machine import TABLE, machine
from hayu.domain.queries import applications as queries
from hayu.enums import AppAction as Act
from hayu.enums import AppState as S
from hayu.enums import PermitState, Verdict
from hayu.models import Application, Permit


def on(day: dt.date):
    return time_machine.travel(dates.at(day, dt.time(10)), tick=False)


def later(days: int) -> dt.date:
    return calendar().add(dates.today(), days)


def told(user, event) -> Notification:
    return Notification.objects.filter(user=user, event=event).latest("pk")


def test_a_document_is_required_above_a_size_only(office):
    """Construction figures of a billboard above six square metres (hayu.md section 4); six is not above."""
    draft = office.draft("REKLAME-T")
    item = next(row for row in draft.type.requirements if row.when)
    assert (item.name, item.when, item.over) == ("Perhitungan konstruksi bila lebih dari 6 m²", "luas", 6)
    StoredFile.objects.filter(owner_id=str(draft.pk), kind=f"syarat-{item.key}").delete()
    for size, missing in ((None, False), (4, False), (6, False), (7, True)):
        draft.answers = draft.answers | {"luas": size}
        assert (item.item in [fault.field for fault in sheet.faults(draft)]) == missing
        assert item.is_required(draft.answers) == missing


def test_every_row_of_the_specification_is_in_the_table():
    """Source, action, target of section 7, where the target is one state."""
    rows = {(source, row.action, row.target) for row in TABLE for source in row.source if isinstance(row.target, str)}
    assert {
        (S.DRAF, Act.KIRIM, S.DIAJUKAN), (S.DIAJUKAN, Act.AMBIL, S.VERIFIKASI_BERKAS),
        (S.VERIFIKASI_BERKAS, Act.KEMBALIKAN, S.PERLU_PERBAIKAN),
        (S.PERLU_PERBAIKAN, Act.KIRIM_ULANG, S.VERIFIKASI_BERKAS),
        (S.PERLU_PERBAIKAN, Act.LEWAT_BATAS, S.KEDALUWARSA), (S.VERIFIKASI_BERKAS, Act.USUL_TOLAK, S.USUL_TOLAK),
        (S.USUL_TOLAK, Act.SETUJUI_TOLAK, S.DITOLAK), (S.PENINJAUAN, Act.CATAT_BAP, S.PERTIMBANGAN_TEKNIS),
        (S.PENINJAUAN, Act.MINTA_TUNDA, S.PENINJAUAN_DITUNDA), (S.PENINJAUAN_DITUNDA, Act.LANJUT, S.PENINJAUAN),
        (S.PERTIMBANGAN_TEKNIS, Act.REKOMENDASI, S.PENETAPAN), (S.PERTIMBANGAN_TEKNIS, Act.TIDAK_LAYAK, S.USUL_TOLAK),
        (S.PENETAPAN, Act.TETAPKAN_BIAYA, S.MENUNGGU_PEMBAYARAN), (S.MENUNGGU_PEMBAYARAN, Act.BAYAR, S.PENETAPAN),
        (S.MENUNGGU_PEMBAYARAN, Act.LEWAT_BATAS, S.KEDALUWARSA), (S.PENETAPAN, Act.PARAF, S.MENUNGGU_TTE),
        (S.MENUNGGU_TTE, Act.TANDA_TANGANI, S.TERBIT), (S.MENUNGGU_TTE, Act.KEMBALIKAN_INTERNAL, S.PENETAPAN),
        (S.MENUNGGU_TTE, Act.TOLAK, S.DITOLAK), (S.DITOLAK, Act.KEBERATAN, S.DITINJAU_ULANG),
        (S.DITINJAU_ULANG, Act.KABULKAN_KEBERATAN, S.VERIFIKASI_BERKAS),
        (S.DITINJAU_ULANG, Act.TOLAK_KEBERATAN, S.DITOLAK),
    } <= rows  # fmt: skip
    cancelled = {source for row in TABLE if row.action == Act.BATALKAN for source in row.source}
    assert cancelled.isdisjoint({S.MENUNGGU_TTE, S.TERBIT, S.DITOLAK, S.DITINJAU_ULANG, S.DRAF})


def test_sending_gives_a_receipt_and_starts_the_clock(office):
    sent = office.sent()
    assert sent.receipt == f"3273-SIP-NAKES-{dates.today().year}-000001"
    assert (sent.state, sent.sla_days, sent.marks) == (S.DIAJUKAN, 5, [[dates.today().isoformat(), True]])
    assert (sent.used_days, sent.due_on) == (0, later(5))
    assert sent.receipt in told(office.owner, "izin.diterima").body


def test_all_faults_come_at_once(office):
    draft = applications.begin(office.owner, "SKP")
    with pytest.raises(Refused) as refusal:
        office.act(draft, Act.KIRIM, office.owner)
    fields = [fault.field for fault in refusal.value.faults]
    assert {"village_code", "address", "judul", "mulai", "statement"} <= set(fields)
    assert len([field for field in fields if field.startswith("syarat:")]) == 4


@pytest.mark.parametrize(("start", "end", "field"), [(-1, 5, "mulai"), (10, 5, "selesai"), (5, 400, "selesai")])
def test_impossible_periods(office, start, end, field):
    today = dates.today()
    given = {"mulai": today + dt.timedelta(start), "selesai": today + dt.timedelta(end)}
    draft = office.draft("SKP")
    applications.save(draft, {"answers": given}, office.owner)
    with pytest.raises(Refused) as refusal:
        office.act(draft, Act.KIRIM, office.owner, statement=True)
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_never_double(office):
    said = {"profesi": "Perawat", "nomor_str": "1", "tempat_praktik": "Klinik Melati"}
    first = office.sent(address="Jl. Anggrek 1", answers=said)
    twin = office.draft(address="jl.  anggrek 1", answers=said | {"tempat_praktik": "klinik  melati", "nomor_str": "2"})
    with pytest.raises(Refused) as refusal:
        office.act(twin, Act.KIRIM, office.owner, statement=True)
    assert first.receipt in refusal.value.faults[0].sentence
    double = office.draft()
    version = double.version
    machine.perform(double.pk, Act.KIRIM, office.owner, version=version, data={"statement": True})
    with pytest.raises(AlreadyDone):
        machine.perform(double.pk, Act.KIRIM, office.owner, version=version, data={"statement": True})


def test_a_nurse_gets_her_permit(office):
    """Sent, taken, forwarded, advised, drafted, initialled, signed: each by another person; a permit that holds."""
    done = office.application(S.TERBIT)
    permit = Permit.objects.get()
    assert (permit.application, permit.state, permit.holder) == (done, PermitState.BERLAKU, office.owner)
    assert permit.number == f"503/SIP-NAKES/0001/DPMPTSP/{dates.today().year}"
    assert codes.is_wellformed(permit.code)
    assert permit.ends_on.year == dates.today().year + 5
    assert permit.sha256 == files.current(permit, "izin")[0].sha256
    assert [row.action for row in audit.history(done)] == [
        "buat", "kirim", "ambil", "teruskan", "jadwalkan", "catat_bap", "rekomendasi", "susun", "paraf",
        "tanda_tangani",
    ]  # fmt: skip
    assert permit.number in told(office.owner, "izin.terbit").body
    assert NIK not in str(list(audit.history(done).values()))


def test_permit_ends_with_an_old_dated_str(office):
    day = dates.today() + dt.timedelta(days=400)
    application = office.application(S.MENUNGGU_TTE)
    application.answers["str_berakhir"] = day.isoformat()
    assert application.type.ends(application.answers, dates.today()) == day


def test_returned_once_with_all_faults_then_back_to_the_same_officer(office):
    """The clock stands while the applicant mends; only what was flagged can be changed; each flag is answered."""
    application = office.application(S.VERIFIKASI_BERKAS)
    flagged = [{"item": "syarat:ktp_pemohon", "reason": "Foto KTP buram, ulangi."},
               {"item": "isian:nomor_str", "reason": "Nomor tidak sama dengan STR."}]  # fmt: skip
    application = office.act(application, Act.KEMBALIKAN, office.checker, flagged=flagged)
    assert (application.state, application.rounds, application.deadline) == (S.PERLU_PERBAIKAN, 1, later(10))
    assert application.marks[-1] == [dates.today().isoformat(), False]
    body = told(office.owner, "izin.perlu_perbaikan").body
    assert "Foto KTP buram" in body
    assert "Nomor tidak sama" in body
    with pytest.raises(Refused) as refusal:
        office.act(application, Act.KIRIM_ULANG, office.owner)
    assert [fault.field for fault in refusal.value.faults] == ["syarat:ktp_pemohon", "isian:nomor_str"]
    with pytest.raises(Refused, match="ditandai"):
        applications.attach(application, "pasfoto_terbaru", pdf(), office.owner)
    changed = applications.save(application, {"holder_name": "Orang Lain", "answers": {"profesi": "Bidan"}},
                                office.owner)  # fmt: skip
    assert (changed.holder_name, changed.answers["profesi"]) == ("Ani Suryani", application.answers["profesi"])
    applications.attach(application, "ktp_pemohon", pdf(b"baru"), office.owner)
    replies = {"isian:nomor_str": "Nomor itu sesuai STR asli, lihat baris kedua."}
    application = office.act(application, Act.KIRIM_ULANG, office.owner, replies=replies)
    assert (application.state, application.officer) == (S.VERIFIKASI_BERKAS, office.checker)
    assert sheet.documents(application)["ktp_pemohon"].version == 2
    assert told(office.checker, "izin.diperbaiki")


def test_at_most_two_rounds(office):
    application = office.application(S.PERLU_PERBAIKAN)
    Application.objects.filter(pk=application.pk).update(rounds=2, state=S.VERIFIKASI_BERKAS)
    with pytest.raises(Refused, match="2 kali dikembalikan"):
        office.act(application, Act.KEMBALIKAN, office.checker, flagged=[{"item": "x", "reason": "y" * 10}])


@pytest.mark.parametrize(
    "flagged", [[], [{"item": "syarat:ktp_pemohon", "reason": "buram"}], [{"item": "lain", "reason": "x" * 10}]]
)
def test_a_return_names_items_and_reasons(office, flagged):
    application = office.application(S.VERIFIKASI_BERKAS)
    with pytest.raises(Refused):
        office.act(application, Act.KEMBALIKAN, office.checker, flagged=flagged)


def test_reminders_then_lapsed_then_copied(office):
    application = office.application(S.PERLU_PERBAIKAN)
    sent = []
    for days in range(1, 12):
        with on(later(days)):
            sent.append(clock.remind(dates.today()) + 10 * clock.lapse(dates.today()))
    assert sent == [0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 10]
    application.refresh_from_db()
    assert application.state == S.KEDALUWARSA
    copied = applications.copy(application, office.owner)
    assert (copied.state, copied.answers, copied.receipt) == (S.DRAF, application.answers, None)
    assert set(sheet.documents(copied)) == set(sheet.documents(application))


def test_oldest_first_and_own_types(office):
    first = office.sent()
    second = office.sent("SKP")
    with pytest.raises(Refused, match=first.receipt):
        office.act(second, Act.AMBIL, office.checker)
    limited = person("peneliti", "VERIFIKATOR", scope="SKP")
    with pytest.raises(NotAllowed):
        office.act(first, Act.AMBIL, limited)
    assert office.act(second, Act.AMBIL, limited).officer == limited


def test_only_the_officer_who_took_it(office):
    application = office.application(S.VERIFIKASI_BERKAS)
    items = list(application.type.items(application.kind))
    with pytest.raises(NotAllowed):
        office.act(application, Act.TERUSKAN, office.second, checked=items)
    office.act(application, Act.ALIHKAN, office.division, "Petugas sakit.")
    with pytest.raises(NotAllowed):
        office.act(application, Act.AMBIL, office.checker)
    assert office.act(application, Act.AMBIL, office.second).officer == office.second


def test_forwarding_needs_the_whole_checklist(office):
    application = office.application(S.VERIFIKASI_BERKAS)
    items = list(application.type.items(application.kind))
    with pytest.raises(Refused) as refusal:
        office.act(application, Act.TERUSKAN, office.checker, checked=items[1:])
    assert [fault.field for fault in refusal.value.faults] == items[:1]


@pytest.mark.parametrize(
    ("code", "visit", "state"),
    [("SIP-NAKES", False, S.PERTIMBANGAN_TEKNIS), ("SIP-NAKES", True, S.PENINJAUAN), ("REKLAME-T", False, S.PENINJAUAN),
     ("REKLAME-I", True, S.PENETAPAN)],
)  # fmt: skip
def test_where_a_checked_file_goes(office, code, visit, state):
    application = office.application(S.VERIFIKASI_BERKAS, code)
    items = list(application.type.items(application.kind))
    assert office.act(application, Act.TERUSKAN, office.checker, checked=items, visit=visit).state == state


def test_visit_is_appointed_postponed_once_and_recorded(office):
    application = office.application(S.PENINJAUAN, "REKLAME-T")
    with pytest.raises(Refused, match="Jadwalkan"):
        office.act(application, Act.CATAT_BAP, office.technical, "Sudah dilihat semua.", **visit_data(application))
    with pytest.raises(Refused, match="paling lambat"):
        office.act(application, Act.JADWALKAN, office.technical, day=later(4))
    office.act(application, Act.JADWALKAN, office.technical, day=later(2))
    assert dates.long_date(later(2)) in told(office.owner, "izin.peninjauan").body
    put_off = later(5)
    application = office.act(application, Act.MINTA_TUNDA, office.owner, day=put_off)
    assert (application.state, application.deadline, application.marks[-1][1]) == (S.PENINJAUAN_DITUNDA, put_off, False)
    assert clock.lapse(dates.today()) == 0
    with on(put_off):
        assert clock.lapse(dates.today()) == 1
        with pytest.raises(Refused, match="sekali"):
            office.act(application, Act.MINTA_TUNDA, office.owner, day=later(2))
        with pytest.raises(Refused) as refusal:
            office.act(application, Act.CATAT_BAP, office.technical, "", photos=visit_data(application)["photos"][:1])
        assert {fault.field for fault in refusal.value.faults} == {
            "photo_2",
            "fits",
            "latitude",
            "note",
            *(f"bap_{item.key}" for item in application.type.minutes),
        }
        application = office.act(
            application, Act.CATAT_BAP, office.technical, "Sesuai gambar.", **visit_data(application)
        )
    assert application.state == S.PERTIMBANGAN_TEKNIS
    assert len(files.current(application.visits.get())) == 2


def test_conditional_advice_stands_on_the_permit(office):
    application = office.application(S.PERTIMBANGAN_TEKNIS)
    with pytest.raises(Refused, match="Tulis syaratnya"):
        office.act(application, Act.REKOMENDASI, office.technical, verdict=Verdict.BERSYARAT)
    condition = "Menyediakan tempat limbah medis."
    office.act(application, Act.REKOMENDASI, office.technical, verdict=Verdict.BERSYARAT, conditions=[condition])
    drafted = office.act(application, Act.SUSUN, office.section, conditions=["Berlaku di satu tempat."])
    assert drafted.conditions[-2:] == [condition, "Berlaku di satu tempat."]


def test_not_fit_leads_to_a_proposal_the_division_head_may_take_back(office):
    application = office.application(S.PERTIMBANGAN_TEKNIS)
    application = office.act(application, Act.TIDAK_LAYAK, office.technical, WHY, **LEGAL)
    assert (application.state, application.reason) == (S.USUL_TOLAK, WHY)
    application = office.act(application, Act.BATALKAN_USUL, office.division, "Periksa lagi lampirannya.")
    assert (application.state, application.reason) == (S.PERTIMBANGAN_TEKNIS, "")


def test_a_refusal_needs_rule_and_reason_and_two_people(office):
    application = office.application(S.VERIFIKASI_BERKAS)
    with pytest.raises(Refused) as refusal:
        office.act(application, Act.USUL_TOLAK, office.checker, "Kurang.")
    assert {fault.field for fault in refusal.value.faults} == {"note", "legal_basis"}
    office.checker.assignments.create(role="KABID", valid_from=dt.date(2020, 1, 1))
    office.checker.forget_roles()
    office.act(application, Act.USUL_TOLAK, office.checker, WHY, **LEGAL)
    with pytest.raises(NotAllowed, match="orang lain"):
        office.act(application, Act.SETUJUI_TOLAK, office.checker, "Setuju.")
    refused = office.act(application, Act.SETUJUI_TOLAK, office.division, "Setuju.")
    assert (refused.state, refused.deadline, refused.decided_at is not None) == (S.DITOLAK, later(10), True)
    assert dates.long_date(later(10)) in told(office.owner, "izin.ditolak").body


def test_an_objection_won(office):
    """A new clock of five days, then another officer with the whole time of the type."""
    application = office.application(S.DITINJAU_ULANG)
    assert (application.sla_days, application.decided_at, application.is_running) == (5, None, True)
    won = office.act(application, Act.KABULKAN_KEBERATAN, office.signer, "Bukti baru cukup.")
    assert (won.state, won.officer, won.former_officer, won.reason) == (S.VERIFIKASI_BERKAS, None, office.checker, "")
    with pytest.raises(NotAllowed, match="petugas lain"):
        office.act(won, Act.AMBIL, office.checker)
    assert office.act(won, Act.AMBIL, office.second).officer == office.second


def test_an_objection_lost_is_final(office):
    lost = office.act(office.application(S.DITINJAU_ULANG), Act.TOLAK_KEBERATAN, office.signer, "Tidak ada bukti baru.")
    assert (lost.state, lost.deadline) == (S.DITOLAK, None)
    assert "Ombudsman" in told(office.owner, "izin.keberatan_ditolak").body
    with pytest.raises(Refused, match="sekali"):
        office.act(lost, Act.KEBERATAN, office.owner, "Saya tetap keberatan.")


def test_too_late_to_object(office):
    application = office.application(S.DITOLAK)
    with on(later(11)), pytest.raises(Refused, match="sudah lewat"):
        office.act(application, Act.KEBERATAN, office.owner, "Baru sempat sekarang.")


def test_duties_stay_separate(office):
    """Nobody checks, advises and signs one file, whatever roles they hold."""
    for role in ("TIM_TEKNIS", "PENANDATANGAN"):
        office.checker.assignments.create(role=role, valid_from=dt.date(2020, 1, 1))
    office.checker.forget_roles()
    application = office.application(S.PERTIMBANGAN_TEKNIS)
    with pytest.raises(NotAllowed, match="tahap lain"):
        office.act(application, Act.REKOMENDASI, office.checker, verdict=Verdict.LAYAK)
    waiting = office.application(S.MENUNGGU_TTE)
    with pytest.raises(NotAllowed, match="tahap lain"):
        office.act(waiting, Act.KEMBALIKAN_INTERNAL, office.checker, "Ada salah tulis.")


def test_nobody_acts_on_the_own_application(office):
    twin = person("kembar", "VERIFIKATOR", nik=NIK)
    application = office.sent()
    with pytest.raises(NotAllowed):
        office.act(application, Act.AMBIL, twin)
    own = office.sent(user=office.checker)
    with pytest.raises(NotAllowed):
        office.act(own, Act.AMBIL, office.checker)


def test_drafter_does_not_initial(office):
    application = office.application(S.PENETAPAN)
    with pytest.raises(Refused, match="belum disusun"):
        office.act(application, Act.PARAF, office.division)
    office.section.assignments.create(role="KABID", valid_from=dt.date(2020, 1, 1))
    office.section.forget_roles()
    office.act(application, Act.SUSUN, office.section)
    with pytest.raises(NotAllowed):
        office.act(application, Act.PARAF, office.section)


def test_a_draft_sent_back_keeps_its_number(office):
    application = office.application(S.MENUNGGU_TTE)
    number = application.permit_number
    office.act(application, Act.KEMBALIKAN_INTERNAL, office.signer, "Alamat salah tulis.")
    office.act(application, Act.SUSUN, office.section)
    assert office.act(application, Act.PARAF, office.division).permit_number == number


WAYS = [S.DIAJUKAN, S.VERIFIKASI_BERKAS, S.PERLU_PERBAIKAN, S.USUL_TOLAK, S.PERTIMBANGAN_TEKNIS, S.PENETAPAN]


@pytest.mark.parametrize("state", WAYS)
def test_applicants_may_withdraw_before_the_signature(office, state):
    application = office.application(state)
    assert office.act(application, Act.BATALKAN, office.owner).state == S.DIBATALKAN


@pytest.mark.parametrize("state", [S.MENUNGGU_TTE, S.DITOLAK, S.DRAF])
def test_and_not_after_it(office, state):
    with pytest.raises(Refused):
        office.act(office.application(state), Act.BATALKAN, office.owner)


def test_wrong_role_is_refused_for_each_row(office):
    """Whoever holds none of a row's roles is refused, from every source state that a test can reach."""
    everybody = [office.stranger, office.auditor, office.admin, office.inspector]
    application = office.application(S.VERIFIKASI_BERKAS)
    draft, sent = {"receipt": None, "sent_at": None}, {"receipt": "R", "sent_at": dates.now()}
    for row in TABLE[1:]:
        Application.objects.filter(pk=application.pk).update(
            state=row.source[0], deadline=dates.today(), permit_number="1", reason="x", legal_basis="x",
            decided_at=dates.now() if row.source[0] in S.closed() else None,
            **(draft if row.source[0] == S.DRAF else sent),
        )  # fmt: skip
        for actor in everybody:
            with pytest.raises(NotAllowed):
                office.act(application, row.action, actor, "alasan yang cukup panjang")


def test_put_first_with_a_reason_in_the_log(office):
    """Only with a reason, once; it goes before older files, among themselves the older first; nothing else changes."""
    reason = "Warga terdampak bencana; surat tanggap darurat nomor 5 dari wali kota."
    files = [office.sent() for _ in range(3)]
    with pytest.raises(Refused):
        office.act(files[2], Act.PRIORITASKAN, office.division, "Kenalan.")
    with pytest.raises(NotAllowed):
        office.act(files[2], Act.PRIORITASKAN, office.checker, reason)
    hurried = office.act(files[2], Act.PRIORITASKAN, office.division, reason)
    assert (hurried.state, hurried.priority, hurried.due_on) == (S.DIAJUKAN, reason, files[2].due_on)
    with pytest.raises(Refused, match="sudah didahulukan"):
        office.act(hurried, Act.PRIORITASKAN, office.division, reason)
    entry = audit.history(hurried).last()
    assert (entry.actor, entry.note) == (office.division, reason)
    assert queries.queue(office.checker).first() == hurried
    with pytest.raises(Refused, match=hurried.receipt):
        office.act(files[0], Act.AMBIL, office.checker)
    assert office.act(hurried, Act.AMBIL, office.checker).officer == office.checker
    with pytest.raises(Refused, match=files[0].receipt):
        office.act(files[1], Act.AMBIL, office.checker)
    assert office.act(files[0], Act.AMBIL, office.checker).state == S.VERIFIKASI_BERKAS
