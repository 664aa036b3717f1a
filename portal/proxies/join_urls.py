"""The way in for whoever was invited, or followed a poster: ``/join/``."""

from django.urls import path

from portal.proxies.views import joining

app_name = "join"

urlpatterns = [
    path("", joining.start, name="start"),
    path("who/", joining.who, name="who"),
    path("confirm/", joining.confirm, name="confirm"),
    path("community/<slug:code>/", joining.community, name="community"),
]
