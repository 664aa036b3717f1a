from django.urls import path

from portal.dashboard import gap_views, views

app_name = "dashboard"

urlpatterns = [
    path("", views.home, name="home"),
    path("to-report-in/", gap_views.to_report_in, name="to_report_in"),
    path("to-report-in/remind/", gap_views.remind, name="remind"),
]
