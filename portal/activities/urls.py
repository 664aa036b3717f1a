from django.urls import path

from portal.activities.views import activities, attendance, organising, shifts, sign_ups

app_name = "activities"

urlpatterns = [
    path("", activities.activity_list, name="list"),
    path("mine/", sign_ups.mine, name="mine"),
    path("manage/", organising.manage, name="manage"),
    path("new/", organising.create, name="create"),
    path("shifts/<int:pk>/sign-up/", sign_ups.sign_up, name="sign_up"),
    path("shifts/<int:pk>/edit/", shifts.edit_shift, name="edit_shift"),
    path("shifts/<int:pk>/remove/", shifts.remove_shift, name="remove_shift"),
    path("shifts/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("sign-ups/<int:pk>/withdraw/", sign_ups.withdraw, name="withdraw"),
    path("sign-ups/<int:pk>/accept/", sign_ups.accept_offer, name="accept_offer"),
    path("sign-ups/<int:pk>/decline/", sign_ups.decline_offer, name="decline_offer"),
    path("<slug:code>/", activities.detail, name="detail"),
    path("<slug:code>/manage/", organising.overview, name="overview"),
    path("<slug:code>/edit/", organising.edit, name="edit"),
    path("<slug:code>/shifts/", shifts.add_shift, name="add_shift"),
    path("<slug:code>/publish/", organising.publish, name="publish"),
    path("<slug:code>/cancel/", organising.cancel, name="cancel"),
]
