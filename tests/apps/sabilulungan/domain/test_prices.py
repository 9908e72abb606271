"""The standard price list: a file as a whole or not at all, F11 from 120% on, the price beside each line."""

import pytest
import time_machine
from django.core.management import CommandError, call_command

import build
from core.models import AuditEntry
from sabilulungan.enums import Role, State
from sabilulungan.models import StandardPrice

pytestmark = pytest.mark.django_db
LIST = "nama,satuan,harga\nSewa komputer,unit,1250000\nHonor Pelatih,Jam,200000\n"


@pytest.fixture(autouse=True)
def _open():
    with time_machine.travel(build.OPEN_DAY, tick=False):
        yield


@pytest.fixture
def load(tmp_path):
    build.user("admin", Role.ADMIN_WILAYAH)

    def take(text, year=2027, user="admin"):
        path = tmp_path / "harga.csv"
        path.write_text(text, encoding="utf-8")
        call_command("import_prices", str(path), "--year", str(year), "--user", user)

    return take


def test_a_price_above_120_percent_is_a_signal_and_the_standard_stands_beside_the_line(load, client):
    load(LIST)
    ani, staff = build.user("ani"), build.Staff()
    case = build.send(build.draft(build.organisation(ani), ani), ani)  # 1,500,000 is 120%, 250,000 is 125%
    told = "Di atas 120% standar harga: Honor pelatih Rp250.000, standar Rp200.000."
    assert [(flag.severity, flag.sentence) for flag in case.flags.filter(rule="F11")] == [("YELLOW", told)]
    client.force_login(staff.office)
    build.walk(case, staff, State.EVALUASI)
    page = client.get(f"/meja/{case.number}/").content.decode()
    assert (page.count("Standar harga"), page.count("Di atas 120%<")) == (2, 1)
    assert "Rp1.250.000" in page


def test_the_list_of_the_year_or_the_newest_before_it(load):
    load(LIST, year=2025)
    load(LIST.replace("200000", "240000"), year=2026)
    load(LIST.replace("200000", "100"), year=2028)
    ani = build.user("ani")
    case = build.send(build.draft(build.organisation(ani), ani), ani)
    assert not case.flags.filter(rule="F11").exists()
    load(LIST, year=2026)
    assert list(StandardPrice.objects.filter(year=2026).values_list("name", "price").order_by("pk")) == [
        ("Sewa komputer", 1_250_000), ("Honor Pelatih", 200_000),
    ]  # fmt: skip
    assert AuditEntry.objects.filter(action="ganti_standar_harga").count() == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nama,harga\nKertas,100\n", "Kolom satuan tidak ada"),
        ("nama,satuan,harga\n", "Kolom nama tidak ada"),
        (LIST + "Kertas,rim,45.000\n", "Baris 4: harga bukan rupiah bulat"),
        (LIST + "sewa KOMPUTER.,Unit,1\n,rim,1\n", "Baris 4: sewa KOMPUTER. per Unit sudah ada di atas. Baris 5: nama"),
    ],
)
def test_a_file_with_a_fault_changes_nothing(load, text, told):
    load(LIST)
    with pytest.raises(CommandError, match=told):
        load(text)
    assert StandardPrice.objects.count() == 2


def test_only_the_region_s_admin_and_a_year_that_can_be(load):
    build.user("ani")
    with pytest.raises(CommandError, match="no active account with the role"):
        load(LIST, user="ani")
    with pytest.raises(CommandError, match="no budget year"):
        load(LIST, year=27)
    assert StandardPrice.objects.count() == 0
