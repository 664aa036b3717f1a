from django.urls import path

from portal.notices import mailing_views, views

app_name = "notices"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("mailings/", mailing_views.mailings, name="mailings"),
    path("mailings/<int:pk>/", mailing_views.mailing, name="mailing"),
    path("mailings/<slug:audience>/<str:target>/", mailing_views.write, name="write"),
    path("settings/", views.preferences, name="preferences"),
    path("<int:pk>/open/", views.open_message, name="open"),
]
