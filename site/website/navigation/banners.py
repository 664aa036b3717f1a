"""Which banners run where: read once for all pages, chosen for each without a query."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from website.navigation.enums import BannerLevel
from website.navigation.forms import DISTRICT
from website.navigation.models import Banner
from webui.providers import Community, code_today, communities, merged_communities


@dataclass(frozen=True, slots=True)
class RunningBanner:
    """A banner as a page shows it. ``communities`` are codes; none means the whole city."""

    text: str
    level: BannerLevel
    link: str
    link_text: str
    language: str
    starts_at: datetime
    ends_at: datetime
    communities: frozenset[str]
    area_names: str


def banners_to_come(language: str) -> Iterator[RunningBanner]:
    """Return the banners not over yet, the most urgent first, each in ``language`` or else as it was written."""
    rows = Banner.objects.filter(ends_at__gt=timezone.now()).select_related("locale").order_by("starts_at", "pk")
    chosen: dict[object, Banner] = {}
    for row in rows:
        ranks = {language: 2, settings.LANGUAGE_CODE: 1}
        rank = ranks.get(row.locale.language_code, 0)
        before = chosen.get(row.translation_key)
        if before is None or rank > ranks.get(before.locale.language_code, 0):
            chosen[row.translation_key] = row
    is_local = any(row.areas for row in chosen.values())
    known, merged = (communities(), merged_communities()) if is_local else ([], {})
    for row in sorted(chosen.values(), key=lambda row: list(BannerLevel.values).index(row.level)):
        yield _running(row, known, merged)


def shown(
    banners: tuple[RunningBanner, ...], *, community: str, everywhere: bool, now: datetime
) -> list[RunningBanner]:
    """Return those that run now and concern this page: its community, or, on the home page, any."""
    return [
        banner
        for banner in banners
        if banner.starts_at <= now < banner.ends_at
        and (everywhere or not banner.area_names or community in banner.communities)
    ]


def _running(row: Banner, known: list[Community], merged: dict[str, Community]) -> RunningBanner:
    areas = [code_today(area, merged) for area in row.areas]
    concerned = [each for each in known if each.code in areas or f"{DISTRICT}{each.district}" in areas]
    districts = [area.removeprefix(DISTRICT) for area in areas if area.startswith(DISTRICT)]
    names = [*districts, *(each.name for each in concerned if each.code in areas)]
    return RunningBanner(
        text=row.text,
        level=BannerLevel(row.level),
        link=row.link,
        link_text=row.link_text or str(_("详细情况")),
        language=row.locale.language_code,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        communities=frozenset(each.code for each in concerned),
        # An area that is no more keeps the banner from becoming the whole city's.
        area_names=str(_("、")).join(names or row.areas),
    )
