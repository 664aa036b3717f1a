import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.notices.models import Message
from portal.report_in import actions, errors, queries
from portal.report_in.actions import UnitOffer
from portal.report_in.enums import OPEN_UNITS, UNIT_REPORT_IN_TRANSITIONS, UnitReportInState
from portal.report_in.models import UnitReportIn
from portal.states import IllegalMoveError
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory, UnitFactory
from tests.factories.report_in import UnitReportInFactory

pytestmark = pytest.mark.django_db

OFFER = UnitOffer(contact_name="何静宜", contact_phone="010-5550 0101", offer="开放停车场", members_expected=30)
DATA = {"contact_name": "何静宜", "contact_phone": "010-5550 0101", "offer": "开放停车场", "members_expected": "30"}


def titles_to(person):
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("title", flat=True))


def address(name, *args):
    return reverse(f"report_in:unit_{name}", args=args)


@pytest.fixture
def contact():
    return PostFactory(unit_contact=True, unit=UnitFactory(name="云亭市图书馆"))


def test_a_unit_reports_in_to_several_communities(contact):
    organiser = PostFactory(area=CommunityFactory(name="云水社区"))
    areas = [organiser.area, CommunityFactory()]

    made = actions.report_unit_in(unit=contact.unit, areas=areas, offer=OFFER, by=contact.person)

    assert [one.area for one in made] == areas
    assert {(one.state, one.members_expected, one.offer) for one in made} == {("submitted", 30, "开放停车场")}
    assert titles_to(organiser.person) == ["云亭市图书馆向云水社区报到，等您确认。"]
    assert ModelLogEntry.objects.filter(action="report_in.unitreportin.submitted").count() == 2


def test_all_or_none(contact):
    taken = UnitReportInFactory(unit=contact.unit).area

    with pytest.raises(errors.UnitHasReportedInError):
        actions.report_unit_in(unit=contact.unit, areas=[CommunityFactory(), taken], offer=OFFER, by=contact.person)

    assert UnitReportIn.objects.count() == 1


@pytest.mark.parametrize("state", OPEN_UNITS)
def test_the_database_allows_one_open_report_in_of_a_unit_in_a_community(state):
    one = UnitReportInFactory(state=state, number="DW-2026-1")

    with pytest.raises(IntegrityError), transaction.atomic():
        UnitReportInFactory(unit=one.unit, area=one.area)


def test_the_database_refuses_an_accepted_one_without_a_number():
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitReportInFactory(state=UnitReportInState.ACCEPTED)


def test_only_open_communities_and_at_least_one(contact):
    for areas, error in (
        ([], errors.NoCommunityChosenError),
        ([GridFactory()], errors.NotACommunityError),
        ([CommunityFactory(ends_on="2020-01-01")], errors.NotACommunityError),
    ):
        with pytest.raises(error):
            actions.report_unit_in(unit=contact.unit, areas=areas, offer=OFFER, by=contact.person)


def test_the_community_accepts_and_both_sides_have_a_receipt(client, contact):
    report_in = UnitReportInFactory(unit=contact.unit, area__name="云水社区")
    organiser = PostFactory(area=report_in.area).person

    accepted = actions.accept_unit(report_in=report_in, by=organiser)
    again = actions.accept_unit(report_in=report_in, by=UserFactory())

    assert accepted.number == again.number == f"DW-{timezone.localdate().year}-{report_in.pk:06}"
    assert titles_to(contact.person) == [f"云水社区已确认云亭市图书馆的单位报到，回执编号 {accepted.number}。"]
    for person in (contact.person, organiser):
        client.force_login(person)
        body = client.get(address("receipt", accepted.number)).content.decode()
        assert accepted.number in body
        assert queries.receipt_code(accepted.number) in body


def test_a_receipt_verifies_by_its_own_code_alone():
    one = UnitReportInFactory(accepted=True)
    code = queries.receipt_code(one.number)

    found = queries.verified_receipt(one.number, code)

    assert (found.state, found.name, found.place) == ("valid", one.unit.name, one.area.name)
    assert queries.verified_receipt(one.number, code[:-1] + ("0" if code[-1] != "0" else "1")) is None
    UnitReportIn.objects.update(state=UnitReportInState.ENDED)
    assert queries.verified_receipt(one.number, code).state == "ended"


