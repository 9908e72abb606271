"""Addresses of E-RK: Indonesian, stable."""

from django.urls import path

from erk.api.public import api
from erk.web import activity, approval, audits, log, public, recap, slip, team, today, workload

app_name = "erk"

urlpatterns = [
    path("", public.home, name="home"),
    path("gambaran-umum/", public.public, name="public"),
    path("hari-ini/", today.today, name="today"),
    path("hari-ini/salin/", today.copy, name="copy"),
    path("hari-ini/ajukan/", today.submit_day, name="submit_day"),
    path("aktivitas/", log.log, name="log"),
    path("aktivitas/baru/", activity.new, name="new"),
    path("aktivitas/<slug:kode>/", activity.detail, name="activity"),
    path("aktivitas/<slug:kode>/ubah/", activity.edit, name="edit"),
    path("aktivitas/<slug:kode>/hapus/", activity.discard, name="discard"),
    path("aktivitas/<slug:kode>/bukti/", activity.proof, name="proof"),
    path("aktivitas/<slug:kode>/<slug:aksi>/", activity.act, name="act"),
    path("tunjangan/", slip.slip, name="slip"),
    path("tunjangan/<slug:kode>/<str:bulan>/", slip.of_employee, name="slip_of"),
    path("persetujuan/", approval.inbox, name="inbox"),
    path("persetujuan/setujui/", approval.batch, name="batch"),
    path("tim/", team.team, name="team"),
    path("tim/plh/", team.acting, name="acting"),
    path("tim/<slug:kode>/", team.member, name="member"),
    path("rekap/", recap.recap, name="recap"),
    path("rekap/hitung/", recap.compute, name="compute"),
    path("beban-kerja/", workload.offices, name="workload"),
    path("beban-kerja/<slug:kode>/", workload.office, name="workload_office"),
    path("pemeriksaan/", audits.audit_list, name="audit_list"),
    path("api/", api.urls),
]
