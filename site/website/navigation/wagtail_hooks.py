from wagtail.snippets.models import register_snippet

from website.navigation.viewsets import BannerViewSet

register_snippet(BannerViewSet)
