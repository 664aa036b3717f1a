from django.urls import include, path

urlpatterns = [
    path("", include("portal.dashboard.urls")),
    path("", include("portal.members.urls")),
    path("organisations/", include("portal.organisations.urls")),
    path("rosters/", include("portal.rosters.urls")),
    path("my-data/", include("portal.personal_data.urls")),
    path("for-others/", include("portal.proxies.urls")),
    path("inbox/", include("portal.notices.urls")),
    path("report-in/", include("portal.report_in.urls")),
    path("teams/", include("portal.teams.urls")),
    path("calendars/", include("portal.calendars.urls")),
    path("activity-reports/", include("portal.activity_reports.urls")),
    path("activities/", include("portal.activities.urls")),
    path("check-in/", include("portal.check_in.urls")),
    path("records/", include("portal.records.urls")),
    path("points/", include("portal.points.urls")),
    path("reports/", include("portal.annual_reports.urls")),
]
