from django.urls import path

from portal.organisations.views import posts

app_name = "organisations"

urlpatterns = [
    path("my-posts/", posts.my_posts, name="my_posts"),
    path("my-posts/<int:pk>/delegate/", posts.delegate, name="delegate"),
    path("my-posts/<int:pk>/revoke/", posts.revoke, name="revoke"),
]
