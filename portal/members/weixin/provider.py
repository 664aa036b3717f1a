"""What django-allauth has to know of WeChat."""

from allauth.socialaccount.providers.weixin.provider import WeixinProvider

from portal.members.weixin.views import PlainWeixinAdapter


class PlainWeixinProvider(WeixinProvider):
    """WeChat's, without the nickname."""

    package = "portal.members.weixin"
    oauth2_adapter_class = PlainWeixinAdapter


provider_classes = [PlainWeixinProvider]
