from django.urls import URLPattern

app_name = "annual_reports"

urlpatterns: list[URLPattern] = []
