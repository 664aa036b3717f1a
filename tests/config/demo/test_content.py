import pytest
from PIL import Image

from config.demo import pictures
from config.demo.content import body, read, read_folder
from config.demo.progress import Progress
from config.demo.roles import ROLES, phone_number
from portal.members.models import User


def test_the_service_list_has_seven_categories_and_84_items():
    categories = read_folder("services")
    titles = [row["title"] for data in categories for row in data["services"]]

    assert len(categories) == 7
    assert len(titles) == len(set(titles)) == 84


def test_every_service_says_who_may_where_when_and_whom_to_call():
    for data in read_folder("services"):
        for row in ({**data, **service} for service in data["services"]):
            assert all(row[name] for name in ("summary", "who_may", "place", "hours", "phone", "provider", "fee"))
            assert set(row["channels"]) <= {"counter", "phone", "online", "home_visit"}


def test_every_case_tells_background_practice_results_and_lessons():
    for case in read_folder("cases"):
        headings = [block["value"]["text"] for block in body(case["body"]) if block["type"] == "heading"]

        assert [text for text in headings if text in ("背景", "做法", "成效", "启示")] == [
            "背景",
            "做法",
            "成效",
            "启示",
        ]


def test_there_are_thirteen_people_ten_notices_and_sixteen_venues():
    assert len(read("people")["people"]) == 13
    assert len(read("notices")["notices"]) == 10
    assert len(read("venues")["venues"]) == 16


def test_a_body_is_read_block_by_block():
    blocks = body("## 标题\n\n一段 <话>。\n\n- 一\n- 二\n\n> 原话 —— 某人\n")

    assert blocks == [
        {"type": "heading", "value": {"level": "2", "text": "标题"}},
        {"type": "paragraph", "value": "<p>一段 &lt;话&gt;。</p>"},
        {"type": "list", "value": ["一", "二"]},
        {"type": "quote", "value": {"text": "原话", "said_by": "某人"}},
    ]


@pytest.mark.parametrize("scene", pictures.SCENES)
def test_a_picture_is_drawn_the_same_every_time(scene: str):
    first, second = (pictures.draw(scene, seed="一").read() for _turn in range(2))

    assert first == second
    assert first != pictures.draw(scene, seed="二").read()
    assert Image.open(pictures.draw(scene, seed="一")).size == (1200, 675)


def test_the_phones_of_the_demo_are_valid_for_the_field():
    for number in (*(role.number for role in ROLES), 101, 4099):
        assert User._meta.get_field("phone").clean(phone_number(number), None).is_valid()


class Stream:
    """Remembers what was written to it."""

    def __init__(self, *, is_terminal: bool) -> None:
        self.is_terminal = is_terminal
        self.text = ""

    def isatty(self) -> bool:
        return self.is_terminal

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def test_a_pipe_gets_one_line_a_stage():
    stream = Stream(is_terminal=False)

    assert list(Progress(stream).track("铺路", [1, 2, 3])) == [1, 2, 3]
    assert stream.text.splitlines() == ["  铺路 … 0.0 s"]


def test_a_terminal_gets_a_bar_that_fills():
    stream = Stream(is_terminal=True)

    list(Progress(stream).track("铺路", [1, 2]))

    assert "  0 %" in stream.text
    assert " 50 %" in stream.text
    assert "█" * 24 + " 100 %  铺路" in stream.text
    assert stream.text.endswith(" s\n")
