"""The list as the site has it, in the words of the sheet, and what an import may refer to."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Q
from wagtail.models import Locale, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from website.service_lists import forms_of_cells as forms
from website.service_lists.columns import CODE, PARENT, PLACE_COLUMNS, PLACE_KEYS, PLACES, SERVICE_COLUMNS, Column
from website.service_lists.entries import Place
from website.service_lists.enums import ChangeKind, RunState
from website.service_lists.models import ImportChange, ImportRun
from website.services.models import ServiceAudience, ServiceCategory, ServiceIndexPage, ServicePage, ServicePlace
from webui.providers import communities

_OF_OTHER_ROWS = frozenset({CODE, PARENT, "category", "audiences", "channels", "keeper"})
_PLAIN = [column for column in SERVICE_COLUMNS if column.key not in _OF_OTHER_ROWS]
PLAIN_KEYS = frozenset({CODE, *(column.key for column in _PLAIN)})
PLACE_HEADINGS = {column.key: column.heading for column in PLACE_COLUMNS}
# What a page is called in the list when nobody gave it a number.
_NUMBERLESS = "页面-"


@dataclass(slots=True)
class Listed:
    """One service of the site as the sheet would say it."""

    page: ServicePage
    code: str
    values: dict[str, str]
    places: list[Place]


@dataclass(slots=True)
class Known:
    """What a cell may refer to by name."""

    categories: dict[str, ServiceCategory] = field(default_factory=dict)
    audiences: dict[str, ServiceAudience] = field(default_factory=dict)
    communities: dict[str, str] = field(default_factory=dict)


def index_page() -> ServiceIndexPage | None:
    return ServiceIndexPage.objects.live().filter(locale=Locale.get_default()).order_by("path").first()


def may_import(user: Any) -> bool:
    """Tell whether ``user`` may add, edit and publish whatever stands in the list."""
    page = index_page()
    if page is None or not user.is_active:
        return False
    policy = PagePermissionPolicy()
    return all(policy.user_has_permission_for_instance(user, action, page) for action in ("add", "change", "publish"))


def site_list(*, index: ServiceIndexPage) -> dict[str, Listed]:
    """Return every service below ``index``, published or not, by its code; the queries do not grow with the list."""
    pages = ServicePage.objects.descendant_of(index).select_related("category", "keeper").order_by("path")
    by_path = {page.path: page for page in pages}
    audiences, places = _audiences(), _places({community.code: community.name for community in communities()})
    codes = _codes(list(by_path.values()))
    listed: dict[str, Listed] = {}
    for path, page in by_path.items():
        above = by_path.get(path[: -Page.steplen])
        values = {column.key: _formed(column, getattr(page, column.key)) for column in _PLAIN}
        values["status"] = forms.status(page.status)
        values["provider_kind"] = forms.provider_kind(page.provider_kind)
        values[PARENT] = codes[above.pk] if above else ""
        values["category"] = forms.text_line(page.category.name) if page.category else ""
        values["audiences"] = forms.names("\n".join(audiences[page.pk]))
        values["channels"] = forms.channels("\n".join(page.channels))
        values["keeper"] = forms.text_line(page.keeper.name) if page.keeper else ""
        listed[codes[page.pk]] = Listed(page, codes[page.pk], values, places[page.pk])
    return listed


def known() -> Known:
    locale = Locale.get_default()
    return Known(
        categories={forms.text_line(found.name): found for found in ServiceCategory.objects.filter(locale=locale)},
        audiences={forms.text_line(found.name): found for found in ServiceAudience.objects.filter(locale=locale)},
        communities={community.code: community.name for community in communities()},
    )


def keepers(name: str) -> list[Any]:
    """Return who of those with access to the desk is called ``name``."""
    desk = Q(is_superuser=True) | Q(groups__permissions__codename="access_admin")
    return list(get_user_model()._default_manager.filter(desk, is_active=True, name=name).distinct()[:2])


def runs() -> Any:
    return ImportRun.objects.exclude(state=RunState.PREVIEWED).select_related("started_by", "undone_by").defer("sheets")


def runs_for(user: Any) -> Any:
    """Return what ``user`` may open: what was done is everybody's, what waits is whose file it is."""
    return ImportRun.objects.filter(~Q(state=RunState.PREVIEWED) | Q(started_by=user))


def published(listed: dict[str, Listed]) -> dict[str, Listed]:
    return {code: service for code, service in listed.items() if service.page.live}


def value_of(listed: Listed, key: str) -> str:
    if key == PLACES:
        return places_in_words(listed.places)
    return listed.code if key == CODE else listed.values[key]


def places_in_words(places: list[Place]) -> str:
    return "\n".join(" ｜ ".join(part for part in place if part) for place in places)


def _codes(pages: list[ServicePage]) -> dict[int, str]:
    """Return the code of each page; of two with one code the published one keeps it."""
    codes: dict[int, str] = {}
    taken: set[str] = set()
    for page in sorted(pages, key=lambda page: (not page.live, page.path)):
        code = forms.code(page.code)
        codes[page.pk] = code if code and code not in taken else f"{_NUMBERLESS}{page.pk}"
        taken.add(codes[page.pk])
    return codes


def _audiences() -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for page, name in ServicePage.audiences.through.objects.values_list("servicepage_id", "serviceaudience__name"):
        names[page].append(name)
    return names


def _places(known: dict[str, str]) -> dict[int, list[Place]]:
    places: dict[int, list[Place]] = defaultdict(list)
    for place in ServicePlace.objects.order_by("sort_order", "pk"):
        code, name, *rest = (
            _formed(column, getattr(place, column.key)) for column in PLACE_COLUMNS if column.key in PLACE_KEYS
        )
        said = (code, name or known.get(code, ""), *rest)
        if any(said):
            places[place.page_id].append(said)
    return places


def _formed(column: Column, value: Any) -> str:
    text = "" if value is None else str(value)
    try:
        return column.form(text)
    except ValueError:
        return forms.text_line(text)  # what a sheet would refuse may still stand on a page


def left_by_undone_imports() -> frozenset[int]:
    """Return the pages that an undone import had made and nobody has touched since."""
    undone = ImportChange.objects.filter(is_undone=True, kind=ChangeKind.NEW, page__live=False)
    untouched = undone.filter(page__latest_revision=F("after"))
    return frozenset(untouched.values_list("page_id", flat=True))


def waiting_runs(user: Any) -> Any:
    """Return what ``user`` handed in and has not confirmed yet."""
    return ImportRun.objects.filter(state=RunState.PREVIEWED, started_by=user).defer("sheets")
