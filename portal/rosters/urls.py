from django.urls import path

from portal.rosters.views import entries, imports, rosters

app_name = "rosters"

urlpatterns = [
    path("", rosters.index, name="index"),
    path("entries/<int:pk>/", entries.correct, name="correct"),
    path("entries/<int:pk>/phone/", entries.show_phone, name="show_phone"),
    path("entries/<int:pk>/left/", entries.left, name="left"),
    path("entries/<int:pk>/exempt/", entries.exempt, name="exempt"),
    path("imports/<int:pk>/", imports.run, name="run"),
    path("imports/<int:pk>/progress/", imports.progress, name="progress"),
    path("imports/<int:pk>/columns/", imports.columns, name="columns"),
    path("imports/<int:pk>/confirm/", imports.confirm, name="confirm"),
    path("imports/<int:pk>/discard/", imports.discard, name="discard"),
    path("imports/<int:pk>/undo/", imports.undo, name="undo"),
    path("imports/<int:pk>/errors/", imports.errors, name="errors"),
    path("<str:code>/", rosters.roster, name="roster"),
    path("<str:code>/add/", entries.add, name="add"),
    path("<str:code>/import/", imports.upload, name="upload"),
]
