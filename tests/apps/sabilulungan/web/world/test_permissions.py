"""Every address as every role, compared with one table; nothing is reachable that the table does not grant."""

import pytest
from django.urls import get_resolver

OPEN = {
    "/": 200, "/usulan/": 200, "/usulan/unduh.csv": 200, "/usulan/{filed}/": 200, "/penerima/{recipient}/": 200,
    "/usulan/360giving.json": 200, "/data-terbuka/": 200, "/bansos-mendesak/": 200,
    "/usulan/{filed}/suara/": 200,
    "/statistik/unduh.csv?tahun=2027": 200,
    "/laporan-tahunan/": 200, "/laporan-tahunan/unduh.csv": 200, "/peraturan/": 200, "/usulan/{approved}/papan/": 200,
    "/usulan/{approved}/berkas.zip": 200,
    "/statistik/wilayah/{district}/": 200, "/pengumuman/": 200,
    "/statistik/": 200, "/tentang/": 200, "/api/v1/usulan": 200, "/api/v1/usulan.csv": 200,
    "/api/v1/usulan/{filed}": 200, "/api/v1/openapi.json": 200,
}  # fmt: skip
# 302 to the sign-in page for whoever is not signed in; 404 where even the existence is nobody's business.
SIGNED_IN = ("/daftar-penerima/", "/daftar-penerima/organisasi/", "/daftar-penerima/perorangan/", "/usulan-saya/")
OWN = (
    "/usulan-saya/{draft}/kegiatan/",
    "/usulan-saya/{draft}/rincian/",
    "/usulan-saya/{draft}/berkas/",
    "/usulan-saya/{draft}/kirim/",
    "/usulan-saya/{filed_key}/tarik/",
    "/usulan-saya/{filed_key}/",
)
OWN_LATER = ("/usulan-saya/{filed_key}/berkas-lanjutan/", "/usulan-saya/{filed_key}/tindakan/LAPORKAN/")
READS_ALL = {"tu", "head", "sorter", "team", "budget", "keuangan", "inspektur", "pengawas", "ketuatp"}
DESK = READS_ALL | {"office", "chief", "kesehatan", "loket", "admin"}
AT_HOME = {"rekomendasi-camat": "camat", "rekomendasi-lurah": "homelurah"}  # the camat and lurah of the approved case
PLACES = {"lurah", "camat", "homelurah"}
EVERYBODY = DESK | PLACES | {"ani", "budi", "kesbang", "baru"}


