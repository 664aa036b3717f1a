"""What stands around the demo's pages: who runs the site, a banner, and what readers said."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from config.demo.city import City
from config.demo.content import read
from website.feedback.actions import settle
from website.feedback.models import Feedback
from website.navigation.models import Banner, SiteDetails


def frame(city: City) -> None:
    data = read("frame")
    SiteDetails.objects.update_or_create(site=Site.objects.get(is_default_site=True), defaults=data["details"])
    for row in data["banners"]:
        Banner.objects.create(
            **{name: row.get(name, "") for name in ("text", "level", "link", "link_text")},
            areas=[city.home.code] if row["is_local"] else [],
            starts_at=timezone.now() - timedelta(hours=1),
            ends_at=city.at(row["days"], 20),
            locale=Locale.get_default(),
        )
    for row in data["feedback"]:
        _feedback(city, row)


def _feedback(city: City, row: dict[str, Any]) -> None:
    page = Page.objects.filter(slug=row["page"], locale=Locale.get_default()).first()
    feedback = Feedback.objects.create(
        page=page, address=page.url if page else "", is_useful=row.get("is_useful"), text=row.get("text", "")
    )
    if row.get("answer"):
        settle(
            feedback=feedback,
            state="answered",
            question=row["question"],
            answer=row["answer"],
            by=city.roles["editor"],
        )
