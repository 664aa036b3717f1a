from django.urls import path

from portal.calendars import views

app_name = "calendars"

urlpatterns = [
    path("", views.own, name="own"),
    path("withdraw/", views.withdraw, name="withdraw"),
    # Never logged: config.logs and docs/nginx.conf know this address.
    path("feed/<str:secret>/mine.ics", views.own_feed, name="own_feed"),
    path("feed/<str:secret>/teams/<slug:code>.ics", views.team_feed, name="team_feed"),
    path("activities/<slug:code>.ics", views.activity_file, name="activity"),
]
