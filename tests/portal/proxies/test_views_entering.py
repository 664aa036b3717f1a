"""The organiser's pages: who may open them, what they show, and that names and numbers stay out of addresses."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.activities.enums import SignUpState
from portal.activities.models import SignUp
from portal.members.models import User
from portal.proxies.enums import ConsentKind, EntryState, FormKind
from portal.proxies.models import ManagedPerson, ProxyEntry
from portal.report_in.models import MemberReportIn
from tests.factories.activities import PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.proxies import (
    ManagedPersonFactory,
    PaperFormFactory,
    ProxyEntryFactory,
    ResidentVolunteerFactory,
    organiser_of,
)
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

FIND, TAKE_UP = reverse("proxies:find"), reverse("proxies:take_up")
ENTRIES, MINE = reverse("proxies:entries"), reverse("proxies:mine")
ORGANISERS_ONLY = [FIND, TAKE_UP, ENTRIES, reverse("proxies:paper_forms")]


@pytest.fixture(autouse=True)
def _no_rates_from_before(db):
    cache.clear()


@pytest.fixture
def area():
    return CommunityFactory(name="云水社区")


@pytest.fixture
def organiser(client, area):
    person = organiser_of(area)
    client.force_login(person)
    return person


def to(name, person):
    return reverse(f"proxies:{name}", args=[person.pk])


@pytest.mark.parametrize("address", [*ORGANISERS_ONLY, MINE])
def test_a_stranger_is_sent_to_log_in(client, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("post", [None, {"unit_contact": True}, {"supervisor": True}])
@pytest.mark.parametrize("address", ORGANISERS_ONLY)
def test_nobody_but_organisers_enters_for_others(client, address, post):
    client.force_login(PostFactory(**post).person if post else UserFactory())

    assert client.get(address).status_code == 403
    assert client.get(MINE).status_code == 200


def test_somebody_is_found_by_name_phone_and_receipt(client, organiser, area):
    report_in = MemberReportInFactory(area=area, accepted=True, person__name="林远舟", person__phone="+8613812345678")
    MemberReportInFactory(accepted=True, person__name="林远舟")

    for who in ("林远舟", "远舟", "138 1234 5678", "１３８１２３４５６７８", report_in.number.lower()):
        response = client.post(FIND, {"who": who})
        assert list(response.context["people"]) == [report_in.person], who
        assert "138****5678" in response.text
        assert "13812345678" not in response.text.replace(who, "")


@pytest.mark.parametrize("who", ["林", "139 0000 0000", "BD-2020-999999", "没有的人"])
def test_nobody_is_found_beyond_ones_people(client, organiser, who):
    elsewhere = MemberReportInFactory(person__name="林远舟")

    response = client.post(FIND, {"who": who})

    assert response.context["people"] == []
    assert to("person", elsewhere.person) not in response.text
    assert "没有找到" in response.text


def test_looking_for_many_is_slowed_down(client, organiser):
    for _ in range(30):
        client.post(FIND, {"who": "林远舟"})

    assert "太频繁" in client.post(FIND, {"who": "林远舟"}).text


def test_somebody_of_another_community_is_not_there(client, organiser):
    stranger = ResidentVolunteerFactory().person

    assert client.get(to("person", stranger)).status_code == 404
    for name in ("report_in", "sign_up", "leave", "correction"):
        assert client.post(to(name, stranger)).status_code == 404
    assert client.get(to("person", organiser)).status_code == 404


def test_an_elder_is_taken_up_and_opened(client, organiser, area):
    response = client.post(TAKE_UP, {"name": "陈桂兰", "consent": ConsentKind.SPOKEN})

    elder = User.objects.get(name="陈桂兰")
    assert response.url == to("person", elder)
    body = client.get(response.url).text
    assert "没有手机" in body
    assert "陈桂兰" not in body.replace('value="陈桂兰"', "")
    assert ManagedPerson.objects.get().area == area


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"consent": ConsentKind.PAPER}, "请填写姓名"),
        ({"name": "陈桂兰"}, "没有同意不能录入"),
        ({"name": "陈桂兰", "consent": ConsentKind.PAPER, "phone": "123"}, "不像是一个手机号"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, organiser, typed, said):
    response = client.post(TAKE_UP, typed)

    assert response.status_code == 422
    assert said in response.text
    assert typed.get("name", "") in response.text
    assert not ManagedPerson.objects.exists()


def test_a_sign_up_a_leave_and_a_correction_are_entered(client, organiser, area):
    elder = ManagedPersonFactory(area=area, person__name="陈贵兰").person
    shift = ShiftFactory(activity__area=area)

    client.post(to("sign_up", elder), {"sign_up-shift": shift.pk, "sign_up-consent": ConsentKind.CALLED})
    sign_up = SignUp.objects.get(member=elder, state=SignUpState.CONFIRMED)
    client.post(to("leave", elder), {"leave-sign_up": sign_up.pk, "leave-consent": ConsentKind.CALLED})
    client.post(to("correction", elder), {"correction-name": "陈桂兰", "correction-consent": ConsentKind.PAPER})

    sign_up.refresh_from_db()
    elder.refresh_from_db()
    assert (sign_up.state, elder.name) == (SignUpState.WITHDRAWN, "陈桂兰")
    assert list(ProxyEntry.objects.order_by("pk").values_list("kind", flat=True)) == [
        "sign_up",
        "withdrawal",
        "correction",
    ]


def test_a_sign_up_on_a_shift_with_positions_names_one(client, organiser, area):
    elder, desk = ManagedPersonFactory(area=area).person, PositionFactory(shift__activity__area=area)
    typed = {"sign_up-shift": desk.shift_id, "sign_up-consent": ConsentKind.CALLED}

    assert client.post(to("sign_up", elder), typed).status_code == 422
    client.post(to("sign_up", elder), typed | {"sign_up-position": desk.pk})

    assert SignUp.objects.get(member=elder).position == desk


def test_a_report_in_is_entered(client, organiser, area):
    resident = ResidentVolunteerFactory(area=area).person
    HomeMembershipFactory(person=resident)

    client.post(to("report_in", resident), {"report_in-note": "住 3 栋", "report_in-consent": ConsentKind.PAPER})

    assert MemberReportIn.objects.get().note == "住 3 栋"
    assert (
        "由" + str(organiser) + "代为录入"
        in client.get(reverse("report_in:review", args=[MemberReportIn.objects.get().pk])).text
    )


def test_a_refusal_stays_on_the_page(client, organiser, area):
    resident = ResidentVolunteerFactory(area=area).person
    shift = SignUpFactory(member=resident, shift__activity__area=area).shift

    response = client.post(to("sign_up", resident), {"sign_up-shift": shift.pk, "sign_up-consent": ConsentKind.PAPER})

    assert response.status_code == 422
    assert "已经报过名了" in response.text


def test_a_shift_of_another_community_cannot_be_chosen(client, organiser, area):
    resident = ResidentVolunteerFactory(area=area).person
    ShiftFactory(activity__area=area)
    data = {"sign_up-shift": ShiftFactory().pk, "sign_up-consent": ConsentKind.PAPER}

    assert client.post(to("sign_up", resident), data).status_code == 422
    assert not SignUp.objects.exists()


def test_a_sheet_comes_back_line_by_line(client, organiser, area):
    shift = ShiftFactory(activity__area=area)
    sheet = PaperFormFactory(area=area, kind=FormKind.SIGN_UP, shift=shift, expires_at=shift.starts_at)
    resident = ResidentVolunteerFactory(area=area).person

    opened = client.get(reverse("proxies:enter_form", args=[sheet.code]))
    assert opened.url == f"{FIND}?form={sheet.code}"
    found = client.post(opened.url, {"who": str(resident.phone), "form": sheet.code})
    assert f"?form={sheet.code}" in found.text
    data = {"sign_up-shift": shift.pk, "sign_up-consent": ConsentKind.PAPER, "form": sheet.code}
    entered = client.post(to("sign_up", resident), data)

    assert entered.url == opened.url
    assert ProxyEntry.objects.get().paper_form == sheet


def test_the_list_costs_the_same_for_one_and_for_three(client, organiser, area):
    client.get(ENTRIES)  # what is read once and kept
    counts = []
    for many in (1, 2):
        for resident in ResidentVolunteerFactory.create_batch(many, area=area):
            ProxyEntryFactory(residency=resident, entered_by=organiser)
        with CaptureQueriesContext(connection) as queries:
            client.get(ENTRIES)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_one_sees_undoes_and_objects_to_what_was_entered(client):
    first = ProxyEntryFactory()
    second = ProxyEntryFactory(residency=first.residency, person=first.person, area=first.area)
    client.force_login(first.person)

    body = client.get(MINE).text
    assert f"由{first.area}{first.entered_by}代为录入" in body
    empty = client.post(reverse("proxies:object", args=[second.pk]), {f"{second.pk}-words": ""})
    assert empty.status_code == 422
    client.post(reverse("proxies:object", args=[second.pk]), {f"{second.pk}-words": "我没有同意。"})
    client.post(reverse("proxies:undo", args=[first.pk]))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (EntryState.UNDONE, EntryState.OBJECTED)


def test_ones_own_list_costs_the_same_for_one_and_for_three(client):
    entry = ProxyEntryFactory()
    client.force_login(entry.person)
    client.get(MINE)  # what is read once and kept
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(MINE)
        counts.append(len(queries))
        for _more in range(2):
            ProxyEntryFactory(residency=entry.residency, person=entry.person, area=entry.area)

    assert counts[0] == counts[1]


def test_nobody_undoes_or_answers_what_is_none_of_theirs(client):
    entry = ProxyEntryFactory(state=EntryState.OBJECTED, objection="不对")
    client.force_login(PostFactory().person)

    for name in ("undo", "object", "answer"):
        assert client.post(reverse(f"proxies:{name}", args=[entry.pk]), {f"{entry.pk}-words": "好"}).status_code == 404


def test_the_community_answers(client, organiser, area):
    entry = ProxyEntryFactory(residency__area=area, state=EntryState.OBJECTED, objection="我没有同意。")

    assert "条代为录入有异议" in client.get(reverse("dashboard:home")).text
    assert "我没有同意。" in client.get(ENTRIES).text
    assert client.post(reverse("proxies:answer", args=[entry.pk]), {f"{entry.pk}-words": " "}).status_code == 422
    client.post(reverse("proxies:answer", args=[entry.pk]), {f"{entry.pk}-words": "已改正。"})

    entry.refresh_from_db()
    assert (entry.state, entry.answer) == (EntryState.ANSWERED, "已改正。")


def test_the_telephone_of_ones_community_stands_on_every_page(client):
    area = CommunityFactory(name="云水社区", phone="010-5550 0199")
    report_in = MemberReportInFactory(area=area, accepted=True)
    resident = ResidentVolunteerFactory(area=area)
    MemberReportInFactory(person=UserFactory(), area=area)

    for person in (report_in.person, resident.person):
        client.force_login(person)
        for address in (reverse("dashboard:home"), MINE, reverse("notices:inbox")):
            assert "要帮忙？打给云水社区" in client.get(address).text
            assert "010-5550 0199" in client.get(address).text
    client.force_login(UserFactory())
    assert "打给云水社区" not in client.get(MINE).text
