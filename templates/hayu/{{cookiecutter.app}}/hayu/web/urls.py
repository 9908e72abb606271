"""Addresses of Hayu; once public they stay."""

from django.urls import path

from hayu.web import check, desk, drafts, files, home, receipt, register, reports, wizard

app_name = "hayu"
urlpatterns = [
    path("", home.home, name="home"),
    path("cari/", home.wishes, name="wishes"),
    path("mulai/", wizard.wizard, name="wizard"),
    path("izin/", home.catalogue, name="catalogue"),
    path("izin/<slug:code>/", home.permit, name="permit"),
    path("daftar-usaha/", register.register_list, name="register"),
    path("angka/", register.statistics, name="statistics"),
    path("cek/", check.check, name="check"),
    path("cek/<str:code>/", check.check_code, name="check_code"),
    path("cek/<str:code>/berkas/", check.compare, name="compare"),
    path("saya/", reports.mine, name="mine"),
    path("lapor/", drafts.begin, name="begin"),
    path("lapor/<str:public_id>/", reports.report, name="report"),
    path("lapor/<str:public_id>/usaha/", drafts.business, name="draft_business"),
    path("lapor/<str:public_id>/pemilik/", drafts.owner, name="draft_owner"),
    path("lapor/<str:public_id>/kirim/", drafts.send, name="draft_send"),
    path("lapor/<str:public_id>/buang/", drafts.discard, name="draft_discard"),
    path("lapor/<str:public_id>/tindakan/<slug:action>/", reports.act, name="act"),
    path("tanda-lapor/<str:public_id>/", receipt.page, name="receipt"),
    path("tanda-lapor/<str:public_id>/pdf/", receipt.pdf, name="receipt_pdf"),
    path("tugas/", desk.work, name="work"),
    path("loket/", desk.desk, name="desk"),
    path("berkas-laporan/", files.file_list, name="files"),
    path("aturan/", desk.settings, name="settings"),
]
