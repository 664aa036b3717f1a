"""The library: published cases, what they can be narrowed by, and which ones are alike."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from website.base.queries import listed, open_to_all, with_pictures
from website.case_studies.enums import Level
from website.case_studies.models import CaseStudyPage
from website.case_studies.queries.facets import Label, Question, Row, Selection
from website.methods.models import MethodPage, MethodPart
from webui.pagination import page_of

QUESTIONS = (
    Question("city", _("城市"), _("全部城市")),
    Question("district", _("区县"), _("全部区县")),
    Question("year", _("年份"), _("全部年份")),
    Question("part", _("工作法"), _("全部工作法")),
    Question("topic", _("主题"), _("全部主题")),
    Question("level", _("示范层级"), _("全部层级")),
)
SIMILAR = 3
LEVELS = tuple(Level.values)

Labels = dict[str, dict[str, Label]]


def case_studies(*, locale_id: int) -> "PageQuerySet[CaseStudyPage]":
    """Return the published case studies, newest first."""
    return with_pictures(listed(CaseStudyPage, locale_id=locale_id)).order_by(
        F("year").desc(nulls_last=True), "-first_published_at", "-pk"
    )


def library(request: HttpRequest, *, locale_id: int) -> dict[str, Any]:
    """Return the cases that answer what ``request`` asks, a page of them, with the facets to ask more."""
    rows, labels = rows_and_labels(locale_id=locale_id)
    selection = Selection.asked(request, rows, labels, QUESTIONS)
    page = page_of(request, selection.things())
    cases = with_pictures(listed(CaseStudyPage, locale_id=locale_id)).defer("body").in_bulk(list(page.object_list))
    return {
        "cases": page,
        "shown": [cases[pk] for pk in page.object_list if pk in cases],
        "facets": selection.facets(),
        "chips": selection.chips(request),
        "is_filtered": bool(selection.chosen),
    }


def rows_and_labels(*, locale_id: int) -> tuple[list[Row[int]], Labels]:
    """Return every published case as a small row for its facets, newest first, and how each value is called."""
    labels: Labels = defaultdict(dict)
    topics, parts = _topics(labels, locale_id=locale_id), _parts(labels, locale_id=locale_id)
    cases = case_studies(locale_id=locale_id).values_list("pk", "city", "district", "year", "level")
    rows = []
    for pk, city, district, year, level in cases.prefetch_related(None):
        values = {"topic": tuple(topics[pk]), "part": tuple(parts[pk])}
        values |= _place(labels, city, district) | _year_and_level(labels, year, level)
        rows.append(Row(pk, values))
    return rows, labels


def similar(case: CaseStudyPage) -> "PageQuerySet[CaseStudyPage]":
    """Return a few published cases that share parts of a method or topics with ``case``, the closest first."""
    shares = Q(parts__in=case.parts.all()) | Q(topics__in=case.topics.all())
    closeness = Count("parts", filter=Q(parts__in=case.parts.all()), distinct=True) * 2 + Count(
        "topics", filter=Q(topics__in=case.topics.all()), distinct=True
    )
    others = listed(CaseStudyPage, locale_id=case.locale_id).exclude(pk=case.pk).filter(shares)
    return others.annotate(closeness=closeness).order_by("-closeness", "-year", "-pk").defer("body")[:SIMILAR]


def shown_parts(case: CaseStudyPage) -> list[MethodPart]:
    """Return the parts ``case`` used, method by method; those of a method not everybody may open are not named."""
    used = case.parts.all()
    if not isinstance(used, QuerySet):  # a preview holds them in memory
        used = [part.pk for part in used]
    parts = MethodPart.objects.filter(pk__in=used, page__in=open_to_all(MethodPage).values("pk"))
    return list(parts.select_related("page").order_by("page__path", "sort_order", "pk"))


def _place(labels: Labels, city: str, district: str) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    if city:
        labels["city"].setdefault(city, Label(city))
        values["city"] = (city,)
    if district:
        key = f"{city}.{district}"  # two cities may each have a 鼓楼区
        if key not in labels["district"]:
            labels["district"][key] = Label(district, group=city or gettext("没写城市"), order=(city, 0))
        values["district"] = (key,)
    return values


def _year_and_level(labels: Labels, year: int | None, level: str) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    if year:
        if str(year) not in labels["year"]:
            labels["year"][str(year)] = Label(gettext("%(year)d 年") % {"year": year}, order=("", -year))
        values["year"] = (str(year),)
    if level in LEVELS:
        if level not in labels["level"]:
            labels["level"][level] = Label(str(Level(level).label), order=("", LEVELS.index(level)))
        values["level"] = (level,)
    return values


def _topics(labels: Labels, *, locale_id: int) -> dict[int, list[str]]:
    rows = listed(CaseStudyPage, locale_id=locale_id).filter(topics__isnull=False)
    topics: dict[int, list[str]] = defaultdict(list)
    for pk, slug, name in rows.values_list("pk", "topics__slug", "topics__name"):
        labels["topic"][slug] = Label(name)
        topics[pk].append(slug)
    return topics


def _parts(labels: Labels, *, locale_id: int) -> dict[int, list[str]]:
    rows = listed(CaseStudyPage, locale_id=locale_id).filter(parts__page__in=open_to_all(MethodPage).values("pk"))
    fields = (
        "pk",
        "parts__page__slug",
        "parts__slug",
        "parts__name",
        "parts__page__title",
        "parts__page__path",
        "parts__sort_order",
    )
    parts: dict[int, list[str]] = defaultdict(list)
    for pk, method, slug, name, title, path, order in rows.values_list(*fields):
        value = f"{method}.{slug}"
        labels["part"][value] = Label(name, group=title, order=(path, order or 0))
        parts[pk].append(value)
    return parts
