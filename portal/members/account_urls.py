"""The doors of the house, under the names django-allauth looks for. What is not listed here does not exist."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.decorators.http import require_http_methods
from django.views.generic import RedirectView

from portal.members import account_views, security_views, social_views
from portal.members.step_up import stepped_up

# allauth's forms take PUT for POST.
form_only = require_http_methods(["GET", "HEAD", "POST"])
to_security = RedirectView.as_view(pattern_name="account_security")

urlpatterns = [
    path("login/", account_views.log_in, name="account_login"),
    path("login/code/", account_views.request_code, name="account_request_login_code"),
    path("login/code/confirm/", account_views.confirm_code, name="account_confirm_login_code"),
    path("login/passkey/", account_views.log_in_by_passkey, name="mfa_login_webauthn"),
    path("login/second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("logout/", account_views.log_out, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", account_views.sign_up, name="account_signup"),
    path("reauthenticate/", form_only(views.reauthenticate), name="account_reauthenticate"),
    path(
        "reauthenticate/code/", form_only(security_views.reauthenticate_by_code), name="account_reauthenticate_by_code"
    ),
    path("reauthenticate/second-step/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("reauthenticate/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("security/", security_views.overview, name="account_security"),
    path("security/phone/", security_views.change_phone, name="account_change_own_phone"),
    path("security/email/", security_views.change_email, name="account_change_own_email"),
    path("password/change/", form_only(views.password_change), name="account_change_password"),
    path("password/set/", stepped_up(views.password_set), name="account_set_password"),
    path("sessions/", security_views.sessions, name="usersessions_list"),
    path("passkeys/add/", login_required(security_views.add_passkey), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", login_required(security_views.remove_passkey), name="mfa_remove_webauthn"),
    path("authenticator/add/", login_required(totp.activate_totp), name="mfa_activate_totp"),
    path("authenticator/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        login_required(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("recovery-codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("link/", social_views.link, name="account_link"),
    path("link/<int:pk>/remove/", social_views.unlink, name="account_unlink"),
    path("social/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("social/error/", social.login_error, name="socialaccount_login_error"),
    path("social/", include(social_views.doors_of("allauth.socialaccount.providers.openid_connect"))),
    *(path("social/", include(social_views.doors_of(app))) for app in settings.SOCIAL_PROVIDER_APPS),
    path("security/linked/", to_security, name="socialaccount_connections"),
    path("security/linked/new/", to_security, name="socialaccount_signup"),
    # Names allauth leads back to; all of it stands on one page here.
    path("security/second-steps/", to_security, name="mfa_index"),
    path("security/passkeys/", to_security, name="mfa_list_webauthn"),
]
