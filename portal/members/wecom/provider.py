"""What django-allauth has to know of WeCom."""

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider

from portal.members.wecom.views import WeComAdapter


class WeComProvider(OAuth2Provider):
    """Identities of one company. A member's and a visitor's numbers are kept apart, since a company chooses its own."""

    id = "wecom"
    name = "企业微信"
    account_class = ProviderAccount
    oauth2_adapter_class = WeComAdapter

    def extract_uid(self, data: dict[str, str]) -> str:
        return f"userid:{data['userid']}" if "userid" in data else f"openid:{data['openid']}"


provider_classes = [WeComProvider]
