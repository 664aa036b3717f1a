from django.conf import settings
from django.core.cache import cache

from website.navigation.queries import cache_key


def forget_tree() -> None:
    """Have the next reader read the page tree anew."""
    cache.delete_many([cache_key(code) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES])
