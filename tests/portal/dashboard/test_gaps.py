import re

import pytest
from django.conf import settings as project
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.notices.models import Message
from portal.organisations.enums import Role
from portal.report_in.queries import gaps
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

LIST = reverse("dashboard:to_report_in")
REMIND = reverse("dashboard:remind")


@pytest.fixture
def post(client):
    made = PostFactory(unit_contact=True, unit=UnitFactory())
    client.force_login(made.person)
    return made


def known(unit):
    person = UserFactory()
    return RosterEntryFactory(unit=unit, person=person, phone=person.phone)


def test_a_contact_narrows_the_list(client, post):
    branch = UnitFactory(above=post.unit)
    RosterEntryFactory(unit=post.unit, name="林远舟")
    RosterEntryFactory(unit=branch, name="何静宜")

    by_name = client.get(LIST, {"q": "林"}).content.decode()
    by_branch = client.get(LIST, {"branch": branch.code}).content.decode()

    assert "林远舟" in by_name
    assert "何静宜" not in by_name
    assert "何静宜" in by_branch
    assert "林远舟" not in by_branch
    assert "没有这样的人" in client.get(LIST, {"q": "白"}).content.decode()


def test_another_units_branch_opens_nothing(client, post):
    other = RosterEntryFactory(name="外人")
    RosterEntryFactory(unit=post.unit)

    assert "外人" not in client.get(LIST, {"branch": other.unit.code}).content.decode()


def test_pages_follow_each_other_without_counting(client, post):
    for number in range(45):
        RosterEntryFactory(unit=post.unit, name=f"林{number:02}")
    seen, address = [], LIST
    while address:
        body = client.get(address).content.decode()
        seen += re.findall(r'row__title">(林\d\d)<', body)
        found = re.search(r'rel="next" href="(\?[^"]+)"', body)
        address = LIST + found[1].replace("&amp;", "&") if found else ""

    assert seen == [f"林{number:02}" for number in range(45)]


def test_the_numbers_are_shown_before_anything_is_sent(client, post, django_capture_on_commit_callbacks):
    entry = known(post.unit)
    RosterEntryFactory.create_batch(2, unit=post.unit)
    body = client.get(REMIND).content.decode()
    assert "提醒 3 人" in body
    assert "约 0.10 元" in body
    assert not Message.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        body = client.post(REMIND, {"sms": "2"}, follow=True).content.decode()

    assert "站内消息 1 人，短信 2 人" in body
    assert Message.objects.get().recipient == entry.person
    assert "现在没有要提醒的人" in client.get(REMIND).content.decode()


def test_a_list_that_grew_is_shown_again(client, post):
    RosterEntryFactory.create_batch(2, unit=post.unit)

    response = client.post(REMIND, {"sms": "1"})

    assert response.status_code == 422
    assert "请再看一遍人数" in response.content.decode()


def test_strangers_and_other_roles_remind_nobody(client):
    assert client.get(REMIND)["Location"].startswith("/account/")
    for person in (UserFactory(), PostFactory().person, PostFactory(supervisor=True).person):
        client.force_login(person)
        assert client.get(REMIND).status_code == 403
        assert client.post(REMIND, {"sms": "1"}).status_code == 403


@pytest.mark.parametrize(("people", "said"), [(2, "共 2 人"), (3, "超过 2 人")])
def test_a_long_list_is_counted_to_its_limit_and_says_so(client, post, monkeypatch, people, said):
    monkeypatch.setattr(gaps, "MOST_COUNTED", 2)
    RosterEntryFactory.create_batch(people, unit=post.unit)

    assert said in client.get(LIST).content.decode()
    assert ("人以上还没有报到" in client.get("/portal/").content.decode()) == (people > 2)


@pytest.mark.parametrize("address", [LIST, REMIND])
def test_pages_cost_the_same_with_one_and_with_three(client, post, address):
    client.get(address)
    costs = []
    for more in (1, 2):
        RosterEntryFactory.create_batch(more, unit=UnitFactory(above=post.unit))
        known(post.unit)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        costs.append(len(asked))

    assert costs[0] == costs[1]


RATES = re.compile(r"(报到|完成|参与|到位|覆盖)率|排行|名次|第\s*\d+\s*名|\d+(\.\d+)?\s*[%％]")


def test_no_page_compares_units_by_rate(client):
    """One person with every duty, over a unit with a good branch and a bad one: no page says which is which."""
    area, unit = CommunityFactory(), UnitFactory()
    person = PostFactory(area=area).person
    PostFactory(person=person, unit_contact=True, unit=unit)
    PostFactory(person=person, role=Role.SUPERVISOR, area=area.get_parent())
    good, bad = UnitFactory(above=unit), UnitFactory(above=unit)
    for _ in range(3):
        received = MemberReportInFactory(accepted=True, area=area).person
        RosterEntryFactory(unit=good, person=received, phone=received.phone)
        RosterEntryFactory(unit=bad)
    client.force_login(person)

    for name in ("home", "to_report_in", "remind"):
        assert not RATES.search(text_of(client, reverse(f"dashboard:{name}"))), name
    for name in ("inbox", "unit_list", "unit_inbox", "leave_inbox"):
        assert not RATES.search(text_of(client, reverse(f"report_in:{name}"))), name


def test_no_template_of_the_portal_knows_a_rate():
    words = re.compile(r"(报到|完成|参与|到位|覆盖)率|排行榜|名次")
    templates = (project.BASE_DIR / "templates" / "portal").rglob("*.html")

    assert [path.name for path in templates if words.search(path.read_text(encoding="utf-8"))] == []


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"<[^>]+>", " ", response.content.decode())
