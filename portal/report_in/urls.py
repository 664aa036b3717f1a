from django.urls import path

from portal.report_in.views import desk, members, receipts

app_name = "report_in"

urlpatterns = [
    path("", members.start, name="start"),
    path("to/<slug:code>/", members.send, name="send"),
    path("again/", members.send_again, name="send_again"),
    path("withdraw/", members.withdraw, name="withdraw"),
    path("history/", receipts.history, name="history"),
    path("receipt/<slug:number>/", receipts.receipt, name="receipt"),
    path("inbox/", desk.inbox, name="inbox"),
    path("inbox/<int:pk>/", desk.review, name="review"),
    path("inbox/<int:pk>/accept/", desk.accept, name="accept"),
    path("inbox/<int:pk>/ask-back/", desk.ask_back, name="ask_back"),
    path("inbox/<int:pk>/phone/", desk.show_phone, name="show_phone"),
]
