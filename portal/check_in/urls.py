from django.urls import path

from portal.check_in.views import codes, conflicts, day, desk, offline, people, sheets, tablets

app_name = "check_in"

urlpatterns = [
    path("", people.home, name="home"),
    path("code/", people.by_code, name="by_code"),
    path("q/<str:token>/", people.scan, name="scan"),
    path("p/<str:token>/", people.scan_printed, name="scan_printed"),
    path("here/", people.here, name="here"),
    path("sign-ups/<int:pk>/leave/", people.leave, name="leave"),
    path("missed/", people.missed, name="missed"),
    path("missed/<int:pk>/", people.reply, name="reply"),
    path("shifts/<int:pk>/", desk.desk, name="desk"),
    path("shifts/<int:pk>/everybody/", desk.everybody, name="everybody"),
    path("shifts/<int:pk>/walk-in/", desk.walk_in, name="walk_in"),
    path("shifts/<int:pk>/code/", codes.codes, name="codes"),
    path("shifts/<int:pk>/poster/", codes.poster, name="poster"),
    path("shifts/<int:pk>/tablet/", tablets.open_here, name="open_tablet"),
    path("shifts/<int:pk>/tablet/close/", tablets.close, name="close_tablets"),
    path("shifts/<int:pk>/sheet/", sheets.make, name="make_sheet"),
    path("tablet/", tablets.tablet, name="tablet"),
    path("tablet/end/", tablets.end, name="end_tablet"),
    path("sheets/", sheets.find, name="sheets"),
    path("sheets/<str:code>/", sheets.enter, name="sheet"),
    path("sheets/<str:code>/print/", sheets.print_sheet, name="print_sheet"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/<uuid:pk>/", conflicts.resolve, name="resolve"),
    path("day/", day.day, name="day"),
    path("day/data/", day.data, name="day_data"),
    path("day/sync/", day.sync, name="day_sync"),
    path("offline/", offline.shell, name="shell"),
    path("worker.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
]
