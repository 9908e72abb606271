"""Addresses of the app. They are printed on boards and in letters: stable, lower case, Indonesian."""

from django.urls import path

from sabilulungan.api.app import api
from sabilulungan.web import admin, desk, drafts, own, public, registration

urlpatterns = [
    path("", public.home, name="home"),
    path("mulai/", public.start, name="start"),
    path("usulan/", public.listing, name="list"),
    path("usulan/unduh.<slug:fmt>", public.download, name="download"),
    path("usulan/<slug:number>/", public.detail, name="detail"),
    path("penerima/<slug:public_id>/", public.recipient, name="recipient"),
    path("statistik/", public.statistics, name="statistics"),
    path("tentang/", public.about, name="about"),
    path("daftar-penerima/", registration.choose, name="register"),
    path("daftar-penerima/organisasi/", registration.organisation, name="register_organisation"),
    path("daftar-penerima/perorangan/", registration.person, name="register_person"),
    path("usulan-saya/", own.listing, name="own"),
    path("usulan-saya/baru/", drafts.new, name="draft_new"),
    path("usulan-saya/<slug:key>/", own.detail, name="own_detail"),
    path("usulan-saya/<slug:key>/kegiatan/", drafts.activity, name="draft_activity"),
    path("usulan-saya/<slug:key>/rincian/", drafts.lines, name="draft_lines"),
    path("usulan-saya/<slug:key>/berkas/", drafts.documents, name="draft_documents"),
    path("usulan-saya/<slug:key>/kirim/", drafts.send, name="draft_send"),
    path("usulan-saya/<slug:key>/tarik/", own.withdraw, name="own_withdraw"),
    path("usulan-saya/<slug:key>/hapus/", own.discard, name="own_discard"),
    path("meja/", desk.queue, name="desk"),
    path("meja/jendela/", admin.windows, name="windows"),
    path("meja/pengecualian/", admin.exceptions, name="exceptions"),
    path("meja/<slug:number>/", desk.case, name="desk_case"),
    path("meja/<slug:number>/tindakan/<slug:action>/", desk.act, name="desk_act"),
    path("meja/<slug:number>/data-terlindungi/", desk.unmask, name="desk_unmask"),
    path("meja/<slug:number>/kepentingan/", desk.interest, name="desk_interest"),
    path("meja/<slug:number>/tanda/<int:pk>/", desk.close_flag, name="desk_flag"),
    path("api/v1/", api.urls),
]
