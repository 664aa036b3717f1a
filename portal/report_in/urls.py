from django.urls import path

from portal.report_in import unit_urls
from portal.report_in.views import bulk, choosing, community, desk, door_signs, members, receipts, stations

app_name = "report_in"

urlpatterns = [
    *unit_urls.urlpatterns,
    path("", members.start, name="start"),
    path("to/<slug:code>/", choosing.send, name="send"),
    path("choose/", choosing.choose, name="choose_send"),
    path("move/", choosing.choose, {"way": choosing.MOVE}, name="choose_move"),
    path("move/to/<slug:code>/", choosing.send, {"way": choosing.MOVE}, name="move"),
    path("stay/", choosing.choose, {"way": choosing.STAY}, name="choose_stay"),
    path("stay/in/<slug:code>/", choosing.send, {"way": choosing.STAY}, name="stay"),
    path("own/<int:pk>/again/", members.send_again, name="send_again"),
    path("own/<int:pk>/withdraw/", members.withdraw, name="withdraw"),
    path("own/<int:pk>/end/", members.end, name="end"),
    path("own/<int:pk>/longer/", members.longer, name="longer"),
    path("own/<int:pk>/grid/", members.grid, name="grid"),
    path("history/", receipts.history, name="history"),
    path("receipt/<slug:number>/", receipts.receipt, name="receipt"),
    path("door-sign/", door_signs.door_sign, name="door_sign"),
    path("verify/", receipts.check, name="check"),
    path("verify/<slug:number>/<slug:code>/", receipts.verify, name="verify"),
    path("inbox/", desk.inbox, name="inbox"),
    path("inbox/accept/", bulk.accept_many, name="accept_many"),
    path("inbox/accepting/<int:pk>/", bulk.bulk_answer, name="bulk_answer"),
    path("inbox/accepting/<int:pk>/progress/", bulk.bulk_answer_progress, name="bulk_answer_progress"),
    path("inbox/accepting/<int:pk>/again/", bulk.bulk_answer_again, name="bulk_answer_again"),
    path("inbox/<int:pk>/", desk.review, name="review"),
    path("inbox/<int:pk>/accept/", desk.accept, name="accept"),
    path("inbox/<int:pk>/ask-back/", desk.ask_back, name="ask_back"),
    path("inbox/<int:pk>/end/", desk.end, name="end_for_community"),
    path("inbox/<int:pk>/longer/", desk.answer_longer, name="answer_longer"),
    path("inbox/<int:pk>/phone/", desk.show_phone, name="show_phone"),
    path("inbox/<int:pk>/grid/", desk.grid, name="grid_for_community"),
    path("members/", community.members, name="members"),
    path("members/<slug:code>/", community.members, name="members_of"),
    path("poster/<slug:code>/", community.poster, name="poster"),
    path("address-names/<slug:code>/", community.address_names, name="address_names"),
    path("stations/<slug:code>/", stations.stations, name="stations"),
    path("stations/<slug:code>/<int:pk>/end/", stations.end_station, name="end_station"),
]
