from django.urls import path

from config.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.roles, name="roles"),
    path("mailbox/", views.mailbox, name="mailbox"),
]
