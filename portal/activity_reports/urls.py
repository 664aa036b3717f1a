from django.urls import path

from portal.activity_reports import views

app_name = "activity_reports"

urlpatterns = [
    path("<slug:code>/", views.report, name="report"),
    path("<slug:code>/submit/", views.submit, name="submit"),
    path("<slug:code>/story/", views.story, name="story"),
]
