from django.urls import path

from portal.records import views

app_name = "records"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("confirm/", views.confirm, name="confirm"),
    path("attendances/<int:attendance_pk>/reverse/", views.reverse, name="reverse"),
]
