"""What stands around the demo's pages is there to be seen."""

from config.demo.content import read
from website.feedback.masking import masked
from website.navigation.enums import BannerLevel
from website.navigation.models import SiteDetails


def test_the_demo_fills_in_who_runs_the_site():
    names = {field.name for field in SiteDetails.shown_fields()}

    assert set(read("frame")["details"]) == names


def test_banners_and_feedback_of_the_demo_are_whole():
    data = read("frame")
    slugs = {page["slug"] for page in read("pages")["pages"]}

    assert {banner["level"] for banner in data["banners"]} <= set(BannerLevel.values)
    assert {feedback["page"] for feedback in data["feedback"]} <= slugs
    assert all(masked(feedback["text"]) == feedback["text"] for feedback in data["feedback"])
