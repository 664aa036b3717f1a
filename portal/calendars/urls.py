from django.urls import path

from portal.calendars.views import feeds, service_days

app_name = "calendars"

urlpatterns = [
    path("", feeds.own, name="own"),
    path("withdraw/", feeds.withdraw, name="withdraw"),
    # Never logged: config.logs and docs/nginx.conf know this address.
    path("feed/<str:secret>/mine.ics", feeds.own_feed, name="own_feed"),
    path("feed/<str:secret>/teams/<slug:code>.ics", feeds.team_feed, name="team_feed"),
    path("activities/<slug:code>.ics", feeds.activity_file, name="activity"),
    path("service-days/", service_days.day_list, name="service_days"),
    path("service-days/new/", service_days.call, name="call_day"),
    path("service-days/<int:pk>/", service_days.day, name="service_day"),
    path("service-days/<int:pk>/edit/", service_days.edit, name="edit_day"),
    path("service-days/<int:pk>/call-off/", service_days.call_off, name="call_off_day"),
    path("service-days/<int:pk>/add/", service_days.add, name="add_to_day"),
    path("service-days/<int:pk>/take-out/", service_days.take_out, name="take_out_of_day"),
]
