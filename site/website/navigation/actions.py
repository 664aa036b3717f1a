from django.conf import settings
from django.core.cache import cache

from website.navigation.queries import cache_key


def forget_frame() -> None:
    """Have the next reader read anew what stands around the pages."""
    cache.delete_many([cache_key(code) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES])
