from django.urls import path

from portal.personal_data import views

app_name = "personal_data"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("export/", views.export, name="export"),
    path("consents/", views.consents, name="consents"),
    path("consents/<slug:purpose>/give/", views.give, name="give"),
    path("consents/<slug:purpose>/withdraw/", views.withdraw, name="withdraw"),
    path("close/", views.close, name="close"),
    path("close/asked/", views.asked, name="asked"),
]
