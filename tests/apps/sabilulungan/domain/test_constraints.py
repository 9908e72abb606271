"""The database refuses what no code should ever write."""

import pytest
import time_machine
from django.db import IntegrityError, transaction

import build
from sabilulungan.enums import State
from sabilulungan.models import Proposal

pytestmark = pytest.mark.django_db

SHEET = {"approval_number": "1", "approved_on": "2026-03-10", "amount_approved": 5}
AGREED = {"amount_approved": 5, "amount_budgeted": 5, "amount_decreed": 5, "amount_agreed": 5}


@pytest.fixture(scope="module")
def filed(rows_of_file):
    with time_machine.travel(build.OPEN_DAY, tick=False):
        ani = build.user("ani")
        return build.walk(build.send(build.draft(build.organisation(ani), ani), ani), build.Staff(), State.PERSETUJUAN)


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("sab_state", {"state": "TIDUR"}),
        ("sab_filed_is_complete", {"number": None}),
        ("sab_filed_is_complete", {"amount_asked": 0, "amount_opd": 0, "amount_tp": 0, "amount_tapd": 0}),
        ("sab_filed_is_complete", {"state": "DRAF"}),
        ("sab_repair_remembers", {"state": "PERBAIKAN"}),
        ("sab_repair_remembers", {"resume_state": "EVALUASI"}),
        ("sab_complete_is_registered", {"register_number": ""}),
        ("sab_evaluation_has_office", {"office": ""}),
        ("sab_evaluated_has_amount", {"amount_opd": None, "amount_tp": None, "amount_tapd": None}),
        ("sab_approved_has_sheet", {"state": "DISETUJUI"}),
        ("sab_money_opd", {"amount_opd": 20_000_001}),
        ("sab_money_tp", {"amount_tp": 12_000_001, "amount_tapd": None}),
        ("sab_money_tapd", {"amount_tapd": 12_000_001}),
        ("sab_money_tapd_asked", {"amount_tapd": -1}),
        ("sab_money_tapd_asked", {"amount_tapd": 20_000_001, "rise_tapd": "alasan"}),
        ("sab_money_approved", {"amount_approved": 12_000_001}),
        ("sab_money_decreed", {"amount_approved": 5, "amount_budgeted": 5, "amount_decreed": 6}),
        ("sab_money_budgeted", {"amount_approved": 5, "amount_budgeted": 6}),
        ("sab_money_agreed", {"amount_approved": 5, "amount_budgeted": 5, "amount_decreed": 5, "amount_agreed": 4}),
        ("sab_money_paid", {**AGREED, "amount_paid": 6}),
        ("sab_money_accounted", {**AGREED, "amount_paid": 5, "amount_accounted": 6}),
        ("sab_budgeted_has_amount", {"state": "DIANGGARKAN", **SHEET}),
        ("sab_decreed_has_amount", {"state": "DITETAPKAN", **SHEET, "amount_budgeted": 5}),
        ("sab_agreed_has_amount", {"state": "PERJANJIAN", **SHEET, "amount_budgeted": 5, "amount_decreed": 5}),
        ("sab_paid_has_amount", {"state": "PELAKSANAAN", **SHEET, **AGREED, "amount_paid": 0}),
        ("sab_done_is_settled", {"state": "SELESAI", **SHEET, **AGREED, "amount_paid": 5, "amount_accounted": 4}),
        ("sab_ended_is_unpaid", {"state": "DIBATALKAN", **SHEET, **AGREED, "amount_paid": 5}),
        ("sab_bansos_no_service", {"kind": "BANSOS", "form": "JASA"}),
        ("sab_purpose", {"purpose": "LAIN"}),
    ],
)
def test_the_database_refuses(filed, constraint, columns):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Proposal.objects.filter(pk=filed.pk).update(**columns)
    assert Proposal.objects.get(pk=filed.pk).state == State.PERSETUJUAN


def test_a_rise_with_a_reason_passes(filed):
    Proposal.objects.filter(pk=filed.pk).update(amount_tapd=13_000_000, rise_tapd="Harga naik.")
    assert Proposal.objects.get(pk=filed.pk).amount_tapd == 13_000_000
