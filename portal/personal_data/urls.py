from django.urls import path

from portal.personal_data import views

app_name = "personal_data"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("export/", views.export, name="export"),
    path("close/", views.close, name="close"),
    path("close/asked/", views.asked, name="asked"),
]
