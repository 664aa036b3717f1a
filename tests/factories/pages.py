"""What every public page's factory stands on. A page without a parent is put below home."""

import factory
import wagtail_factories
from wagtail.models import Locale, Page, Site

from website.base.models import SiteImage
from website.home.models import HomePage


def source_locale() -> Locale:
    return Locale.objects.get_or_create(language_code="zh-hans")[0]


def home_page() -> HomePage:
    """Return the home page, made anew where a test has emptied the database."""
    if home := HomePage.objects.first():
        return home
    locale = source_locale()
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    home = root.add_child(instance=HomePage(title="报到", slug="home", locale=locale))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = SiteImage

    title = factory.Sequence(lambda n: f"图片{n}")


class BasePageFactory(wagtail_factories.PageFactory):
    class Meta:
        abstract = True

    parent = factory.LazyFunction(home_page)
    slug = factory.Sequence(lambda n: f"page-{n}")
    summary = "一句话说清这一页。"
