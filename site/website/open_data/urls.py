from django.urls import path

from website.open_data import views

app_name = "open_data"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>.<str:kind>", views.dataset, name="dataset"),
]
