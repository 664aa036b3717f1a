from django.urls import URLPattern

app_name = "personal_data"

urlpatterns: list[URLPattern] = []
