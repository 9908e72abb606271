"""Addresses every app has. An app's `config/urls.py` ends with

urlpatterns = [..., path("", include("core.web.urls"))]
from core.web.urls import handler400, handler403, handler404, handler500
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from core.web import account_pages, errors, files, health, people, views

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

_core = [
    path("healthz", health.healthz, name="health"),
    path("jejak-audit/", views.audit_head, name="audit"),
    path("privasi/", views.privacy, name="privacy"),
    path("bahasa/<str:code>/", views.language, name="language"),
    path("akun/", account_pages.account, name="account"),
    path("akun/data/", account_pages.own_data, name="own_data"),
    path("kotak-masuk/", views.inbox, name="inbox"),
    path("kotak-masuk/tandai/", views.mark_read, name="inbox_read"),
    path("kotak-masuk/<int:pk>/", views.open_message, name="inbox_open"),
    path("berkas/<slug:public_id>/", files.download, name="file"),
    path("petugas/", people.index, name="people"),
    path("petugas/baru/", people.invite, name="invite"),
    path("petugas/<int:pk>/", people.person, name="person"),
    path("petugas/<int:pk>/akun/", people.set_active, name="person_active"),
    path("petugas/<int:pk>/tautan/", people.link, name="person_link"),
    path("petugas/<int:pk>/dua-langkah/", people.forget_second_step, name="person_second_step"),
    path("petugas/peran/<int:pk>/akhiri/", people.end_role, name="end_role"),
    path("wilayah/pilihan/", views.place_options, name="places"),
]

# allauth's own names, at Indonesian addresses.
_accounts = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("daftar/", account.signup, name="account_signup"),
    path("akun/nonaktif/", account.account_inactive, name="account_inactive"),
    path("akun/konfirmasi-ulang/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/surel/", account.email, name="account_email"),
    path("akun/surel/terkirim/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^akun/surel/konfirmasi/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/sandi/buat/", account.password_set, name="account_set_password"),
    path("lupa-sandi/", account.password_reset, name="account_reset_password"),
    path("lupa-sandi/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path("lupa-sandi/selesai/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^lupa-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.PasswordResetFromKeyView.as_view(reset_url_key="buat-baru"),
        name="account_reset_password_from_key",
    ),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("akun/dua-langkah/", mfa.index, name="mfa_index"),
    path("akun/dua-langkah/konfirmasi/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("akun/dua-langkah/aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/dua-langkah/aplikasi/matikan/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/dua-langkah/kode/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/dua-langkah/kode/baru/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("akun/dua-langkah/kode/unduh/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

urlpatterns = [path("", include((_core, "core"))), *_accounts]
