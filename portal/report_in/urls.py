from django.urls import URLPattern

app_name = "report_in"

urlpatterns: list[URLPattern] = []
