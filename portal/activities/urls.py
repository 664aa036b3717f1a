from django.urls import path

from portal.activities.views import activities, attendance, changes, copying, organising, series, shifts, sign_ups

app_name = "activities"

urlpatterns = [
    path("", activities.activity_list, name="list"),
    path("mine/", sign_ups.mine, name="mine"),
    path("manage/", organising.manage, name="manage"),
    path("new/", organising.create, name="create"),
    path("templates/", copying.templates, name="templates"),
    path("templates/<int:pk>/use/", copying.use_template, name="use_template"),
    path("templates/<int:pk>/end/", copying.end_template, name="end_template"),
    path("series/<int:pk>/", series.series, name="series"),
    path("series/<int:pk>/publish/", series.publish_series, name="publish_series"),
    path("changes/<int:pk>/", changes.change, name="change"),
    path("shifts/<int:pk>/sign-up/", sign_ups.sign_up, name="sign_up"),
    path("shifts/<int:pk>/edit/", shifts.edit_shift, name="edit_shift"),
    path("shifts/<int:pk>/remove/", shifts.remove_shift, name="remove_shift"),
    path("shifts/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("sign-ups/<int:pk>/withdraw/", sign_ups.withdraw, name="withdraw"),
    path("sign-ups/<int:pk>/accept/", sign_ups.accept_offer, name="accept_offer"),
    path("sign-ups/<int:pk>/decline/", sign_ups.decline_offer, name="decline_offer"),
    path("sign-ups/<int:pk>/reconfirm/", changes.reconfirm, name="reconfirm"),
    path("sign-ups/<int:pk>/decline-change/", changes.decline_change, name="decline_change"),
    path("<slug:code>/", activities.detail, name="detail"),
    path("<slug:code>/manage/", organising.overview, name="overview"),
    path("<slug:code>/edit/", organising.edit, name="edit"),
    path("<slug:code>/copy/", copying.copy, name="copy"),
    path("<slug:code>/review/", copying.review, name="review"),
    path("<slug:code>/template/", copying.save_template, name="save_template"),
    path("<slug:code>/repeat/", series.repeat, name="repeat"),
    path("<slug:code>/shifts/", shifts.add_shift, name="add_shift"),
    path("<slug:code>/publish/", organising.publish, name="publish"),
    path("<slug:code>/cancel/", organising.cancel, name="cancel"),
]
