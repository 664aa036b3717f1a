"""What the site gives away: a list of datasets with the meaning of each column, and each as CSV and JSON."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client

from website.open_data import datasets
from website.open_data.datasets import Column, Dataset, Link, Record

pytestmark = pytest.mark.django_db

RECORDS: list[Record] = [
    {
        "code": "A-1",
        "number": Decimal("-12.00"),
        "day": date(2026, 11, 2),
        "names": ["甲", "乙"],
        "places": [{"name": "服务站"}],
        "text": '=HYPERLINK("http://example.org")',
    },
    {"code": "A-2", "number": None, "day": None, "names": [], "places": [], "text": "一行\n又一行，“引号”"},
]
COLUMNS = (
    Column("code", "编号", standard="HSDS service.id"),
    Column("number", "数"),
    Column("day", "日期"),
    Column("names", "别名"),
    Column("places", "地点", in_csv=False),
    Column("text", "文字"),
)


@pytest.fixture
def things(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """One dataset, registered for the length of a test."""
    monkeypatch.setattr(datasets, "_datasets", {})
    dataset = Dataset(
        slug="things",
        name="东西",
        description="每行一件。",
        columns=COLUMNS,
        records=lambda: RECORDS,
        links=(Link("订阅日历", lambda: "/calendar.ics"),),
    )
    datasets.register(dataset)
    return dataset


def rows(text: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(StringIO(text, newline=""))


def test_list_names_each_dataset_its_files_and_the_meaning_of_its_columns(client: Client, things: Dataset) -> None:
    html = client.get("/open-data/").content.decode()

    for words in (
        "东西",
        "每行一件。",
        "/open-data/things.csv",
        "/open-data/things.json",
        "/calendar.ics",
        "6 列的含义",
    ):
        assert words in html
    assert "HSDS service.id" in html
    assert "可以自由下载、使用和转发" in html


def test_list_and_files_set_no_cookie_and_may_be_kept_by_anyone(client: Client, things: Dataset) -> None:
    for url in ("/open-data/", "/open-data/things.csv", "/open-data/things.json"):
        response = client.get(url)
        assert not response.cookies
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in response.headers.get("Vary", "")


def test_csv_opens_in_excel_and_runs_nothing(client: Client, things: Dataset) -> None:
    response = client.get("/open-data/things.csv")
    text = response.content.decode("utf-8")
    first, second = rows(text.removeprefix("\ufeff"))

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert text.startswith("\ufeff")
    assert first["text"].startswith("'=")
    assert first["number"] == "-12.00"  # a number is no formula
    assert first["day"] == "2026-11-02"
    assert first["names"] == "甲；乙"
    assert "places" not in first
    assert second["text"] == "一行\n又一行，“引号”"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_csv_cell_never_starts_a_formula(start: str, client: Client, things: Dataset) -> None:
    datasets.register(replace(things, records=lambda: [{**RECORDS[0], "text": f"{start}1+1"}]))

    (first,) = rows(client.get("/open-data/things.csv").content.decode("utf-8-sig"))

    assert first["text"].startswith("'")


def test_json_says_what_it_is_and_keeps_its_shape(client: Client, things: Dataset) -> None:
    content = json.loads(client.get("/open-data/things.json").content)

    assert content["dataset"] == "things"
    assert content["columns"][0] == {"name": "code", "meaning": "编号", "standard": "HSDS service.id"}
    assert content["records"][0]["number"] == -12
    assert content["records"][0]["places"] == [{"name": "服务站"}]
    assert content["records"][1]["day"] is None


def test_who_has_this_version_is_told_so(client: Client, things: Dataset) -> None:
    tag = client.get("/open-data/things.csv").headers["ETag"]

    again = client.get("/open-data/things.csv", headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize("url", ["/open-data/nothing.csv", "/open-data/things.xml", "/open-data/things"])
def test_what_is_not_offered_is_not_found(url: str, client: Client, things: Dataset) -> None:
    assert client.get(url, follow=True).status_code == 404


def test_nothing_is_written_through_it(client: Client, things: Dataset) -> None:
    assert client.post("/open-data/things.csv").status_code == 405


def test_list_without_a_dataset_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "_datasets", {})

    assert "还没有可以下载的数据" in client.get("/open-data/").content.decode()


def test_a_dataset_registered_again_takes_the_place_of_the_first(things: Dataset) -> None:
    datasets.register(Dataset("things", "新的", "", COLUMNS, lambda: ()))

    assert [dataset.name for dataset in datasets.registered()] == ["新的"]
