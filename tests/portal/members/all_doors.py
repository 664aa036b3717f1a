"""The addresses of the site as they are where every provider is configured."""

from django.urls import include, path

from config.urls import urlpatterns as of_the_site
from portal.members.social_views import doors_of

APPS = (
    "portal.members.weixin",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.feishu",
    "portal.members.wecom",
)

urlpatterns = [*(path("account/social/", include(doors_of(app))) for app in APPS), *of_the_site]
