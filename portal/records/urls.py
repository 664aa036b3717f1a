from django.urls import path

from portal.records.views import confirming, corrections, hints, mine, objections, own_services

app_name = "records"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("print/", mine.mine_print, name="mine_print"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("own/new/", own_services.own_new, name="own_new"),
    path("own/for/<int:report_in_pk>/", own_services.own_for, name="own_for"),
    path("own/confirmed/", corrections.own_confirmed, name="own_confirmed"),
    path("own/<int:pk>/", own_services.own_edit, name="own_edit"),
    path("own/<int:pk>/withdraw/", own_services.own_withdraw, name="own_withdraw"),
    path("own/<int:pk>/ask-back/", own_services.own_ask_back, name="own_ask_back"),
    path("hints/", hints.hints, name="hints"),
    path("hints/<int:pk>/", hints.hint, name="hint"),
    path("announced/", objections.announced, name="announced"),
    path("<int:pk>/object/", objections.file_objection, name="object"),
    path("<int:pk>/correct/", corrections.correct, name="correct"),
    path("objections/", objections.objections_mine, name="objections_mine"),
    path("objections/<int:pk>/withdraw/", objections.objection_withdraw, name="objection_withdraw"),
    path("objections/<int:pk>/answer/", objections.objection_answer, name="objection_answer"),
    path("attendances/<int:attendance_pk>/reverse/", corrections.reverse, name="reverse"),
]
