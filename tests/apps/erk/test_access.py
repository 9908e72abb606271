"""Who may open what: every address as every role, compared with this table; and who ever sees pay."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from test_months import OCTOBER, approved, october, whole_month  # noqa: F401  (a fixture)
from world import MONDAY, fresh, user_of

from erk.domain import closing, corrections, objections, reports, rulebook, skp, summaries, trials
from erk.enums import ActivityState, Role
from erk.models import (
    Aktivitas,
    Anomali,
    BulanOpd,
    Cuti,
    Impor,
    KebijakanVersi,
    Kehadiran,
    Koreksi,
    LaporanAtasan,
    Sampel,
    Sanggah,
    Skp,
    UjiKebijakan,
)
from erk.web import urls

ANA_PAY = "Rp5.688.600"

# Columns: anonymous; Ana herself; her superior (kabid); her office's head; another office's head and employee;
# verifier; finance; leaders; inspectorate; administrators of agency, catalogue and region.
PEOPLE = (
    "anon", "ana", "kabid", "kepala", "camat", "cici", "verifikator", "keuangan", "pimpinan", "inspektorat",
    "admin_opd", "admin_katalog", "admin_wilayah",
)  # fmt: skip
TABLE: dict[str, str] = {
    # name               anon ana  kabid kepala camat cici verif keu  pimp insp adm  kat  wil
    "home":             "200  302  302   302    302   302  302   302  302  302  302  302  302",
    "public":           "200  200  200   200    200   200  200   200  200  200  200  200  200",
    "today":            "302  200  200   200    200   200  404   404  404  404  404  404  404",
    "log":              "302  200  200   200    200   200  404   404  404  404  404  404  404",
    "new":              "302  200  200   200    200   200  404   404  404  404  404  404  404",
    "slip":             "302  200  200   200    200   200  404   404  404  404  404  404  404",
    "inbox":            "302  404  200   200    200   404  404   404  404  404  404  404  404",
    "team":             "302  404  200   200    200   404  404   404  404  404  404  404  404",
    "acting":           "302  404  200   200    200   404  404   404  404  404  404  404  404",
    "recap":            "302  404  404   200    200   404  200   200  404  404  404  404  404",
    "workload":         "302  404  404   200    200   404  200   404  200  200  404  404  404",
    "audit_list":       "302  404  404   404    404   404  200   404  404  200  404  404  404",
    "activity:ana":     "302  200  200   200    404   404  200   404  404  200  404  404  404",
    "edit:ana":         "302  200  404   404    404   404  404   404  404  404  404  404  404",
    "member:ana":       "302  404  200   404    404   404  404   404  404  404  404  404  404",
    "slip_of:ana":      "302  200  404   200    404   404  200   200  404  404  404  404  404",
    "workload_office":  "302  404  404   200    404   404  200   404  200  200  404  404  404",
    "object":           "302  200  200   200    404   404  404   404  404  404  404  404  404",
    "board":            "302  404  404   200    200   404  200   200  200  200  200  404  200",
    "office_month":     "302  404  404   200    404   404  200   200  200  200  200  404  200",
    "objections":       "302  200  200   200    200   200  200   200  200  200  200  200  200",
    "objection":        "302  200  404   200    404   404  200   404  404  200  200  404  404",
    "corrections":      "302  404  404   404    404   404  200   200  200  200  404  404  404",
    "correction":       "302  404  404   404    404   404  200   200  200  200  404  404  404",
    "propose":          "302  404  404   404    404   404  200   404  404  404  404  404  404",
    "outages":          "302  404  404   404    404   404  404   404  404  404  404  404  200",
    "staff":            "302  404  404   404    404   404  200   404  404  200  200  404  200",
    "person":           "302  404  404   404    404   404  200   404  404  200  200  404  200",
    "imports":          "302  404  404   404    404   404  200   200  404  404  200  200  200",
    "import":           "302  404  404   404    404   404  404   404  404  404  200  404  404",
    "import_pattern":   "302  404  404   404    404   404  404   404  404  404  200  404  404",
    "enter":            "302  404  404   404    404   404  404   404  404  404  200  404  404",
    "import_result":    "302  404  404   404    404   404  404   404  404  404  200  404  404",
    "superior":         "302  200  200   200    200   200  404   404  404  404  404  404  404",
    "reports":          "302  404  404   404    404   404  404   404  404  404  200  404  404",
    "report":           "302  404  404   404    404   404  404   404  404  404  200  404  404",
    "catalogue":        "302  404  404   404    404   404  404   404  404  404  404  200  404",
    "norm":             "302  404  404   404    404   404  404   404  404  404  404  200  404",
    "signs":            "302  404  404   404    404   404  200   404  404  200  404  404  404",
    "signs_of":         "302  404  404   404    404   404  200   404  404  200  404  404  404",
    "samples":          "302  404  404   404    404   404  200   404  404  200  404  404  404",
    "sample":           "302  404  404   404    404   404  200   404  404  200  404  404  404",
    "listings":         "302  404  404   404    404   404  200   200  200  200  404  200  404",
    "listing":          "302  404  404   404    404   404  200   200  404  404  404  404  404",
    "office_pdf":       "302  404  404   200    404   404  200   200  404  404  404  404  404",
    "cover_pdf":        "302  404  404   404    200   404  200   200  404  404  404  404  404",
    "log_pdf":          "302  200  200   200    200   200  404   404  404  404  404  404  404",
    "rulebook":         "302  404  404   404    404   404  404   404  404  404  404  404  200",
    "draft_rules":      "302  404  404   404    404   404  404   404  404  404  404  404  200",
    "trial":            "302  404  404   404    404   404  404   404  404  404  404  404  200",
    "rules_version":    "302  404  404   404    404   404  404   404  404  404  404  404  200",
    "plans":            "302  200  200   200    200   200  200   404  404  200  404  404  404",
    "plan":             "302  200  200   404    404   404  200   404  404  200  404  404  404",
    "write_plan":       "302  200  403   404    404   404  403   404  404  403  404  404  404",
    "plan_results":     "302  409  403   404    404   404  403   404  404  403  404  404  404",
    "rate_plan":        "302  403  409   404    404   404  403   404  404  403  404  404  404",
    # POST only
    "new_plan":         "302  302  302   302    302   302  404   404  404  404  404  404  404",
    "plan_note":        "302  403  422   404    404   404  403   404  404  403  404  404  404",
    "plan_act":         "302  302  403   404    404   404  403   404  404  403  404  404  404",
    "sign_act":         "302  404  404   404    404   404  302   404  404  403  404  404  404",
    "import_apply":     "302  404  404   404    404   404  404   404  404  404  302  404  404",
    "report_act":       "302  404  404   404    404   404  404   404  404  404  302  404  404",
    "closing_act":      "302  404  404   422    404   404  403   403  403  403  403  404  403",
    "objection_act":    "302  403  404   403    404   404  403   404  404  403  302  404  404",
    "correction_act":   "302  404  404   404    404   404  403   403  302  403  404  404  404",
    "copy":             "302  302  302   302    302   302  404   404  404  404  404  404  404",
    "submit_day":       "302  302  302   302    302   302  404   404  404  404  404  404  404",
    "batch":            "302  404  302   302    302   404  404   404  404  404  404  404  404",
    "compute":          "302  404  404   404    404   404  302   404  404  404  404  404  404",
    "act:setujui":      "302  403  302   403    404   404  403   404  404  403  404  404  404",
    "act:temukan":      "302  403  403   403    404   404  302   404  404  403  404  404  404",
    "discard:ana":      "302  302  404   404    404   404  404   404  404  404  404  404  404",
    "proof:ana":        "302  409  404   404    404   404  404   404  404  404  404  404  404",
}  # fmt: skip
ELSEWHERE = ("http", "/static", "/keluar", "mailto", "tel:", "/akun", "ekspor", "tanggal=")
POSTS = {
    "new_plan", "plan_note", "plan_act",
    "sign_act", "import_apply", "report_act", "closing_act", "objection_act", "correction_act",
    "copy", "submit_day", "batch", "compute", "act:setujui", "act:temukan", "discard:ana", "proof:ana",
}  # fmt: skip


@dataclass
class Stage:
    """What the addresses of the table point at."""

    world: Any
    users: dict[str, Any]
    draft: Aktivitas
    waiting: Aktivitas
    done: Aktivitas
    objection: Sanggah
    correction: Koreksi
    report: LaporanAtasan
    brought: Impor
    sign: Anomali
    sample: Sampel
    plan: Skp

    def address(self, route: str) -> str:
        name, _, about = route.partition(":")
        kode = self.world.ana.kode
        activity = self.draft if name in ("edit", "discard", "proof") else self.waiting
        if name == "act":
            activity = self.done if about == "temukan" else self.waiting
            return reverse("erk:act", args=[activity.kode, about])
        arguments = {
            "activity": [activity.kode],
            "edit": [activity.kode],
            "discard": [activity.kode],
            "proof": [activity.kode],
            "member": [kode],
            "slip_of": [kode, "2026-10"],
            "workload_office": ["DUKCAPIL"],
            "listing": ["daftar-bayar"],
            "office_pdf": ["DUKCAPIL", "2026-10"],
            "cover_pdf": ["KEC01", "2026-10"],
            "signs_of": [kode, "2026-10"],
            "sign_act": [kode, "2026-10", self.sign.pk],
            "sample": [self.sample.pk],
            "person": [kode],
            "import": ["KEHADIRAN"],
            "import_pattern": ["KEHADIRAN"],
            "enter": ["KEHADIRAN"],
            "import_result": [self.brought.kode],
            "import_apply": [self.brought.kode],
            "report": [self.report.pk],
            "report_act": [self.report.pk, "selesaikan"],
            "norm": [self.world.katalog.pk],
            "object": ["2026-10"],
            "office_month": ["DUKCAPIL", "2026-10"],
            "closing_act": ["DUKCAPIL", "2026-10", "tanda_tangani"],
            "objection": [self.objection.pk],
            "objection_act": [self.objection.pk, "telaah"],
            "correction": [self.correction.pk],
            "correction_act": [self.correction.pk, "setujui"],
            "trial": [UjiKebijakan.objects.values_list("pk", flat=True)[0]],
            "rules_version": [KebijakanVersi.objects.values_list("versi", flat=True)[0]],
            **{key: [self.plan.pk] for key in ("plan", "write_plan", "plan_results", "rate_plan", "plan_note")},
            "plan_act": [self.plan.pk, "ajukan"],
            "propose": [self.world.camat.kode, "2026-10"],
        }
        return reverse(f"erk:{name}", args=arguments.get(name, []))

    def data(self, route: str) -> dict[str, str]:
        of_route = {
            "act:setujui": self.waiting, "act:temukan": self.done, "objection_act": self.objection,
            "correction_act": self.correction, "report_act": self.report, "sign_act": self.sign,
            "closing_act": self.objection, "plan_act": self.plan,
        }  # fmt: skip
        return {
            "versi": str(of_route.get(route, self.draft).version),
            "alasan": "Bukti foto dipakai dua kali",
            "putusan": "SAH",
            "bulan": "2026-10",
            "dari": "2026-10-05",
            "ke": "2026-10-06",
            "tanggal": "2026-10-06",
            "isi": "Pelayanan kartu keluarga sudah lebih cepat",
        }

    def client(self, person: str) -> Client:
        client = Client()
        if person != "anon":
            client.force_login(fresh(self.users[person]), backend="django.contrib.auth.backends.ModelBackend")
        return client


def planned(world) -> Skp:
    """Return Ana's draft of this year's targets with one planned result."""
    made = skp.begin(fresh(world.ana.user), 2026)
    skp.write_plan(fresh(world.ana.user), made, [("Pelayanan selesai", "Selesai sehari", "95 %")])
    return Skp.objects.get(pk=made.pk)


@pytest.fixture
def stage(world, october):  # noqa: F811
    whole_month(world, world.ana, 6365, october)
    Kehadiran.objects.create(
        pegawai=world.ana, tanggal=MONDAY, status="HADIR", menit_tl=9, masuk="07:39", sumber="uji", pulang="16:00"
    )
    Kehadiran.objects.create(pegawai=world.ana, tanggal=dt.date(2026, 10, 21), status="ALPA", sumber="uji")
    closing.compute(OCTOBER)
    summaries.refresh(OCTOBER)
    objection = objections.object_to(fresh(world.ana.user), world.ana.rekap.get(), "Tanggal 21 saya dinas luar")
    BulanOpd.objects.filter(opd=world.kecamatan).update(state="FINAL")
    world.kecamatan.rekap.update(state="FINAL")
    correction = corrections.propose_for(world.bkpsdm, world.cici.rekap.get(), "Surat tugas terlambat diterima")
    day = dt.date(2026, 11, 19)
    waiting = approved(world, world.ana, day, 30, state=ActivityState.DISETUJUI)
    draft = approved(world, world.ana, day, 30, start=600)
    done = approved(world, world.ana, day, 30, start=700)
    post = world.kabid.penempatan.get().jabatan
    Aktivitas.objects.filter(pk=draft.pk).update(state="DRAF", menit_setuju=None, jabatan_penilai=post)
    Aktivitas.objects.filter(pk=done.pk).update(jabatan_penilai=post)
    Aktivitas.objects.filter(pk=waiting.pk).update(
        state="DIAJUKAN", menit_setuju=None, jabatan_penilai=post, diajukan_pada=waiting.putus_pada, batas=day
    )
    users = {name: getattr(world, name).user for name in ("ana", "kabid", "kepala", "camat", "cici")}
    users |= {"verifikator": world.bkpsdm}
    for role in (Role.KEUANGAN, Role.PIMPINAN, Role.INSPEKTORAT, Role.ADMIN_KATALOG, Role.ADMIN_WILAYAH):
        users[role.lower()] = user_of(f"orang-{role.lower()}", (role, ""))
    trials.begin(fresh(users["admin_wilayah"]), rulebook.latest(), OCTOBER)
    users["admin_opd"] = user_of("orang-admin", (Role.ADMIN_OPD, "DUKCAPIL"))
    return Stage(
        world,
        users,
        Aktivitas.objects.get(pk=draft.pk),
        Aktivitas.objects.get(pk=waiting.pk),
        Aktivitas.objects.get(pk=done.pk),
        objection,
        correction,
        reports.report(fresh(world.ana.user), "Kepala Seksi Pendaftaran"),
        Impor.objects.create(
            jenis="KEHADIRAN", lingkup="DUKCAPIL", nama_berkas="x.csv", sidik="x", jumlah=1,
            dibuat_oleh=users["admin_opd"], baris=[[2, {"nip": "1"}]], galat=[[2, ["NIP tidak dikenal."]]],
        ),
        Anomali.objects.create(
            pegawai=world.ana, opd=world.dinas, bulan=OCTOBER, kode="NORMA", poin=10, rincian={}, state="TERBUKA"
        ),
        Sampel.objects.create(aktivitas=Aktivitas.objects.filter(tanggal=MONDAY)[0], bulan=OCTOBER),
        planned(world),
    )  # fmt: skip


def test_the_table_knows_every_address():
    known = {route.partition(":")[0] for route in TABLE}
    assert {pattern.name for pattern in urls.urlpatterns if getattr(pattern, "name", None)} == known


def test_every_address_as_every_role(stage):
    expected = {route: dict(zip(PEOPLE, map(int, codes.split()), strict=True)) for route, codes in TABLE.items()}
    found: dict[str, dict[str, int]] = {}
    for person in PEOPLE:
        client = stage.client(person)
        for route in TABLE:
            address, before = stage.address(route), transaction.savepoint()
            response = client.post(address, stage.data(route)) if route in POSTS else client.get(address)
            transaction.savepoint_rollback(before)
            found.setdefault(route, {})[person] = response.status_code
    assert found == expected


def test_acts_are_not_done_by_reading(stage):
    for person in ("kabid", "ana", "verifikator"):
        client = stage.client(person)
        assert {client.get(stage.address(route)).status_code for route in POSTS} <= {403, 404, 405}


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_is_led_to_a_closed_door_and_pay_stays_with_those_named(stage, person):
    """Follow every link a person is shown; the pay of Ana is only ever seen by those erk.md section 17 names."""
    client, seen, queue, pay = stage.client(person), set(), [reverse("erk:home"), reverse("erk:public")], False
    while queue:
        address = queue.pop(0)
        if address in seen or len(seen) > 40:
            continue
        seen.add(address)
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if response.streaming or "text/html" not in response.headers["Content-Type"]:
            continue
        body = response.content.decode()
        pay = pay or ANA_PAY in body or "5.688.600" in body
        links = (link.replace("&amp;", "&") for link in re.findall(r'href="([^"#]+)"', body))
        queue += [_absolute(address, link) for link in links if not any(word in link for word in ELSEWHERE)]
    assert pay == (person in {"ana", "kepala", "verifikator", "keuangan"})


def _absolute(address: str, link: str) -> str:
    return address.partition("?")[0] + link if link.startswith("?") else link


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_export_of_the_recap_obeys_the_same_right(stage, fmt):
    address = reverse("erk:recap") + f"?bulan=2026-10&ekspor={fmt}"
    for person, status in (("kabid", 404), ("cici", 404), ("pimpinan", 404), ("kepala", 200), ("keuangan", 200)):
        assert stage.client(person).get(address).status_code == status
    if fmt == "csv":
        body = b"".join(stage.client("camat").get(address).streaming_content).decode()
        assert "Camat" in body
        assert "Ana" not in body


def test_leave_reasons_are_not_on_the_pages_of_a_superior(stage):
    Cuti.objects.create(
        pegawai=stage.world.ana,
        jenis="MELAHIRKAN",
        mulai=dt.date(2026, 11, 2),
        akhir=dt.date(2026, 11, 6),
        dokumen="77",
        disetujui=True,
    )
    client = stage.client("kabid")
    for address in (reverse("erk:team"), stage.address("member:ana"), reverse("erk:inbox")):
        body = client.get(address).content.decode().lower()
        assert "melahirkan" not in body


def test_an_unknown_code_and_a_missing_one_look_the_same(stage):
    client = stage.client("cici")
    stranger = client.get(stage.address("activity:ana"))
    missing = client.get(reverse("erk:activity", args=["XXXXXXXXXXXX"]))
    assert (stranger.status_code, missing.status_code) == (404, 404)


def test_open_data_has_no_names_and_no_small_cells(stage):
    answer = Client().get("/api/bulan/2026-10")
    assert answer.status_code == 200
    data = answer.json()
    assert (data["wilayah"], data["perangkat_daerah"], data["perangkat_daerah_disembunyikan"]) == (
        "Kota Bandung",
        [],
        3,
    )
    assert not any(word in answer.content.decode() for word in ("Ana", "Kabid", "1986"))
    assert Client().get("/api/bulan/2026-11").status_code == 404
    assert Client().get("/api/bulan").json() == ["2026-10"]
