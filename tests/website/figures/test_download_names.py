"""A download keeps its name whatever language the page's address is in."""

import pytest

from website.figures.datasets import download


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("night", 'attachment; filename="night.csv"'),
        ("夜停", "attachment; filename*=utf-8''%E5%A4%9C%E5%81%9C.csv"),
    ],
)
def test_the_file_is_named_after_the_page(name: str, header: str) -> None:
    assert download([], kind="csv", name=name)["Content-Disposition"] == header
