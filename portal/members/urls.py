from django.urls import path

from portal.members import move_views, profile_views, views

app_name = "members"

urlpatterns = [
    path("unit/", views.choose_unit, name="choose_unit"),
    path("profile/", profile_views.profile, name="profile"),
    path("units/", move_views.units, name="units"),
    path("units/moves/<int:pk>/confirm/", move_views.confirm_move, name="confirm_move"),
    path("units/moves/<int:pk>/decline/", move_views.decline_move, name="decline_move"),
    path("units/moves/<int:pk>/take-back/", move_views.take_back_move, name="take_back_move"),
    path("units/memberships/<int:pk>/end/", move_views.end_membership, name="end_membership"),
    path("reads-of-me/", views.reads_of_me, name="reads_of_me"),
]
