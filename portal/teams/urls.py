from django.urls import path

from portal.teams.views import managing, members, teams

app_name = "teams"

urlpatterns = [
    path("", teams.team_list, name="list"),
    path("manage/", managing.manage, name="manage"),
    path("new/", managing.create, name="create"),
    path("members/<int:pk>/", members.membership, name="membership"),
    path("requests/<int:pk>/answer/", members.answer, name="answer"),
    path("invitations/<int:pk>/decline/", members.decline, name="decline"),
    path("<slug:code>/", teams.team, name="team"),
    path("<slug:code>/join/", teams.join, name="join"),
    path("<slug:code>/leave/", teams.leave, name="leave"),
    path("<slug:code>/invite/", members.invite, name="invite"),
    path("<slug:code>/edit/", managing.edit, name="edit"),
    path("<slug:code>/end/", managing.end, name="end"),
]
