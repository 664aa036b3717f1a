"""More report-ins than are answered at once: the worker's, to the end, however often it is stopped."""

import uuid
from datetime import timedelta

import pytest
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone

from portal.notices.models import Message
from portal.report_in import actions
from portal.report_in.actions.in_background import LOST_AFTER, accept_chosen
from portal.report_in.enums import BulkAnswerState, ReportInState
from portal.report_in.models import BulkAnswer, MemberReportIn
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.report_in.steps import logged, titles_to

pytestmark = pytest.mark.django_db

INBOX = reverse("report_in:inbox")
ACCEPT_MANY = reverse("report_in:accept_many")


def page(name, answer):
    return reverse(f"report_in:{name}", args=[answer.pk])


@pytest.fixture(autouse=True)
def _few_are_many(settings):
    settings.ACCEPT_AT_ONCE = 2


@pytest.fixture
def organiser(client):
    post = PostFactory()
    client.force_login(post.person)
    return post


@pytest.fixture
def waiting(organiser):
    return MemberReportInFactory.create_batch(5, area=organiser.area)


@pytest.fixture
def sent(client, waiting):
    return {"chosen": [one.pk for one in waiting], "token": str(uuid.uuid4())}


@pytest.fixture
def answer(organiser, waiting):
    return actions.begin_accepting(chosen=[one.pk for one in waiting], token=uuid.uuid4(), by=organiser.person)


@pytest.fixture
def stop_after():
    """Let the worker die, as by a kill or by an error, once it has received so many."""
    receivers = []

    def stop(number, error):
        def die(instance, **kwargs):
            accepted = MemberReportIn.objects.filter(state=ReportInState.ACCEPTED).count()
            if instance.state == ReportInState.ACCEPTED and accepted > number:
                raise error

        receivers.append(die)
        post_save.connect(die, sender=MemberReportIn)

    def go_on():
        for receiver in receivers:
            post_save.disconnect(receiver, sender=MemberReportIn)

    stop.go_on = go_on
    yield stop
    go_on()


def told_once(waiting):
    return [len(titles_to(one.person)) for one in waiting] == [1] * len(waiting)


def test_many_are_left_to_the_worker_and_its_page_tells(client, waiting, sent, django_capture_on_commit_callbacks):
    response = client.post(ACCEPT_MANY, sent)

    answer = BulkAnswer.objects.get()
    assert response.url == page("bulk_answer", answer)
    body = client.get(response.url).content.decode()
    assert "已处理 0 人，共 5 人" in body
    assert 'http-equiv="refresh"' in body
    assert page("bulk_answer", answer) in client.get(INBOX).content.decode()
    assert "已处理 0 人" in client.get(page("bulk_answer_progress", answer)).content.decode()

    accept_chosen.call(answer.pk)

    assert "已确认 5 人" in client.get(response.url).content.decode()
    assert "HX-Refresh" in client.get(page("bulk_answer_progress", answer)).headers
    assert page("bulk_answer", answer) not in client.get(INBOX).content.decode()
    assert told_once(waiting)
    assert titles_to(answer.asker) == ["批量确认办完了：已确认 5 人。"]


def test_the_worker_is_told_once_it_is_certain(client, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ACCEPT_MANY, sent)

    assert BulkAnswer.objects.get().state == BulkAnswerState.DONE


def test_few_are_received_at_once(client, waiting):
    assert "已确认 2 人" in client.post(ACCEPT_MANY, {"chosen": [one.pk for one in waiting[:2]]}).content.decode()
    assert not BulkAnswer.objects.exists()


def test_a_double_click_is_one_answer(client, sent, waiting):
    first, second = client.post(ACCEPT_MANY, sent), client.post(ACCEPT_MANY, sent)
    assert first.url == second.url
    accept_chosen.call(BulkAnswer.objects.get().pk)

    assert client.post(ACCEPT_MANY, sent).url == first.url
    assert BulkAnswer.objects.count() == 1


def test_a_form_without_a_sound_token_is_taken(client, sent):
    assert client.post(ACCEPT_MANY, sent | {"token": "x"}).status_code == 302