def table(name):
    """Return what a person gets at each address; absent addresses are the open ones."""
    rows = dict(OPEN)
    rows |= dict.fromkeys(SIGNED_IN, 200)
    for address in OWN:
        mine = name == ("ani" if "{draft}" in address else "budi")
        rows[address] = 200 if mine else 404
    rows["/usulan-saya/{filed_key}/kegiatan/"] = 403 if name == "budi" else 404
    rows[OWN_LATER[0]] = 404  # nothing is asked for before the agreement
    rows[OWN_LATER[1]] = 302 if name == "budi" else 404  # back to the case: no report before payment
    rows["/usulan-saya/{filed_key}/rekening/"] = 404  # nothing is paid yet
    rows["/usulan-saya/{filed_key}/temuan/1/"] = 404  # nothing was found
    rows["/usulan-saya/{filed_key}/koreksi/"] = 200 if name == "budi" else 404
    rows["/meja/wilayah/"] = 200 if name in PLACES else 404
    rows["/meja/organisasi/"] = rows["/meja/organisasi/{recipient}/"] = 200 if name == "kesbang" else 404
    rows["/meja/{evaluated}/kunjungan/"] = 200 if name == "office" else 404
    rows["/meja/dnc/"] = 200 if name in {"budget", "head", "keuangan", "inspektur", "pengawas"} else 404
    rows["/meja/dnc/1/"] = rows["/meja/dnc/1/pdf/"] = 404  # no list yet
    rows["/meja/dnc/1/persetujuan/pdf/"] = rows["/meja/anggaran/{year}/lampiran-{annex}.csv"] = 404  # nothing approved
    rows["/meja/tanda-tangan/"] = (
        200 if name in PLACES | {"office", "chief", "kesehatan", "head", "keuangan", "ketuatp"} else 404
    )
    rows["/meja/{approved}/dokumen/rekomendasi/tanda-tangan/"] = 200 if name in {"office", "chief"} else 404
    seat = "/meja/{approved}/dokumen/rekomendasi-ketua-tp/tanda-tangan/"
    rows[seat] = 200 if name in {"office", "ketuatp"} else 404
    rows["/meja/{approved}/dokumen/rekomendasi-ketua-tp/pdf/"] = 200 if name in READS_ALL | {"office", "chief"} else 404
    for code, owner in AT_HOME.items():
        rows[f"/meja/{{approved}}/dokumen/{code}/tanda-tangan/"] = 200 if name in {"office", owner} else 404
        reads = READS_ALL | {"office", "chief", owner}
        rows[f"/meja/{{approved}}/dokumen/{code}/pdf/"] = 200 if name in reads else 404
    rows["/meja/suara/"] = 200 if name in {"tu", "inspektur"} else 404
    rows["/meja/suara/ABCDEFGHJKMN/"] = 404
    rows["/usulan-saya/{approved_key}/dokumen/nphd/pdf/"] = 404  # no agreement yet
    rows["/usulan-saya/{returned_key}/dokumen/surat/pdf/"] = 200 if name == "budi" else 404
    rows["/meja/{approved}/dokumen/rekomendasi/pdf/"] = 200 if name in READS_ALL | {"office", "chief"} else 404
    aid = {"head", "office", "kesehatan", "loket", "keuangan", "inspektur", "pengawas"}
    rows["/meja/bansos-mendesak/"] = 200 if name in aid else 404
    rows["/meja/bansos-mendesak/baru/"] = 200 if name in {"office", "kesehatan", "loket"} else 404
    rows["/meja/bansos-mendesak/3273-2026-T-00001/"] = 404
    rows["/meja/pagu/"] = rows["/meja/anggaran/"] = 200 if name == "budget" else 404
    rows["/meja/setoran/"] = rows["/meja/laporan-terlambat/"] = (
        200 if name in {"keuangan", "inspektur", "pengawas"} else 404
    )
    rows["/meja/"] = 200 if name in DESK else 404
    rows["/meja/{filed}/"] = 200 if name in READS_ALL else 404
    rows["/meja/{evaluated}/"] = 200 if name in READS_ALL | {"office", "chief"} else 404
    reads = name in READS_ALL
    rows["/meja/{filed}/data-terlindungi/"] = 200 if name == "inspektur" else 403 if reads else 404
    takes = name in {"keuangan", "inspektur", "pengawas"}
    rows["/meja/{filed}/berkas.zip"] = 200 if takes else 403 if reads else 404
    publishes = name in {"tu", "keuangan"}
    rows["/meja/{filed}/salinan/"] = 200 if publishes else 403 if reads else 404
    rows["/meja/terlambat/"] = 200 if name in READS_ALL | {"office", "chief", "kesehatan"} else 404
    rows["/meja/pengawasan/"] = 200 if name == "inspektur" else 404
    rows["/meja/{evaluated}/tanda/1/"] = 404  # no such signal
    rows["/meja/pengumuman/"] = rows["/meja/jendela/"] = 200 if name == "admin" else 404
    rows["/meja/pengecualian/"] = 200 if name == "head" else 404
    return rows


def people(world):
    found = {**vars(world.staff), **vars(world.more), "ani": world.ani, "budi": world.budi}
    assert set(found) == EVERYBODY
    return found


def filled(address, world):
    cases = world.cases
    return address.format(
        district=cases.filed.recipient.district_code,
        year=2027,
        annex="iii",
        filed=cases.filed.number,
        filed_key=cases.filed.key,
        evaluated=cases.evaluated.number,
        approved=cases.approved.number,
        approved_key=cases.approved.key,
        returned_key=cases.returned.key,
        draft=cases.draft.key,
        recipient=cases.approved.recipient.public_id,
    )


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_every_address_as_every_role(client, world, name):
    client.force_login(people(world)[name])
    got = {address: _status(client, filled(address, world)) for address in table(name)}
    assert got == table(name)


