from django.urls import path

from portal.report_in import views

app_name = "report_in"

urlpatterns = [
    path("", views.start, name="start"),
    path("to/<slug:code>/", views.send, name="send"),
    path("again/", views.send_again, name="send_again"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("receipt/<slug:number>/", views.receipt, name="receipt"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/", views.review, name="review"),
    path("inbox/<int:pk>/accept/", views.accept, name="accept"),
    path("inbox/<int:pk>/ask-back/", views.ask_back, name="ask_back"),
    path("inbox/<int:pk>/phone/", views.show_phone, name="show_phone"),
]
