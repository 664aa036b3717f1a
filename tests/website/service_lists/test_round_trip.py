"""What is exported reads back without a difference, whatever people have written."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.factories.website import ServicePageFactory
from tests.website.service_lists.conftest import Import
from tests.website.service_lists.sheets import services
from website.service_lists import queries
from website.service_lists.columns import PLACE_COLUMNS, SERVICE_COLUMNS
from website.service_lists.differences import compare
from website.service_lists.entries import read_listing
from website.service_lists.queries import Known, Listed
from website.service_lists.writing import as_csv, as_workbook
from website.services.enums import Channel, ProviderKind, ServiceStatus
from website.services.models import ServiceAudience, ServiceIndexPage, ServicePage, ServicePlace
from webui.sheets.reading import read_bytes

NASTY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "=1+1", "'=1+1", "''@x", "+86 138 0000 0000", "-1", "@甲", "＝甲", "\t=1", "1E+5 元", "1.10", "007",
            "_x0041_", "_x005F_x0041_", "甲\r\n乙", "甲\n\n 乙", "甲\u2028乙", "a\x00b", "\ufeff甲", "“引号”,逗号;分号",
            '"', "'", "䶮𠮷", " 前后 ", "#REF!", "TRUE", "2026-11-02", "<b>", "&amp;", "甲、乙", "#",
        ]
    ),
)  # fmt: skip
FORMS = {column.key: column.form for column in SERVICE_COLUMNS}
_FREE = [
    column.key
    for column in SERVICE_COLUMNS
    if column.key
    not in {"code", "title", "parent", "status", "provider_kind", "channels", "alert_until", "checked_on", "review_by",
            "visits", "category", "audiences", "keeper"}
]  # fmt: skip


@st.composite
def listed(draw: st.DrawFn) -> dict[str, Listed]:
    """Draw a list of services as ``queries.site_list`` gives it."""
    codes = draw(st.lists(st.text("0123456789-.ABé甲", min_size=1, max_size=8), min_size=1, max_size=4))
    found = {}
    for code in {FORMS["code"](code) for code in codes} - {""}:
        values = {key: _formed(key, draw(NASTY)) for key in _FREE}
        values |= {
            "title": _formed("title", draw(NASTY)) or "名称",
            "parent": "",
            "status": str(draw(st.sampled_from(ServiceStatus)).label),
            "provider_kind": str(draw(st.sampled_from(ProviderKind)).label),
            "channels": FORMS["channels"]("\n".join(draw(st.sets(st.sampled_from([str(c.label) for c in Channel]))))),
            "visits": draw(st.sampled_from(["", "0", "3"])),
            "category": "",
            "audiences": "",
            "keeper": "",
        }
        values |= {key: draw(st.sampled_from(["", "2026-11-02"])) for key in ("alert_until", "checked_on", "review_by")}
        places = draw(st.lists(st.tuples(*[NASTY.map(column.form) for column in PLACE_COLUMNS[1:]]), max_size=3))
        page = ServicePage(title=values["title"], code=code, live=True)
        found[code] = Listed(page, code, values, [place for place in places if any(place)])
    return found


def _formed(key: str, text: str) -> str:
    try:
        return FORMS[key](text)
    except ValueError:
        return ""


def _said(found: dict[str, Listed], raw: bytes) -> dict[str, object]:
    return compare(read_listing(read_bytes(raw)), found, Known()).as_json()


@settings(max_examples=150, deadline=None)
@given(found=listed())
def test_any_list_reads_back_without_a_difference(found: dict[str, Listed]) -> None:
    nothing = {"new": [], "changed": [], "gone": [], "unchanged": len(found), "errors": []}
    if not found:
        return

    assert _said(found, as_workbook(found.values())) == nothing
    assert _said(found, as_csv(found.values())) == nothing


@pytest.mark.django_db
def test_a_full_service_reads_back_without_a_difference(load: Import, index: ServiceIndexPage, cities: None) -> None:
    page = ServicePageFactory(
        parent=index,
        code="",  # never given a number
        title=" =两头 空格 ",
        other_names="送饭\r\n送餐\r\n",
        phone="+86 10 5550 0123",
        status="paused",
        alert="停一周",
        alert_until=date(2026, 12, 1),
        visits=0,
        provider_kind="volunteers",
        online_url="https://example.org/办",
    )
    page.audiences = list(ServiceAudience.objects.all())
    page.places = [ServicePlace(community_code="C1", community_name="", place="一楼", locale=page.locale)]
    page.save()
    ServicePageFactory(parent=page, code="１", category=None)
    ServicePageFactory(parent=index, code="9", live=False)
    nothing = {"new": [], "changed": [], "gone": [], "unchanged": 2, "errors": [], "status": 0}
    found = queries.published(queries.site_list(index=index)).values()

    assert load(as_workbook(found)) == nothing
    assert load(as_csv(found), name="清单.csv") == nothing


@pytest.mark.django_db
def test_workbook_is_of_texts_with_a_frozen_header(index: ServiceIndexPage) -> None:
    ServicePageFactory(parent=index, code="007", phone="13800000000", title="=1+1")

    book = load_workbook(BytesIO(as_workbook(queries.site_list(index=index).values())))

    sheet, places = book.worksheets
    assert (sheet.title, places.title, sheet.freeze_panes, places.freeze_panes) == ("服务事项", "服务地点", "C2", "B2")
    header = [cell.value for cell in sheet[1]]
    row = dict(zip(header, sheet[2], strict=True))
    assert (row["事项编号"].value, row["咨询电话"].value, row["服务名称"].value) == ("007", "13800000000", "=1+1")
    assert {cell.data_type for cell in row.values() if cell.value} <= {"s", "inlineStr"}
    assert row["咨询电话"].number_format == "@"
    assert sheet.column_dimensions["C"].width == 24


@pytest.mark.django_db
def test_csv_never_starts_a_formula(index: ServiceIndexPage) -> None:
    ServicePageFactory(parent=index, code="1", title="=HYPERLINK(1)")

    assert ",'=HYPERLINK(1)," in as_csv(queries.site_list(index=index).values()).decode("utf-8-sig")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["清单.xlsx", "清单.csv"])
def test_command_writes_what_the_other_reads(
    name: str, load: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(
        services(["1", "", "送餐", "吃饭", "", "0600", "上门", "2026-11-02"], ["1-1", "1", "午餐", "", "", "", "", ""])
    )

    call_command("export_services", str(tmp_path / name))

    assert "已导出 2 项服务" in capsys.readouterr().out
    assert load((tmp_path / name).read_bytes(), name=name)["unchanged"] == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "words"), [("清单.doc", "结尾"), ("没有/清单.xlsx", "写不了")])
def test_command_says_why_it_cannot_write(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("export_services", str(tmp_path / name))