def test_every_address_without_signing_in(client, world):
    for address in table("baru"):
        response = client.get(filled(address, world))
        response.close()
        if address in OPEN:
            assert response.status_code == 200, address
        else:
            assert response.status_code == 302, address
            assert response.url.startswith("/masuk/"), address


POSTS = (
    "/meja/pengumuman/1/tarik/",
    "/usulan-saya/{draft}/hapus/",
    "/usulan-saya/{draft}/kode/",
    "/meja/{filed}/tindakan/LENGKAP/",
    "/meja/{filed}/kepentingan/",
    "/meja/{filed}/tanda/1/keputusan/",
    "/meja/{filed}/salinan/1/tarik/",
)
AID_POST = "/meja/bansos-mendesak/3273-2026-T-00001/tindakan/TOLAK/"


def test_the_table_knows_every_address_of_the_app():
    known = {
        *table("baru"),
        *POSTS,
        AID_POST,
        "/data-terbuka/{name}",
        "/tiket/{ticket}/",
        "/ikuti/{key}/",
        "/usulan/{filed}/ikuti/",
        "/usulan/{approved}/salinan/{copy}/",
        "/mulai/",
        "/usulan-saya/baru/",
    }
    shapes = {_shape(address) for address in known}
    missing = [route for route in _routes() if _shape(route) not in shapes]
    assert missing == []


def _routes():
    for pattern in get_resolver("sabilulungan.web.urls").url_patterns:
        text = "/" + str(pattern.pattern)
        if text != "/api/v1/":
            yield text.replace("<slug:fmt>", "csv")


def _shape(address):
    import re

    fixed = "LENGKAP|LAPORKAN|TOLAK|nphd|surat|rekomendasi|rekomendasi-ketua-tp|ABCDEFGHJKMN|3273-[^/]+"
    return re.sub(
        rf"<[^>]+>|\{{[^}}]+\}}|/1/|/(?:{fixed})/",
        lambda match: "/*/" if match[0][0] == "/" else "*",
        address.partition("?")[0],
    )


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_only_the_registry_declares_complete(client, world, name):
    client.force_login(people(world)[name])
    status = client.post(f"/meja/{world.cases.filed.number}/tindakan/LENGKAP/", {}).status_code
    assert status == (409 if name == "tu" else 403 if name in READS_ALL else 404)
    world.cases.filed.refresh_from_db()
    assert world.cases.filed.state == "DIAJUKAN"


def test_posts_are_not_gets(client, world):
    client.force_login(world.staff.tu)
    for address in POSTS[1:]:
        assert client.get(filled(address, world)).status_code == 405, address


def test_check_03_not_even_by_url(client, world):
    case = world.cases.evaluated
    client.force_login(world.more.kesehatan)
    for address in ("", "data-terlindungi/"):
        assert client.get(f"/meja/{case.number}/{address}").status_code == 404
    for address in ("tindakan/REKOMENDASIKAN/", "kepentingan/", "tanda/1/keputusan/"):
        assert client.post(f"/meja/{case.number}/{address}", {}).status_code == 404
    stored = case.documents.first()
    from sabilulungan.domain import drafts

    held = drafts.files_of(case)[stored.pk]
    assert client.get(f"/berkas/{held.public_id}/").status_code == 404
    client.force_login(world.staff.office)
    assert _status(client, f"/berkas/{held.public_id}/") == 200


def _status(client, address):
    response = client.get(address)
    response.close()
    return response.status_code


def test_files_are_private(client, world):
    from sabilulungan.domain import drafts

    held = next(iter(drafts.files_of(world.cases.filed).values()))
    address = f"/berkas/{held.public_id}/"
    assert client.get(address).status_code == 404
    for person, status in ((world.ani, 404), (world.budi, 200), (world.staff.tu, 200), (world.more.admin, 404)):
        client.force_login(person)
        assert _status(client, address) == status