def test_a_worker_killed_halfway_goes_on_and_tells_each_once(answer, waiting, stop_after):
    stop_after(2, KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        accept_chosen.call(answer.pk)
    answer.refresh_from_db()
    assert (answer.state, answer.progress, answer.accepted) == (BulkAnswerState.RUNNING, 2, 2)
    stop_after.go_on()

    assert actions.hand_out_lost(now=timezone.now()) == 0  # it may still be at work
    assert actions.hand_out_lost(now=timezone.now() + LOST_AFTER + timedelta(seconds=1)) == 1

    answer.refresh_from_db()
    assert (answer.state, answer.progress, answer.accepted) == (BulkAnswerState.DONE, 5, 5)
    assert told_once(waiting)
    assert logged().count("report_in.memberreportin.accepted") == 5


def test_what_failed_is_taken_up_again(client, answer, waiting, stop_after, django_capture_on_commit_callbacks):
    stop_after(3, RuntimeError)
    with pytest.raises(RuntimeError):
        accept_chosen.call(answer.pk)
    assert "只处理到第 3 人" in client.get(page("bulk_answer", answer)).content.decode()
    assert page("bulk_answer", answer) in client.get(INBOX).content.decode()
    stop_after.go_on()

    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(page("bulk_answer_again", answer))

    assert "已确认 5 人" in client.get(page("bulk_answer", answer)).content.decode()
    assert told_once(waiting)
    assert [line for line in logged() if ".bulkanswer." in line] == [
        f"report_in.bulkanswer.{step}" for step in ("begun", "failed", "running", "done")
    ]


def test_told_twice_it_works_once(answer, waiting):
    for _time in range(2):
        accept_chosen.call(answer.pk)

    assert told_once(waiting)
    assert Message.objects.filter(recipient=answer.asker).count() == 1


def test_who_cannot_be_received_is_named_with_the_reason(client, answer, waiting):
    actions.withdraw(report_in=waiting[0], by=waiting[0].person)

    accept_chosen.call(answer.pk)

    body = client.get(page("bulk_answer", answer)).content.decode()
    assert "已确认 4 人" in body
    assert "1 人没有确认成" in body
    assert waiting[0].person.name in body
    answer.refresh_from_db()
    assert list(answer.refused.values()) == [[waiting[0].pk]]


def test_whoever_loses_the_post_receives_nobody_more(answer, organiser, waiting):
    organiser.ends_on = timezone.localdate() - timedelta(days=1)
    organiser.starts_on = organiser.ends_on - timedelta(days=9)
    organiser.save()

    accept_chosen.call(answer.pk)

    answer.refresh_from_db()
    assert (answer.accepted, answer.state) == (0, BulkAnswerState.DONE)
    assert not MemberReportIn.objects.filter(state=ReportInState.ACCEPTED).exists()


def test_ones_own_and_others_are_never_chosen(client, organiser, waiting, sent):
    own = MemberReportInFactory(area=organiser.area, person=organiser.person)
    foreign = MemberReportInFactory()

    client.post(ACCEPT_MANY, sent | {"chosen": [*sent["chosen"], own.pk, foreign.pk]})

    assert BulkAnswer.objects.get().chosen == [one.pk for one in waiting]


def test_only_the_asker_sees_it(client, answer):
    pages = [("get", "bulk_answer"), ("get", "bulk_answer_progress"), ("post", "bulk_answer_again")]
    assert client.get(page("bulk_answer", answer)).status_code == 200
    assert client.get(page("bulk_answer_again", answer)).status_code == 405

    client.force_login(UserFactory())
    assert [getattr(client, how)(page(name, answer)).status_code for how, name in pages] == [404] * 3

    client.logout()
    assert [getattr(client, how)(page(name, answer)).status_code for how, name in pages] == [302] * 3


def test_the_names_of_the_refused_cost_one_query(client, answer, waiting, django_assert_max_num_queries):
    def queries(number):
        answer.state, answer.refused = BulkAnswerState.DONE, {"x": [one.pk for one in waiting[:number]]}
        answer.save()
        with django_assert_max_num_queries(60) as captured:
            client.get(page("bulk_answer", answer))
        return len(captured)

    queries(1)
    assert queries(1) == queries(3)


def test_one_that_always_breaks_keeps_nobody_back_after_the_second_time(client, answer, waiting, stop_after):
    def die(instance, **kwargs):
        if instance.pk == waiting[1].pk:
            raise RuntimeError

    post_save.connect(die, sender=MemberReportIn)
    try:
        with pytest.raises(RuntimeError):
            accept_chosen.call(answer.pk)
        actions.go_on_accepting(answer=answer, by=answer.asker)
        accept_chosen.call(answer.pk)
    finally:
        post_save.disconnect(die, sender=MemberReportIn)

    answer.refresh_from_db()
    assert (answer.state, answer.accepted) == (BulkAnswerState.DONE, 4)
    assert list(answer.refused.values()) == [[waiting[1].pk]]
    assert "请打开它单独确认" in client.get(page("bulk_answer", answer)).content.decode()


def test_the_lists_of_keys_are_read_once_for_each(answer, waiting, django_assert_max_num_queries):
    with django_assert_max_num_queries(500) as captured:
        accept_chosen.call(answer.pk)

    reads = [one for one in captured if '"chosen"' in one["sql"] and one["sql"].startswith("SELECT")]
    assert len(reads) == len(waiting) + 1  # and once to see that there are no more
