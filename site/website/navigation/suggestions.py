"""What an address that leads nowhere may have meant."""

import re
from difflib import SequenceMatcher

from django.db.models import Q
from wagtail.models import Page

from website.base.queries import unrestricted
from website.navigation.queries import Tree

MOST, LOOKED_AT, LONGEST_WORD, MOST_WORDS = 5, 200, 40, 6
_WORDS = re.compile(r"[^\W_]+")
_TOO_SHORT = re.compile(r"[\x00-\x7f]{1,2}|.")


def near(address: str, tree: Tree) -> list[Page]:
    """Return the public pages whose address or title shares a word with the last part of ``address``; one query."""
    wanted = address.rstrip("/").rpartition("/")[2].partition(".")[0].lower()
    words = [word for word in _WORDS.findall(wanted)[:MOST_WORDS] if not _TOO_SHORT.fullmatch(word)]
    if not words:
        return []
    said = Q()
    for word in words:
        said |= Q(slug__icontains=word[:LONGEST_WORD]) | Q(title__icontains=word[:LONGEST_WORD])
        said |= Q(slug__istartswith=word[:3])
    pages = Page.objects.live().filter(unrestricted(), said, path__startswith=tree.path).exclude(pk=tree.home_id)
    return sorted(pages[:LOOKED_AT], key=lambda page: _likeness(page, wanted), reverse=True)[:MOST]


def _likeness(page: Page, wanted: str) -> float:
    return max(SequenceMatcher(None, text.lower(), wanted).ratio() for text in (page.slug, page.title))
