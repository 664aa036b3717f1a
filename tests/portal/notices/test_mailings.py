"""Writing to an audience: once, to those it is for, by whoever may."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.notices import actions, expanding, queries
from portal.notices.enums import MailingState
from portal.notices.errors import NobodyReachedError, TooManyMailingsError
from portal.notices.models import Delivery, Mailing, Message, Preference
from portal.organisations.models import Post
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import ConsentFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.proxies import ManagedPersonFactory, ResidentVolunteerFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift():
    return ShiftFactory(activity__title="清洁楼道", activity__area__name="云水社区")


@pytest.fixture
def organiser(shift):
    return PostFactory(area=shift.activity.area, person__name="林敏").person


@pytest.fixture
def send(organiser, shift, django_capture_on_commit_callbacks):
    def sent(**fields):
        about = {
            "sender": organiser,
            "audience": "activity",
            "target": shift.activity.code,
            "token": uuid4(),
            "title": "周六集合改到东门",
            "body": "请带手套。",
        }
        with django_capture_on_commit_callbacks(execute=True):
            return actions.send_mailing(**{**about, **fields})

    return sent


def test_everybody_with_a_place_is_told_once(send, shift, organiser):
    here = [SignUpFactory(shift=shift).member for _ in range(2)]
    again = ShiftFactory(activity=shift.activity)
    SignUpFactory(shift=again, member=here[0])
    SignUpFactory(shift=shift, waiting=True)
    SignUpFactory(shift=shift, state="withdrawn")
    SignUpFactory()

    mailing = send()

    mailing.refresh_from_db()
    assert set(Message.objects.values_list("recipient", flat=True)) == {one.pk for one in here}
    assert (mailing.state, mailing.reached) == (MailingState.SENT, 2)
    message = Message.objects.first()
    assert message.title == "周六集合改到东门"
    assert message.body == "请带手套。\n\n—— 林敏（云水社区）"
    assert message.url == reverse("activities:detail", args=[shift.activity.code])
    logged = ModelLogEntry.objects.filter(action__startswith="notices.mailing.").order_by("pk")
    assert [(entry.action, entry.user) for entry in logged] == [
        ("notices.mailing.queued", organiser),
        ("notices.mailing.sent", None),
    ]


def test_sent_twice_it_is_one(send, shift):
    SignUpFactory(shift=shift)
    token = uuid4()

    first, second = send(token=token), send(token=token)

    assert first == second
    assert Mailing.objects.count() == Message.objects.count() == 1


def test_one_shift_alone(send, shift):
    mine = SignUpFactory(shift=shift).member
    SignUpFactory(shift=ShiftFactory(activity=shift.activity))

    send(audience="shift", target=str(shift.pk))

    assert Message.objects.get().recipient == mine


def test_the_members_of_a_community(send, shift):
    here = MemberReportInFactory(accepted=True, area=shift.activity.area).person
    MemberReportInFactory(area=shift.activity.area)
    MemberReportInFactory(accepted=True)
    resident = ResidentVolunteerFactory(area=shift.activity.area).person
    kept = ManagedPersonFactory(area=shift.activity.area, person=resident).person
    ResidentVolunteerFactory(area=shift.activity.area, left_at=timezone.now())
    ResidentVolunteerFactory()

    send(audience="community", target=shift.activity.area.code)

    assert [message.recipient for message in Message.objects.order_by("recipient")] == [here, kept]


def test_whoever_may_not_write_writes_to_nobody(send, shift):
    SignUpFactory(shift=shift)
    stranger = PostFactory().person

    for audience, target in (
        ("activity", shift.activity.code),
        ("shift", str(shift.pk)),
        ("shift", "x"),
        ("community", shift.activity.area.code),
        ("nobody", "1"),
    ):
        with pytest.raises(NobodyReachedError):
            send(sender=stranger, audience=audience, target=target)


def test_nobody_to_write_to(send):
    with pytest.raises(NobodyReachedError):
        send()


def test_a_day_has_a_limit(send, shift, settings):
    settings.MAILINGS_PER_DAY = 1
    SignUpFactory(shift=shift)
    send()

    with pytest.raises(TooManyMailingsError):
        send()


def test_a_lost_worker_is_followed_by_another_that_tells_nobody_twice(send, shift, monkeypatch):
    SignUpFactory.create_batch(5, shift=shift)
    monkeypatch.setattr(expanding, "BATCH", 2)
    mailing = send()
    Message.objects.filter(pk=Message.objects.latest("pk").pk).delete()
    Mailing.objects.update(state="queued", last_person=0, worked_on_at=timezone.now() - actions.LOST_AFTER * 2)

    actions.hand_out_due(now=timezone.now())

    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENT
    assert Message.objects.values("recipient").distinct().count() == Message.objects.count() == 5


def test_whoever_lost_the_right_meanwhile_writes_to_nobody_more(organiser, shift):
    SignUpFactory(shift=shift)
    mailing = actions.send_mailing(
        sender=organiser, audience="activity", target=shift.activity.code, token=uuid4(), title="a", body="b"
    )
    Post.objects.all().update(ends_on=timezone.localdate() - timezone.timedelta(days=1), starts_on="2020-01-01")

    expanding.expand.call(mailing.pk)

    mailing.refresh_from_db()
    assert mailing.state == MailingState.STOPPED
    assert not Message.objects.exists()


def test_the_numbers_say_whom_it_reaches_and_how(shift):
    people = [SignUpFactory(shift=shift).member for _ in range(4)]
    for number, one in enumerate(people[:3]):
        type(one).objects.filter(pk=one.pk).update(email=f"{number}@example.cn")
    Preference.objects.create(person=people[0], choices={"mailing": {"email": False, "sms": True, "muted": False}})
    Preference.objects.create(person=people[1], choices={"mailing": {"email": True, "sms": True, "muted": True}})
    ConsentFactory(person=people[0], purpose="sms_reminders")

    numbers = queries.numbers_of(type(people[0]).objects.filter(pk__in=[one.pk for one in people]))

    assert (numbers.people, numbers.mail, numbers.sms) == (4, 1, 1)


def write_page(shift, audience="activity"):
    return reverse("notices:write", args=[audience, shift.activity.code])


def test_strangers_log_in_first_and_others_find_nothing(client, shift):
    SignUpFactory(shift=shift)
    assert client.get(write_page(shift)).status_code == 302

    for person in (UserFactory(), PostFactory().person):
        client.force_login(person)
        assert client.get(write_page(shift)).status_code == 404
        assert client.post(write_page(shift), {"step": "send"}).status_code == 404


def test_write_look_send(client, organiser, shift, django_capture_on_commit_callbacks):
    member = SignUpFactory(shift=shift, member__name="何静宜").member
    client.force_login(organiser)
    page = client.get(write_page(shift)).content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    typed = {"title": "周六集合改到东门", "body": "请带手套。", "token": token}

    preview = client.post(write_page(shift), {**typed, "step": "preview"}).content.decode()
    assert "1 人" in preview
    assert "林敏（云水社区）" in preview
    assert not Mailing.objects.exists()

    assert "请带手套。" in client.post(write_page(shift), {**typed, "step": "edit"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(write_page(shift), {**typed, "step": "send"}) for _ in range(2)]
    assert [one.url for one in answers] == [reverse("notices:mailing", args=[Mailing.objects.get().pk])] * 2
    assert Message.objects.get().recipient == member

    state = client.get(answers[0].url).content.decode()
    assert "何*" in state
    assert "何静宜" not in state
    assert str(member.phone)[-8:] not in state
    assert "周六集合改到东门" in client.get(reverse("notices:mailings")).content.decode()


def test_nothing_typed_is_lost(client, organiser, shift):
    SignUpFactory(shift=shift)
    client.force_login(organiser)

    answer = client.post(write_page(shift), {"title": "", "body": "请带手套。", "token": uuid4(), "step": "send"})

    assert answer.status_code == 422
    assert "请带手套。" in answer.content.decode()


def test_only_its_sender_sees_what_became_of_it(client, send, shift):
    SignUpFactory(shift=shift)
    mailing = send()
    client.force_login(PostFactory(area=shift.activity.area).person)

    assert client.get(reverse("notices:mailing", args=[mailing.pk])).status_code == 404


def test_the_states_cost_the_same_for_one_and_for_three(client, organiser, send, shift):
    client.force_login(organiser)

    def cost(number):
        for _ in range(number):
            member = SignUpFactory(shift=shift).member
            type(member).objects.filter(pk=member.pk).update(email=f"{member.pk}@example.cn")
        page = reverse("notices:mailing", args=[send().pk])
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert "邮件" in client.get(page).content.decode()
        return len(captured)

    assert cost(1) == cost(2)
    assert Delivery.objects.count() == 4


def test_a_mailing_given_out_again_has_its_time(send, shift):
    member = SignUpFactory(shift=shift).member
    mailing, now = send(), timezone.now()
    Mailing.objects.update(state="queued", last_person=member.pk, worked_on_at=now - actions.LOST_AFTER * 2)

    actions.hand_out_due(now=now)

    mailing.refresh_from_db()
    assert mailing.worked_on_at == now


def test_how_many_have_read_is_counted_for_each_row_alone(send, shift, organiser):
    members = [SignUpFactory(shift=shift).member for _ in range(2)]
    first, second = send(), send()
    Message.objects.filter(recipient=members[0]).update(read_at=timezone.now())
    Message.objects.filter(mailing=second).update(read_at=None)

    rows = queries.mailings_of(organiser)

    assert [(row, row.read) for row in rows] == [(second, 0), (first, 1)]
    assert "JOIN" not in str(rows.query)
