from django.urls import path

from portal.organisations.views import areas, imports, mergers, posts, units

app_name = "organisations"

urlpatterns = [
    path("my-posts/", posts.my_posts, name="my_posts"),
    path("my-posts/<int:pk>/delegate/", posts.delegate, name="delegate"),
    path("my-posts/<int:pk>/revoke/", posts.revoke, name="revoke"),
    path("posts/<int:pk>/end/", posts.end_post, name="end_post"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<int:pk>/", areas.area, name="area"),
    path("areas/<int:pk>/signs/", areas.grid_signs, name="grid_signs"),
    path("areas/<int:pk>/open/", areas.open_area, name="open_area"),
    path("areas/<int:pk>/change/", areas.change_area, name="change_area"),
    path("areas/<int:pk>/end/", areas.end_area, name="end_area"),
    path("areas/<int:pk>/merge/", mergers.merge_area, name="merge_area"),
    path("areas/<int:pk>/split/", mergers.split_area, name="split_area"),
    path("areas/<int:pk>/appoint/", posts.appoint_at_area, name="appoint_at_area"),
    path("units/", units.units, name="units"),
    path("units/open/", units.open_unit, name="open_unit"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/open/", units.open_branch, name="open_branch"),
    path("units/<int:pk>/change/", units.change_unit, name="change_unit"),
    path("units/<int:pk>/end/", units.end_unit, name="end_unit"),
    path("units/<int:pk>/appoint/", posts.appoint_at_unit, name="appoint_at_unit"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/", imports.show_import, name="import"),
    path("imports/<int:pk>/confirm/", imports.confirm_import, name="confirm_import"),
    path("imports/<int:pk>/drop/", imports.drop_import, name="drop_import"),
    path("imports/empty/<slug:kind>.csv", imports.empty_table, name="empty_table"),
]
