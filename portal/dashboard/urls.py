from django.urls import path

from portal.dashboard import views

app_name = "dashboard"

urlpatterns = [
    path("", views.home, name="home"),
    path("to-report-in/", views.to_report_in, name="to_report_in"),
]
