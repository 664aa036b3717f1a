"""The figures as open data. The columns and their order are a promise: new ones are only added at the end."""

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from website.case_studies.models import CaseStudyPage
from website.figures import queries
from website.open_data.datasets import Column, Dataset, Record
from website.open_data.formats import as_csv, as_json

KEPT_SECONDS = 60  # as every public page
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}

FIGURES = Dataset(
    slug="figures",
    name=_("案例里的数字"),
    description=_("每行一个数字：是什么、多少、哪一年、谁说的、出自哪个案例。"),
    columns=(
        Column("case", _("案例的标题"), standard="schema.org Observation.isPartOf"),
        Column("url", _("案例的网址"), standard="schema.org url"),
        Column("city", _("城市")),
        Column("district", _("区（县、市）")),
        Column(
            "level",
            _(
                "示范层级：national 国家级，provincial 省级，city 市级，district 区县级，street 街道，"
                "community 社区，unit 单位"
            ),
        ),
        Column("label", _("数字的含义"), standard="schema.org Observation.measuredProperty"),
        Column("number", _("数值"), standard="schema.org Observation.value"),
        Column("unit", _("单位"), standard="schema.org Observation.unitText"),
        Column("year", _("年份"), standard="schema.org Observation.observationDate"),
        Column("origin", _("怎么来的：stated 来源所述，本站没有核对；counted 本站统计")),
        Column("stated_by", _("谁说的")),
        Column("source", _("出处"), standard="schema.org citation"),
        Column("topics", _("案例的主题")),
        Column("parts", _("案例用到的工作法")),
    ),
    records=queries.figure_records,
)


def csv_of_case(case: CaseStudyPage) -> HttpResponse:
    return download(queries.records_of_case(case), kind="csv", name=case.slug)


def download(records: Iterable[Record], *, kind: str, name: str) -> HttpResponse:
    """Give some of the figures as a file, with the columns of the whole."""
    write = as_json if kind == "json" else as_csv
    text = write(replace(FIGURES, records=lambda: records))
    answer = HttpResponse(text, content_type=CONTENT_TYPES[kind])
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, f"{name}.{kind}"))
    answer.headers["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(answer, public=True, max_age=KEPT_SECONDS)
    return answer
