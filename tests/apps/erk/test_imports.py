"""Files taken in: people, attendance, leave, ratings; tried first, faults by row, applied once, within the scope."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from test_months import OCTOBER, october, recap_of, whole_month  # noqa: F401  (a fixture)
from world import MONDAY, act, entry, fresh, log, nip, user_of

from core.errors import NotAllowed, Refused
from core.models import AuditEntry, RoleAssignment, User
from erk.domain import catalogue, closing, imports, norms, reports
from erk.domain.people import superior_of
from erk.domain.queries import staff
from erk.domain.reports import REPORTS
from erk.enums import ImportKind, Role
from erk.models import (
    BulanOpd,
    Cuti,
    Hukuman,
    Impor,
    Jabatan,
    Katalog,
    Kehadiran,
    LaporanAtasan,
    Lembur,
    Opd,
    Pegawai,
    Penempatan,
    Penilaian,
    Rekap,
    Skp,
)


@pytest.fixture(autouse=True)
def _monday(at):
    at("2026-10-05 15:00")


@pytest.fixture
def region_admin(world) -> User:
    return user_of("Admin-wilayah", (Role.ADMIN_WILAYAH, ""))


@pytest.fixture
def admin(world) -> User:
    return user_of("Admin-opd", (Role.ADMIN_OPD, "DUKCAPIL"))


def table(kind: ImportKind, *rows: dict[str, str]) -> io.BytesIO:
    names = [column.name for column in imports.importer_of(kind).columns]
    lines = [";".join(names), *(";".join(row.get(name, "") for name in names) for row in rows)]
    upload = io.BytesIO("\n".join(lines).encode())
    upload.name = f"{kind}.csv"
    return upload


def tried(user: User, kind: ImportKind, *rows: dict[str, str], scope: str = "") -> Impor:
    return imports.try_out(fresh(user), imports.importer_of(kind), table(kind, *rows), scope=scope)


def faults(made: Impor) -> dict[int, str]:
    return {number: " ".join(sentences) for number, sentences in made.galat}


OFFICE = {"kode": "DISHUB", "nama": "Dinas Perhubungan", "nama_pendek": "Dishub", "jenis": "dinas", "gelombang": "1"}
HEAD = {
    "kode": "DISHUB-01", "kode_opd": "DISHUB", "nama": "Kepala Dinas Perhubungan", "jenis": "JPT", "kelas": "14",
}  # fmt: skip
DIVISION = {
    "kode": "DISHUB-02", "kode_opd": "dishub", "nama": "Kepala Bidang", "jenis": "Administrator", "kelas": "11",
    "kode_induk": "DISHUB-01",
}  # fmt: skip
PERSON = {
    "nip": "19860926 201505 1 101", "nama": "Asep  Suryana", "status": "PNS", "golongan": "III/a",
    "kode_jabatan": "DISHUB-02", "mulai": "1/10/2026", "dasar": "SK 800/1", "surel": "asep@contoh.invalid",
}  # fmt: skip


def brought(user: User, kind: ImportKind, *rows: dict[str, str]) -> Impor:
    made = tried(user, kind, *rows)
    assert faults(made) == {}
    imports.apply(fresh(user), made)
    return made


def test_a_new_agency_with_its_tree_and_people_in_three_files(world, region_admin):
    made = tried(region_admin, ImportKind.OPD, OFFICE)
    assert not Opd.objects.filter(kode="DISHUB").exists()
    assert imports.apply(fresh(region_admin), made) == 1
    assert Opd.objects.get(kode="DISHUB").gelombang == 1
    brought(region_admin, ImportKind.JABATAN, HEAD, DIVISION)
    head = PERSON | {"nip": nip(102), "nama": "Rina", "kode_jabatan": "DISHUB-01", "surel": ""}
    brought(region_admin, ImportKind.PEGAWAI, head, PERSON)
    asep = Pegawai.objects.get(nip=nip(101))
    assert (asep.nama, asep.user.username, asep.user.has_usable_password()) == ("Asep Suryana", nip(101), False)
    post = asep.penempatan.get().jabatan
    assert superior_of(post, asep, MONDAY) == Jabatan.objects.get(kode="DISHUB-01").pk
    with pytest.raises(Refused, match="sudah diterapkan"):
        imports.apply(fresh(region_admin), made)


def test_bringing_the_same_files_again_changes_nothing(world, region_admin):
    for _ in range(2):
        brought(region_admin, ImportKind.OPD, OFFICE)
        brought(region_admin, ImportKind.JABATAN, HEAD, DIVISION)
        brought(region_admin, ImportKind.PEGAWAI, PERSON)
    assert Pegawai.objects.filter(nip=nip(101)).count() == Penempatan.objects.filter(pegawai__nip=nip(101)).count() == 1
    assert User.objects.filter(email="asep@contoh.invalid").count() == 1


def test_a_move_ends_the_earlier_placement_and_an_acting_one_does_not(world, region_admin):
    brought(region_admin, ImportKind.OPD, OFFICE)
    brought(region_admin, ImportKind.JABATAN, HEAD, DIVISION)
    brought(region_admin, ImportKind.PEGAWAI, PERSON)
    acting = {"kode_jabatan": "DISHUB-01", "penempatan": "plh", "mulai": "6/10/2026", "sampai": "9/10/2026"}
    brought(region_admin, ImportKind.PEGAWAI, PERSON | acting)
    brought(region_admin, ImportKind.PEGAWAI, PERSON | {"kode_jabatan": "DISHUB-01", "mulai": "1/11/2026"})
    spans = Penempatan.objects.filter(pegawai__nip=nip(101)).values_list("jabatan__kode", "jenis", "mulai", "akhir")
    assert list(spans.order_by("mulai")) == [
        ("DISHUB-02", "DEFINITIF", dt.date(2026, 10, 1), dt.date(2026, 10, 31)),
        ("DISHUB-01", "PLH", dt.date(2026, 10, 6), dt.date(2026, 10, 9)),
        ("DISHUB-01", "DEFINITIF", dt.date(2026, 11, 1), None),
    ]


def test_every_fault_of_a_row_is_named_and_the_right_rows_go_in(world, region_admin):
    brought(region_admin, ImportKind.OPD, OFFICE)
    brought(region_admin, ImportKind.JABATAN, HEAD, DIVISION)
    wrong = {
        "nip": "198609262015051000",
        "status": "Honorer",
        "golongan": "V/a",
        "kode_jabatan": "X-1",
        "mulai": "31/2/2026",
    }
    made = tried(
        region_admin, ImportKind.PEGAWAI, PERSON, wrong, PERSON, PERSON | {"nip": nip(103), "surel": "bukan surel"}
    )
    found = faults(made)
    assert set(found) == {3, 4, 5}
    for words in (
        "Nama tanpa gelar belum diisi",
        "“Honorer” tidak dikenal",
        "“X-1” tidak dikenal",
        "“31/2/2026”",
        "“V/a”",
    ):
        assert words in found[3]
    assert "dua kali" in found[4]
    assert "bukan alamat surel" in found[5]
    assert imports.apply(fresh(region_admin), made) == 1
    made.refresh_from_db()
    assert (made.diterapkan, len(made.baris), set(faults(made))) == (1, 3, {3, 4, 5})


@pytest.mark.parametrize(
    ("number", "status", "good"),
    [
        ("198609262015051001", "PNS", True),
        ("198613262015051001", "PNS", False),
        ("198609262015131001", "PNS", False),
        ("198609262003051001", "PNS", False),
        ("198609262015053001", "PNS", False),
        ("198609262023211001", "PPPK", True),
        ("198609262023211001", "PNS", False),
        ("1,98609E+17", "PNS", False),
    ],
)
def test_numbers_follow_the_kind_of_civil_servant(world, region_admin, number, status, good):
    brought(region_admin, ImportKind.OPD, OFFICE)
    brought(region_admin, ImportKind.JABATAN, HEAD, DIVISION)
    rank = "IX" if status == "PPPK" else "III/a"
    made = tried(
        region_admin, ImportKind.PEGAWAI, PERSON | {"nip": number, "status": status, "golongan": rank, "surel": ""}
    )
    assert (faults(made) == {}) is good


def test_a_tree_never_runs_in_a_circle(world, region_admin):
    brought(region_admin, ImportKind.OPD, OFFICE)
    made = tried(region_admin, ImportKind.JABATAN, HEAD | {"kode_induk": "DISHUB-02"}, DIVISION)
    assert "atasannya sendiri" in faults(made)[2]
    unknown = tried(
        region_admin, ImportKind.JABATAN, DIVISION | {"kode_opd": "LAIN", "kelas": "18", "kode_induk": "A-9"}
    )
    assert faults(unknown)[2].count("tidak dikenal") == 2
    assert "1 sampai 17" in faults(unknown)[2]


def test_an_agency_keeps_its_own_people_only(world, admin, region_admin):
    Jabatan.objects.filter(opd=world.kecamatan).update(kode="")
    own, foreign = world.ana.penempatan.get().jabatan, world.cici.penempatan.get().jabatan
    Jabatan.objects.filter(pk=own.pk).update(kode="DUK-7")
    Jabatan.objects.filter(pk=foreign.pk).update(kode="KEC-5")
    row = PERSON | {"nip": world.ana.nip, "nama": "Ana", "surel": "", "kode_jabatan": "KEC-5"}
    assert "perangkat daerah lain" in faults(tried(admin, ImportKind.PEGAWAI, row))[2]
    stolen = row | {"nip": world.cici.nip, "nama": "Cici", "kode_jabatan": "DUK-7"}
    assert "bekerja di perangkat daerah lain" in faults(tried(admin, ImportKind.PEGAWAI, stolen))[2]
    with pytest.raises(NotAllowed):
        tried(admin, ImportKind.OPD, OFFICE)
    made = tried(region_admin, ImportKind.OPD, OFFICE)
    with pytest.raises(NotAllowed):
        imports.apply(fresh(admin), made)


DAY = {"tanggal": "5/10/2026", "status": "HADIR", "masuk": "07.42", "pulang": "15.30", "tidak_apel": "ya"}


def test_attendance_gets_its_minutes_from_the_office_hours_and_replaces_the_day(world, admin):
    brought(admin, ImportKind.KEHADIRAN, DAY | {"nip": world.ana.nip})
    row = Kehadiran.objects.get(pegawai=world.ana)
    assert (row.menit_tl, row.menit_psw, row.apel_absen, row.sumber) == (12, 30, True, "berkas")
    away = {"tanggal": "2026-10-05", "status": "Dinas luar", "nip": world.ana.nip}
    brought(admin, ImportKind.KEHADIRAN, away)
    row = Kehadiran.objects.get(pegawai=world.ana)
    assert (row.status, row.masuk, row.menit_tl) == ("DINAS_LUAR", None, 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"nip": "1"}, "bukan pegawai yang dikenal"),
        ({"tanggal": "6/10/2026"}, "belum tiba"),
        ({"tanggal": "4/10/2026"}, "bukan hari kerja"),
        ({"masuk": "25.00"}, "bukan jam"),
        ({"pulang": "07.00"}, "sesudah jam masuk"),
        ({"status": "ALPA"}, "tidak mempunyai jam"),
        ({"status": "SANTAI"}, "tidak dikenal"),
        ({"tidak_apel": "mungkin"}, "ya atau tidak"),
        ({"tanggal": "5/1/2025"}, "tidak mempunyai penempatan"),
    ],
)
def test_what_cannot_be_attendance_is_named(world, admin, change, words):
    assert words in faults(tried(admin, ImportKind.KEHADIRAN, DAY | {"nip": world.ana.nip} | change))[2]


def test_people_of_other_agencies_and_repeated_days_are_refused(world, admin):
    made = tried(
        admin,
        ImportKind.KEHADIRAN,
        DAY | {"nip": world.ana.nip},
        DAY | {"nip": world.ana.nip},
        DAY | {"nip": world.cici.nip},
    )
    assert "dua kali" in faults(made)[3]
    assert "bukan pegawai perangkat daerah ini" in faults(made)[4]


def test_leave_and_overtime_change_the_day(world, admin):
    leave = {
        "nip": world.ana.nip,
        "jenis": "TAHUNAN",
        "mulai": "5/10/2026",
        "sampai": "6/10/2026",
        "nomor_surat": "851/1",
    }
    brought(admin, ImportKind.CUTI, leave)
    with pytest.raises(Refused) as refusal:
        log(world, world.ana)
    assert "cuti atau sakit" in refusal.value.faults[0].sentence
    assert "bertumpuk" in faults(tried(admin, ImportKind.CUTI, leave | {"mulai": "6/10/2026"}))[2]
    assert "mendahului" in faults(tried(admin, ImportKind.CUTI, leave | {"sampai": "1/10/2026"}))[2]
    brought(admin, ImportKind.LEMBUR, {"nip": world.budi.nip, "tanggal": "4/10/2026", "nomor_spt": "SPT/1"})
    assert log(world, world.budi, day=dt.date(2026, 10, 4)).tanggal == dt.date(2026, 10, 4)
    assert (Cuti.objects.get().disetujui, Lembur.objects.get().spt) == (True, "SPT/1")


@pytest.mark.parametrize(
    ("kind", "first", "last", "words"),
    [
        ("MELAHIRKAN", "1/9/2026", "1/12/2026", ""),
        ("MELAHIRKAN", "1/9/2026", "2/12/2026", "paling lama 92 hari"),
        ("ALASAN_PENTING", "1/10/2026", "31/10/2026", ""),
        ("ALASAN_PENTING", "1/10/2026", "1/11/2026", "paling lama 31 hari"),
        ("TAHUNAN", "12/10/2026", "30/10/2026", ""),
        ("TAHUNAN", "12/10/2026", "2/11/2026", "membuat cuti tahunan 19 hari kerja pada 2026"),
    ],
)
def test_a_leave_is_not_longer_than_its_kind_may_be(world, admin, kind, first, last, words):
    """Three working days of annual leave were taken before; those of the year before do not count."""
    for start, end in ((dt.date(2026, 10, 5), dt.date(2026, 10, 7)), (dt.date(2025, 10, 6), dt.date(2025, 10, 10))):
        Cuti.objects.create(pegawai=world.budi, jenis="TAHUNAN", mulai=start, akhir=end, dokumen="1", disetujui=True)
    who = world.budi if kind == "TAHUNAN" else world.ana
    row = {"nip": who.nip, "jenis": kind, "mulai": first, "sampai": last, "nomor_surat": "851/2"}
    found = faults(tried(admin, ImportKind.CUTI, row))
    assert (words in found[2]) if words else found == {}


def test_a_signed_month_is_closed_until_a_correction_opens_it(world, admin, october, at):  # noqa: F811
    whole_month(world, world.ana, 6000, october)
    closing.compute(OCTOBER)
    row = DAY | {"nip": world.ana.nip}
    assert faults(tried(admin, ImportKind.KEHADIRAN, row)) == {}
    BulanOpd.objects.filter(opd=world.dinas).update(state="FINAL")
    Rekap.objects.filter(opd=world.dinas).update(state="FINAL")
    assert "sudah ditandatangani" in faults(tried(admin, ImportKind.KEHADIRAN, row))[2]
    from erk.domain import corrections

    opened = corrections.propose_for(fresh(world.bkpsdm), recap_of(world.ana), "Surat tugas terlambat diterima")
    corrections.CORRECTIONS.perform(opened.pk, "setujui", user_of("Pimpinan", (Role.PIMPINAN, "")))
    assert faults(tried(admin, ImportKind.KEHADIRAN, row)) == {}
    assert "sudah ditandatangani" in faults(tried(admin, ImportKind.KEHADIRAN, DAY | {"nip": world.budi.nip}))[2]


def test_targets_agreed_elsewhere_come_as_agreed_plans(world, admin, at):
    at("2026-02-10 09:00")
    row = {
        "nip": world.ana.nip, "tahun": "2026", "rencana": "Pelayanan selesai sehari", "indikator": "Selesai sehari",
        "target": "95 %",
    }  # fmt: skip
    other = row | {"rencana": "Data bersih", "target": "0"}
    brought(world.bkpsdm, ImportKind.RHK, row, other, row | {"nip": world.budi.nip})
    plan = Skp.objects.get(pegawai=world.ana)
    assert (plan.state, plan.disetujui_pada, plan.jabatan.nama) == (
        "DISETUJUI", dt.date(2026, 2, 10), "Analis Kependudukan",
    )  # fmt: skip
    assert list(plan.rencana.values_list("urut", "uraian")) == [(1, "Pelayanan selesai sehari"), (2, "Data bersih")]
    found = faults(
        tried(
            world.bkpsdm, ImportKind.RHK, other, row | {"nip": world.cici.nip, "tahun": "2020"},
            row | {"nip": world.cici.nip, "target": ""}, *[row | {"nip": world.kabid.nip}] * 11,
        )
    )  # fmt: skip
    assert set(found) == {2, 3, 4, 15}
    assert ("sudah mempunyai SKP" in found[2], "paling banyak 10" in found[15]) == (True, True)
    with pytest.raises(NotAllowed):
        tried(admin, ImportKind.RHK, row)
    RoleAssignment.objects.create(
        user=world.cici.user, role=Role.VERIFIKATOR_BKPSDM, scope="", valid_from=dt.date(2026, 1, 1)
    )
    mine = tried(world.cici.user, ImportKind.RHK, row | {"nip": world.cici.nip})
    with pytest.raises(Refused, match="verifikator lain"):
        imports.apply(fresh(world.cici.user), mine)
    assert not Skp.objects.filter(pegawai=world.cici).exists()


def test_ratings_and_sanctions_come_from_the_personnel_agency(world, admin):
    rating = {"nip": world.ana.nip, "bulan": "10/2026", "capaian_skp": "95,5", "perilaku": "88%"}
    brought(world.bkpsdm, ImportKind.PENILAIAN, rating)
    row = Penilaian.objects.get()
    assert (row.bulan, str(row.capaian_skp), str(row.perilaku)) == (dt.date(2026, 10, 1), "0.9550", "0.8800")
    assert "persen" in faults(tried(world.bkpsdm, ImportKind.PENILAIAN, rating | {"perilaku": "101"}))[2]
    cut = {"nip": world.ana.nip, "persen": "25", "mulai": "1/10/2026", "sampai": "31/3/2027", "nomor_sk": "SK 1"}
    brought(world.bkpsdm, ImportKind.HUKUMAN, cut)
    assert Hukuman.objects.get().persen == 25
    with pytest.raises(NotAllowed):
        tried(admin, ImportKind.HUKUMAN, cut)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(fresh(user), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_try_apply_and_give_the_faulty_rows_back(world, admin):
    client = client_of(admin)
    rows = table(ImportKind.KEHADIRAN, DAY | {"nip": world.ana.nip}, DAY | {"nip": "=1+1", "status": "HADIR"})
    upload = SimpleUploadedFile("oktober.csv", rows.getvalue())
    sent = client.post(reverse("erk:import", args=["KEHADIRAN"]), {"berkas": upload, "lingkup": ""})
    page = client.get(sent.headers["Location"]).content.decode()
    assert "1 baris benar dan dapat diterapkan" in page
    assert not Kehadiran.objects.exists()
    errors = b"".join(client.get(sent.headers["Location"] + "?ekspor=csv").streaming_content).decode().splitlines()
    assert errors[0].endswith("baris,kesalahan")
    assert errors[1].startswith("'=1+1,")
    made = Impor.objects.get()
    assert client_of(user_of("Lain", (Role.ADMIN_OPD, "KEC01"))).get(sent.headers["Location"]).status_code == 404
    assert client.post(reverse("erk:import_apply", args=[made.kode])).status_code == 302
    assert Kehadiran.objects.get().pegawai == world.ana
    missing = client.post(
        reverse("erk:import", args=["KEHADIRAN"]), {"berkas": SimpleUploadedFile("x.csv", b"nip\n1\n"), "lingkup": ""}
    )
    assert (missing.status_code, "Kolom tanggal, status tidak ada" in missing.content.decode()) == (422, True)
    pattern = client.get(reverse("erk:import_pattern", args=["CUTI"])).content.decode()
    assert pattern.splitlines()[0] == "\ufeffnip,jenis,mulai,sampai,nomor_surat"


def test_one_row_typed_in_is_marked_and_keeps_what_was_typed(world, admin):
    client, address = client_of(admin), reverse("erk:enter", args=["KEHADIRAN"])
    wrong = client.post(address, DAY | {"nip": world.ana.nip, "masuk": "jam tujuh"})
    assert (wrong.status_code, 'value="jam tujuh"' in wrong.content.decode()) == (422, True)
    assert client.post(address, DAY | {"nip": world.ana.nip}).status_code == 302
    assert Kehadiran.objects.get().sumber == "isian"
    assert client.get(reverse("erk:enter", args=["OPD"])).status_code == 404


def test_the_staff_page_names_superiors_and_who_has_none(world, admin, django_assert_max_num_queries):
    Jabatan.objects.filter(opd=world.kecamatan).update(induk=None)
    client = client_of(admin)
    page = client.get(reverse("erk:staff")).content.decode()
    assert "Cici" not in page
    assert "Kepala Bidang Pelayanan" in page
    assert [row.employee.nama for row in staff.without_superior(["KEC01"])] == ["Camat", "Cici"]
    verifier = client_of(world.bkpsdm)
    assert "2 pegawai tidak mempunyai atasan" in verifier.get(reverse("erk:staff")).content.decode()
    Cuti.objects.create(pegawai=world.ana, jenis="MELAHIRKAN", mulai=MONDAY, akhir=MONDAY, dokumen="1", disetujui=True)
    address = reverse("erk:person", args=[world.ana.kode])
    assert "melahirkan" in client.get(address).content.decode()
    assert "melahirkan" not in verifier.get(address).content.decode()


def test_a_wrong_superior_is_reported_and_answered_within_a_day(world, admin):
    made = reports.report(fresh(world.ana.user), "Kepala Seksi Pendaftaran")
    assert (made.batas, made.jabatan_tercatat.nama) == (dt.date(2026, 10, 6), "Kepala Bidang Pelayanan")
    with pytest.raises(Refused, match="masih diperiksa"):
        reports.report(fresh(world.ana.user), "Kepala Seksi Pendaftaran")
    stranger = user_of("Admin-lain", (Role.ADMIN_OPD, "KEC01"))
    for user in (stranger, world.ana.user, world.kabid.user):
        with pytest.raises(NotAllowed):
            REPORTS.perform(made.pk, "selesaikan", fresh(user), note="Jabatan sudah diperbaiki")
    desk, address = client_of(admin), reverse("erk:report_act", args=[made.pk, "selesaikan"])
    assert desk.post(address, {"versi": 1, "alasan": "ya"}).status_code == 422
    assert desk.post(address, {"versi": 1, "alasan": "Jabatan sudah diperbaiki"}).status_code == 302
    assert LaporanAtasan.objects.get().state == "SELESAI"
    assert "Jabatan sudah diperbaiki" in client_of(world.ana.user).get(reverse("erk:superior")).content.decode()


def test_an_item_may_be_for_some_positions_and_for_planned_results_only(world, at):
    at("2026-10-05 15:00")
    keeper = client_of(user_of("Katalog", (Role.ADMIN_KATALOG, "")))
    address = reverse("erk:norm", args=[world.katalog.pk])
    typed = {"norma": "30", "rumpun": ["ADMINISTRATOR", "JPT"], "wajib_rhk": "1", "mulai": "1/11/2026", "dasar": "SE 2"}
    assert keeper.post(address, typed).status_code == 302
    item = Katalog.objects.get(kode="SRT", versi=2)
    assert (item.family_words, item.wajib_rhk) == ("Administrator, Jabatan pimpinan tinggi", True)
    assert "dikaitkan dengan SKP, untuk Administrator" in keeper.get(address).content.decode()
    at("2026-11-02 15:00")
    day = dt.date(2026, 11, 2)
    with pytest.raises(Refused) as refusal:
        log(world, world.ana, day=day, katalog=item)
    assert [(fault.field, "hanya untuk" in fault.sentence) for fault in refusal.value.faults] == [("katalog", True)]
    assert b'value="SRT"' not in client_of(world.ana.user).get(reverse("erk:new")).content
    assert b'value="SRT"' in client_of(world.kabid.user).get(reverse("erk:new")).content
    draft = log(world, world.kabid, day=day, katalog=item)
    with pytest.raises(Refused, match="harus dikaitkan dengan rencana hasil kerja"):
        act(draft, "ajukan", world.kabid)
    plan = Skp.objects.create(pegawai=world.kabid, jabatan=draft.jabatan, tahun=2026, state="DISETUJUI")
    draft.rhk = plan.rencana.create(urut=1, uraian="Pelayanan selesai", indikator="Hari", target="1")
    draft.save()
    assert act(draft, "ajukan", world.kabid).state == "DIAJUKAN"


def test_a_new_norm_holds_from_the_next_month_and_survives_the_profile(world):
    keeper = user_of("Katalog", (Role.ADMIN_KATALOG, ""))
    common = {"proof": False, "daily_max": None, "basis": "SE 1/2026"}
    for since, norm, field in (
        (dt.date(2026, 10, 1), 40, "mulai"),
        (dt.date(2026, 11, 2), 40, "mulai"),
        (dt.date(2026, 11, 1), 30, "norma"),
        (dt.date(2026, 11, 1), 601, "norma"),
    ):
        with pytest.raises(Refused) as refusal:
            norms.publish(keeper, world.katalog, norm=norm, since=since, **common)
        assert [fault.field for fault in refusal.value.faults] == [field]
    with pytest.raises(Refused, match="bertanda") as refusal:
        norms.publish(keeper, world.katalog, norm=40, longest=40, since=dt.date(2026, 11, 1), **common)
    assert [fault.field for fault in refusal.value.faults] == ["norma_maks"]
    fresh_item = norms.publish(keeper, world.katalog, norm=40, since=dt.date(2026, 11, 1), **common)
    held = {day: Katalog.objects.on(day).get(kode="SRT").norma for day in (MONDAY, dt.date(2026, 11, 1))}
    assert list(held.values()) == [30, 40]
    catalogue.sync(MONDAY)
    assert Katalog.objects.get(pk=fresh_item.pk).berlaku_akhir is None
    assert entry(world).katalog.norma == 30
    page = client_of(keeper).post(reverse("erk:norm", args=[fresh_item.pk]), {"norma": "lima", "mulai": "1/12/2026"})
    assert (page.status_code, 'value="lima"' in page.content.decode()) == (422, True)


def test_norms_come_as_a_file_one_number_or_a_range(world):
    keeper = user_of("Katalog", (Role.ADMIN_KATALOG, ""))
    row = {"kode": "srt", "norma": "30", "norma_maks": "45", "mulai": "1/11/2026", "dasar": "SE 1"}
    wrong = (
        row | {"kode": "TIDAK-ADA"}, row | {"norma": "0"}, row | {"norma": "50"}, row | {"mulai": "2/11/2026"},
        row | {"norma_maks": ""},
    )  # fmt: skip
    for line, part in zip(wrong, ("tidak ada dalam", "1 sampai 600", "di atas", "awal bulan", "sama"), strict=True):
        assert part in faults(tried(keeper, ImportKind.KATALOG, line))[2]
    assert "ada dua kali" in faults(tried(keeper, ImportKind.KATALOG, row, row))[3]
    assert Katalog.objects.filter(kode="SRT").count() == 1
    brought(keeper, ImportKind.KATALOG, row)
    made = Katalog.objects.get(kode="SRT", versi=2)
    assert (made.norma, made.norma_maks, made.norm_words, made.dari_profil) == (30, 45, "30–45", False)
    assert AuditEntry.objects.get(action="terbitkan_katalog", object_id=str(made.pk)).data["paling_lama"] == 45
    desk = client_of(keeper)
    assert "30–45 menit per" in desk.get(reverse("erk:norm", args=[made.pk])).content.decode()
    assert 'value="45"' in desk.get(reverse("erk:norm", args=[made.pk])).content.decode()
