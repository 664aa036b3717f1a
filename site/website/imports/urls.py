from django.urls import path

from website.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("<uuid:pk>/", views.report, name="report"),
]
