"""The doors of the house, under the names django-allauth looks for. What is not listed here does not exist."""

from allauth.account import views
from django.urls import path

from portal.members import account_views

urlpatterns = [
    path("login/", account_views.log_in, name="account_login"),
    path("login/code/", account_views.request_code, name="account_request_login_code"),
    path("login/code/confirm/", account_views.confirm_code, name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", account_views.sign_up, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
]
