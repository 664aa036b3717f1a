from django.urls import path

from website.service_lists import views

app_name = "service_lists"

urlpatterns = [
    path("", views.index, name="index"),
    path("export.<str:kind>", views.export, name="export"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/check/", views.check_again, name="check_again"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/errors.xlsx", views.errors, name="errors"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
