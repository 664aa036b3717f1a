from allauth.socialaccount.providers.oauth2.urls import default_urlpatterns

from portal.members.weixin.provider import PlainWeixinProvider

urlpatterns = default_urlpatterns(PlainWeixinProvider)
