"""The addresses of units that report in, and of leaves."""

from django.urls import path

from portal.report_in.views import leaves, unit_desk, units

urlpatterns = [
    path("units/", units.mine, name="unit_list"),
    path("units/choose/", units.choose, name="unit_choose"),
    path("units/send/", units.send, name="unit_send"),
    path("units/<int:pk>/", units.one, name="unit_one"),
    path("units/<int:pk>/again/", units.send_again, name="unit_send_again"),
    path("units/<int:pk>/withdraw/", units.withdraw, name="unit_withdraw"),
    path("units/<int:pk>/end/", units.end, name="unit_end"),
    path("units/receipt/<slug:number>/", units.receipt, name="unit_receipt"),
    path("units/inbox/", unit_desk.inbox, name="unit_inbox"),
    path("units/inbox/<int:pk>/", unit_desk.review, name="unit_review"),
    path("units/inbox/<int:pk>/accept/", unit_desk.accept, name="unit_accept"),
    path("units/inbox/<int:pk>/ask-back/", unit_desk.ask_back, name="unit_ask_back"),
    path("units/inbox/<int:pk>/end/", unit_desk.end, name="unit_end_for_community"),
    path("leave/", leaves.mine, name="leaves"),
    path("leave/<int:pk>/end/", leaves.end, name="leave_end"),
    path("leave/inbox/", leaves.inbox, name="leave_inbox"),
    path("leave/inbox/<int:pk>/", leaves.review, name="leave_review"),
    path("leave/inbox/<int:pk>/answer/", leaves.answer, name="leave_answer"),
]