def test_whoever_sent_it_does_not_accept_it():
    report_in = UnitReportInFactory()

    with pytest.raises(errors.OwnUnitReportInError):
        actions.accept_unit(report_in=report_in, by=report_in.submitted_by)


def test_asked_back_and_sent_again(contact):
    report_in = UnitReportInFactory(unit=contact.unit)
    organiser = PostFactory(area=report_in.area).person

    actions.ask_unit_back(report_in=report_in, by=organiser, reason=" 请写联系电话 ")
    assert len(titles_to(contact.person)) == 1
    actions.resubmit_unit(report_in=report_in, offer=OFFER, by=contact.person)

    report_in.refresh_from_db()
    assert (report_in.state, report_in.members_expected) == (UnitReportInState.SUBMITTED, 30)
    assert report_in.is_sent_again
    assert len(titles_to(organiser)) == 1


def test_asking_back_needs_a_reason():
    with pytest.raises(errors.ReasonMissingError):
        actions.ask_unit_back(report_in=UnitReportInFactory(), by=UserFactory(), reason=" ")


def test_an_ended_report_in_keeps_its_number_and_frees_the_place(contact):
    report_in = UnitReportInFactory(accepted=True, unit=contact.unit)
    organiser = PostFactory(area=report_in.area).person

    actions.end_unit(report_in=report_in, by=contact.person)
    actions.end_unit(report_in=report_in, by=contact.person)

    report_in.refresh_from_db()
    assert report_in.number
    assert report_in.ended_on == timezone.localdate()
    assert len(titles_to(organiser)) == len(titles_to(contact.person)) == 1
    assert actions.report_unit_in(unit=contact.unit, areas=[report_in.area], offer=OFFER, by=contact.person)


MOVES = {
    UnitReportInState.ACCEPTED: lambda one: actions.accept_unit(report_in=one, by=UserFactory()),
    UnitReportInState.ASKED_BACK: lambda one: actions.ask_unit_back(report_in=one, by=UserFactory(), reason="请补充"),
    UnitReportInState.SUBMITTED: lambda one: actions.resubmit_unit(report_in=one, offer=OFFER, by=UserFactory()),
    UnitReportInState.WITHDRAWN: lambda one: actions.withdraw_unit(report_in=one, by=UserFactory()),
    UnitReportInState.ENDED: lambda one: actions.end_unit(report_in=one, by=UserFactory()),
}
IDEMPOTENT = (UnitReportInState.ACCEPTED, UnitReportInState.WITHDRAWN, UnitReportInState.ENDED)


@pytest.mark.parametrize("after", MOVES)
@pytest.mark.parametrize("before", UnitReportInState)
def test_the_table_alone_decides_which_moves_there_are(before, after):
    report_in = UnitReportInFactory(state=before, number="DW-2026-1" if before == "accepted" else None)

    if after in UNIT_REPORT_IN_TRANSITIONS.get(before, ()) or (before == after and after in IDEMPOTENT):
        assert MOVES[after](report_in).state == after
    else:
        with pytest.raises(IllegalMoveError):
            MOVES[after](report_in)


def test_a_contact_ticks_communities_and_sends(client, contact):
    near, far = CommunityFactory(), CommunityFactory()
    client.force_login(contact.person)
    body = client.get(address("choose"), {"to": near.code, "q": far.name}).content.decode()
    assert f'value="{near.code}" checked' in body
    assert f'value="{far.code}">' in body

    where = f"{address('send')}?to={near.code}&to={far.code}"
    assert contact.person.name in client.get(where).content.decode()
    assert client.post(where, DATA)["Location"] == address("list")

    assert set(UnitReportIn.objects.values_list("area", flat=True)) == {near.pk, far.pk}
    body = client.get(address("list")).content.decode()
    assert near.name in body
    assert far.name in body


