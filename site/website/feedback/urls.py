from django.urls import path

from website.feedback import views

app_name = "feedback"

urlpatterns = [
    path("", views.form, name="form"),
    path("vote/", views.vote, name="vote"),
    path("more/<str:ticket>/", views.more, name="more"),
    path("thanks/", views.thanks, name="thanks"),
    path("answers/", views.answers, name="answers"),
]
