from django.urls import path

from portal.annual_reports import views

app_name = "annual_reports"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("received/", views.received, name="received"),
    path("received/<int:pk>/", views.answer, name="answer"),
    path("<int:year>/", views.edit, name="edit"),
    path("<int:year>/redraft/", views.redraft, name="redraft"),
    path("<int:year>/preview/", views.preview, name="preview"),
    path("<int:year>/send/", views.send, name="send"),
    path("<int:year>/print/", views.print_report, name="print"),
]