def test_what_is_missing_is_said_and_what_was_typed_stays(client, contact):
    client.force_login(contact.person)

    response = client.post(f"{address('send')}?to={CommunityFactory().code}", DATA | {"contact_name": ""})

    assert response.status_code == 422
    assert "开放停车场" in response.content.decode()
    assert not UnitReportIn.objects.exists()


def test_a_community_with_a_report_in_cannot_be_ticked_and_is_refused(client, contact):
    taken = UnitReportInFactory(unit=contact.unit).area
    client.force_login(contact.person)

    assert f'value="{taken.code}"' not in client.get(address("choose")).content.decode()
    assert client.post(f"{address('send')}?to={taken.code}", DATA).status_code == 422


def test_nothing_ticked_leads_back(client, contact):
    client.force_login(contact.person)

    assert client.get(address("send"))["Location"] == address("choose")


def test_another_units_code_is_not_found(client, contact):
    client.force_login(contact.person)

    assert client.get(address("choose"), {"unit": UnitFactory().code}).status_code == 404


@pytest.mark.parametrize("name", ["list", "choose", "send", "inbox"])
def test_pages_ask_for_the_right_role(client, name):
    assert client.get(address(name))["Location"].startswith("/account/")
    client.force_login(UserFactory())
    assert client.get(address(name)).status_code == 403


@pytest.mark.parametrize("name", ["one", "send_again", "withdraw", "end", "review", "accept", "ask_back"])
def test_one_report_in_is_for_its_unit_and_its_community(client, name):
    report_in = UnitReportInFactory()
    method = client.get if name in ("one", "review") else client.post
    assert method(address(name, report_in.pk))["Location"].startswith("/account/")
    for person in (PostFactory().person, PostFactory(unit_contact=True).person, UserFactory()):
        client.force_login(person)
        assert method(address(name, report_in.pk)).status_code == 404


def test_the_receipt_is_for_unit_and_community(client):
    one = UnitReportInFactory(accepted=True)
    client.force_login(PostFactory().person)

    assert client.get(address("receipt", one.number)).status_code == 404


def test_the_desk_accepts_and_asks_back(client):
    report_in, other = UnitReportInFactory(), None
    client.force_login(PostFactory(area=report_in.area).person)
    other = UnitReportInFactory(area=report_in.area)
    assert report_in.unit.name in client.get(address("inbox")).content.decode()
    assert client.get(address("review", report_in.pk)).status_code == 200

    assert client.post(address("accept", report_in.pk))["Location"] == address("inbox")
    assert client.post(address("ask_back", other.pk), {"reason": ""}).status_code == 422
    assert client.post(address("ask_back", other.pk), {"reason": "请补充"})["Location"] == address("inbox")

    assert set(UnitReportIn.objects.values_list("state", flat=True)) == {"accepted", "asked_back"}


def test_the_unit_answers_withdraws_and_ends(client, contact):
    asked, waiting, standing = (
        UnitReportInFactory(unit=contact.unit, asked_back=True),
        UnitReportInFactory(unit=contact.unit),
        UnitReportInFactory(unit=contact.unit, accepted=True),
    )
    client.force_login(contact.person)
    assert "请写上联系电话。" in client.get(address("one", asked.pk)).content.decode()

    assert client.post(address("send_again", asked.pk), {}).status_code == 422
    client.post(address("send_again", asked.pk), DATA)
    client.post(address("withdraw", waiting.pk))
    client.post(address("end", standing.pk))
    client.post(address("end", asked.pk))  # refused: it waits

    states = [UnitReportIn.objects.get(pk=one.pk).state for one in (asked, waiting, standing)]
    assert states == ["submitted", "withdrawn", "ended"]


@pytest.mark.parametrize("name", ["list", "inbox"])
def test_lists_cost_the_same_with_one_and_with_three(client, name):
    area, unit = CommunityFactory(), UnitFactory()
    person = PostFactory(area=area).person
    PostFactory(person=person, unit_contact=True, unit=unit)
    client.force_login(person)
    client.get(address(name))
    costs = []
    for more in (1, 2):
        for _ in range(more):
            UnitReportInFactory(area=area)
            UnitReportInFactory(unit=unit)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(name)).status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]
