from django.urls import path

from portal.members import views

app_name = "members"

urlpatterns = [
    path("unit/", views.choose_unit, name="choose_unit"),
    path("reads-of-me/", views.reads_of_me, name="reads_of_me"),
]
