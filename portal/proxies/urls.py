from django.urls import URLPattern

app_name = "proxies"

urlpatterns: list[URLPattern] = []
