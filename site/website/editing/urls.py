"""Below the editors' desk; who may come in is Wagtail's to ask."""

from django.urls import path

from website.editing import views

app_name = "editing"

urlpatterns = [
    path("waiting/<slug:key>/", views.PileView.as_view(), name="pile"),
    path("help/", views.HelpView.as_view(), name="help"),
    path("help/<slug:slug>/", views.HowToView.as_view(), name="how_to"),
]
