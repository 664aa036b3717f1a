"""Every encoding, in texts long and short, whatever the page says of itself."""

import pytest

from tests.website.imports.damage import SAMPLE, traditional
from website.imports.reading import decode

SHORT = ["社区食堂", "党员报到", "居民议事会", "今天开会。", "老人助餐点开张了。", "为180名老人送餐。"]
TRADITIONAL = traditional(SAMPLE)


@pytest.mark.parametrize("text", [SAMPLE, *SHORT])
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
    ],
)
def test_simplified_text(text: str, codec: str, name: str):
    assert decode(text.encode(codec)) == (text, name)


@pytest.mark.parametrize("text", [TRADITIONAL, *map(traditional, SHORT)])
@pytest.mark.parametrize("codec", ["big5", "big5hkscs", "gb18030", "utf-8", "utf-16-le", "utf-16-be"])
def test_traditional_text(text: str, codec: str):
    try:
        raw = text.encode(codec)
    except UnicodeEncodeError:
        pytest.skip("the code has not all of these characters")

    assert decode(raw)[0] == text


@pytest.mark.parametrize("said", ["utf-8", "gb2312", "big5", "iso-8859-1"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_what_a_page_says_of_its_charset_is_not_believed(said: str, codec: str):
    page = f'<html><head><meta charset="{said}"></head><body><p>{SAMPLE}</p></body></html>'

    assert decode(page.encode(codec))[0] == page
