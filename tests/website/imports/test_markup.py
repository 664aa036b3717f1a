import time

import pytest

from website.imports.drafts import compose
from website.imports.errors import DocumentRefusedError
from website.imports.markup import text_of
from website.imports.reading import read_bytes
from website.imports.structure import Heading, ItemList, Paragraph, Quote

FIRST = "社区请居民坐到一起，把关心的事一件一件写在纸上，再一件一件办好，半年办成了二十六件。"
SECOND = "老人走几步路就能吃上热饭，志愿者每天中午送餐上楼，顺便看看老人身体好不好。"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="big5"><title>桥头社区的助餐点_桥头新闻网</title>
<script>var a = "<p>脚本里的话。</p>";</script><style>p {{ color: red }}</style></head><body>
<div class="header"><a href="/">首页</a> <a href="/n">新闻</a></div>
<div id="nav"><ul><li><a>社区</a></li><li><a>街道</a></li></ul></div>
<div class="wrap"><h1>桥头社区的助餐点</h1><div class="info">来源：桥头日报　作者：王敏　2024-05-01 10:30</div>
<div class="content"><p>{FIRST}</p><h2>做法</h2><p>{SECOND}</p><blockquote>饭菜热，心里暖。</blockquote>
<ul><li>送餐</li><li>理发</li></ul><img src="/i/a.jpg" alt="助餐点">
<table><tr><th>社区</th><th>人数</th></tr><tr><td>桥头</td><td>180人</td></tr></table>
<p>责任编辑：李强</p><p>扫一扫，关注我们</p></div>
<div class="hotlist"><h3>热点文章</h3><ul><li><a>邻里节开幕</a></li><li><a>楼道变了样</a></li></ul></div></div>
<div id="footer">版权所有 桥头新闻网 京ICP备00000000号</div></body></html>"""


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_saved_page_gives_its_article_whatever_its_meta_charset_says(codec: str):
    draft = compose(read_bytes(PAGE.encode(codec), name="page.html"), file_name="page.html")

    assert draft.title == "桥头社区的助餐点"
    assert draft.blocks == [
        Paragraph(FIRST),
        Heading(2, "做法"),
        Paragraph(SECOND),
        Quote("饭菜热，心里暖。"),
        ItemList(("送餐", "理发")),
        ItemList(("桥头：人数180人",)),
    ]
    assert draft.sources == ["来源：桥头日报", "作者：王敏", "日期：2024-05-01"]
    gone = {(piece.kind, piece.text) for piece in draft.removed}
    assert {("qr", "扫一扫，关注我们"), ("byline", "责任编辑：李强"), ("picture", "a.jpg")} <= gone
    assert {"首页", "新闻", "社区", "街道", "热点文章", "邻里节开幕"} <= {
        word for kind, text in gone for word in ([text] if kind != "navigation" else text.split())
    }


def test_page_without_a_heading_takes_its_title_from_the_head():
    page = PAGE.replace("<h1>桥头社区的助餐点</h1>", "")

    draft = compose(read_bytes(page.encode(), name="page.html"), file_name="page.html")

    assert draft.title == "桥头社区的助餐点"


@pytest.mark.parametrize(
    "source",
    [
        "<!" * 1_000_000,
        "<!--" * 500_000,
        "<b>" * 900_000,
        "<a " * 900_000,
        '<a "' * 900_000,
        '<a b="' * 500_000,
        "</" * 1_000_000,
        "<script>" * 300_000,
        "<div>a" * 90_000,
        "<table><tr><td>" * 33_000,
        "&" * 2_000_000,
    ],
    ids=[
        "declarations",
        "comments",
        "tags",
        "unclosed",
        "quotes",
        "attributes",
        "ends",
        "scripts",
        "deep",
        "tables",
        "and",
    ],
)
def test_hostile_page_is_refused_within_seconds(source: str):
    start = time.monotonic()

    with pytest.raises(DocumentRefusedError):
        read_bytes(f"<html>{source}".encode(), name="page.html")

    assert time.monotonic() - start < 5


def test_entity_declared_in_a_page_is_not_followed():
    page = '<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><p>老人吃上了热饭。&f;</p></html>'

    assert "root" not in text_of(page).text


def test_entities_that_multiply_in_a_page_stay_as_they_are():
    declared = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    page = f'<!DOCTYPE html [<!ENTITY l0 "社区社区">{declared}]><html><p>老人吃上了热饭。&l9;</p></html>'

    assert len(text_of(page).text) < len(page)
