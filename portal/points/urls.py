from django.urls import path

from portal.points import views

app_name = "points"

urlpatterns = [path("", views.mine, name="mine")]
