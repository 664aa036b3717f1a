"""Every address of the project. Public pages may be cached by anyone, the others never are."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from config.health import healthz, readyz
from website.base.views import AccountView, cms_login, picture, robots, script_catalogue
from website.calendar.views import page_file, service_day
from website.home.feeds import NewsFeed
from website.navigation.sitemaps import sitemap
from website.navigation.views import public_page, site_map, standing_page
from webui.display import display_settings

private: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("display/", display_settings, name="display_settings"),
    path("account/", include("portal.members.account_urls")),
    path("portal/", include("portal.urls")),
    path("join/", include("portal.proxies.join_urls")),
    # One door: the editors' desk sends people to the same log-in as everybody else.
    path("cms/login/", cms_login, name="cms_login"),
    # With our catalogues: Wagtail and wagtail-localize would hand their scripts their own alone.
    path("cms/jsi18n/", script_catalogue),
    path("cms/localize/jsi18n/", script_catalogue),
    path("cms/account/", require_admin_access(AccountView.as_view())),
    path("cms/", include(wagtailadmin_urls)),
]

if settings.DEMO:
    private += [path("demo/", include("config.demo.urls"))]

public: list[URLPattern | URLResolver] = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("documents/", include(wagtaildocs_urls)),
    # Pictures alone: a document is served by its view, which asks who may read it. No further slash, so that no ".."
    # leads to another folder: a proxy hands on the path as it was asked for.
    re_path(r"^media/(?P<path>(?:images|original_images)/[^/]+)$", picture, name="picture"),
]

urlpatterns = [
    *private,
    *public,
    *i18n_patterns(
        path("search/", include("search.urls")),
        path("feedback/", include("website.feedback.urls")),
        re_path(r"^(privacy|accessibility)/$", standing_page, name="standing_page"),
        path("service-day/", service_day, name="next_service_day"),
        path("service-day/<int:key>/", service_day, name="service_day"),
        path("site-map/", site_map, name="site_map"),
        path("feed/", NewsFeed(), name="news_feed"),
        path("open-data/", include("website.open_data.urls")),
        # Wagtail's address for a page's password comes before ours, which would take it for a page. Its own log-in,
        # among the rest below, is known by name and never reached: there is one door.
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            wagtail_views.authenticate_with_password,
            name="wagtailcore_authenticate_with_password",
        ),
        re_path(wagtail_urls.serve_pattern, public_page, name="wagtail_serve"),
        re_path(r"^(?P<folder>(?:[\w\-]+/)*)(?P<name>feed\.(?:ics|rss))$", page_file, name="page_file"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

handler404 = "website.navigation.views.not_found"
