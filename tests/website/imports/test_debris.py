import pytest

from website.imports.debris import kind_of, sift
from website.imports.lines import Line
from website.imports.report import Removed


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("◎桥头社区党支部", "byline"),
        ("作者：王敏", "byline"),
        ("来源：桥头日报 2024-05-01", "byline"),
        ("责任编辑：李强", "byline"),
        ("图1 助餐点的一天", "caption"),
        ("首页 > 社区 > 新闻", "navigation"),
        ("上一篇：邻里节", "navigation"),
        ("打印本页", "navigation"),
        ("点击量：1024", "navigation"),
        ("京ICP备00000000号", "navigation"),
        ("- 3 -", "navigation"),
        ("热点文章", "related"),
        ("【相关阅读】", "related"),
        ("扫一扫，关注我们", "qr"),
        ("长按二维码加好友", "qr"),
        ("桥头发布公众号", "qr"),
    ],
)
def test_kind_of_knows_what_stands_around_an_article(line, kind):
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "工作背景",
        "注册志愿者队伍",
        "打印机共享点",
        "返回岗位以后",
        "图书馆的一天",
        "社区推行门牌二维码，扫码就能报修。",
        "来源于居民的意见",
        "更多居民参与进来",
    ],
)
def test_kind_of_leaves_the_article_alone(line):
    assert kind_of(line) == ""


def test_sift_removes_a_list_of_related_articles_up_to_the_next_paragraph():
    sifted = sift(["老人吃上了热饭。", "热点文章", "邻里节开幕", "", "楼道变了样", "大家都说好。"])

    assert sifted.lines == ["老人吃上了热饭。", "大家都说好。"]
    assert sifted.removed == [
        Removed("related", "热点文章"), Removed("related", "邻里节开幕"), Removed("related", "楼道变了样")
    ]  # fmt: skip


def test_sift_removes_a_running_header_but_its_first_line():
    header = "桥头社区工作简报"

    sifted = sift([header, "老人吃上了热饭。", header, "大家都说好。", header, "后来又开了第二家。"])

    assert sifted.lines == [header, "老人吃上了热饭。", "大家都说好。", "后来又开了第二家。"]
    assert [piece.kind for piece in sifted.removed] == ["repeated", "repeated"]


def test_sift_leaves_what_comes_twice_and_sentences_that_come_again():
    lines = ["做法", "老人吃上了热饭。", "做法", "老人吃上了热饭。", "大家都说好。", "老人吃上了热饭。"]

    assert sift(lines).lines == lines


def test_sift_leaves_what_an_editor_put_back():
    line = Line.made("上一篇：邻里节", key="3")

    assert sift([line], restored={"3"}).lines == [line]
    assert sift([line], restored={"4"}).lines == []
