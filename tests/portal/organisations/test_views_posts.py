from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.organisations.models import Post
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory

pytestmark = pytest.mark.django_db

MINE = reverse("organisations:my_posts")


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def post(client):
    post = PostFactory()
    client.force_login(post.person)
    return post


def hand_on(client, post, to, **changed):
    data = {"name": to.name, "phone": str(to.phone), "starts_on": day(), "ends_on": day(5), **changed}
    return client.post(reverse("organisations:delegate", args=[post.pk]), data)


def test_strangers_log_in_first(client):
    assert client.get(MINE).status_code == 302
    assert client.get(reverse("organisations:delegate", args=[1])).status_code == 302


def test_a_holder_hands_on_and_takes_back(client, post):
    to = UserFactory()
    assert client.get(reverse("organisations:delegate", args=[post.pk])).status_code == 200

    assert hand_on(client, post, to).status_code == 302
    delegation = Post.objects.get(person=to)
    body = client.get(MINE).content.decode()
    assert f"已委托给{to.name}" in body

    client.post(reverse("organisations:revoke", args=[delegation.pk]))
    assert "收回委托" not in client.get(MINE).content.decode()


def test_a_stand_in_sees_whose_post_it_is_and_cannot_hand_it_on(client, post):
    to = UserFactory()
    hand_on(client, post, to)
    delegation = Post.objects.get(person=to)
    client.force_login(to)

    assert f"受{post.person.name}委托" in client.get(MINE).content.decode()
    assert client.get(reverse("organisations:delegate", args=[delegation.pk])).status_code == 404
    assert client.post(reverse("organisations:revoke", args=[delegation.pk])).status_code == 404


def test_a_name_or_a_phone_alone_finds_nobody(client, post):
    response = hand_on(client, post, UserFactory(), name="别人")

    assert response.status_code == 422
    assert "没有找到姓名和手机号都对得上的账号" in response.content.decode()
    assert Post.objects.count() == 1


def test_a_refusal_keeps_what_was_typed(client, post):
    response = hand_on(client, post, UserFactory(), ends_on=day())

    assert response.status_code == 422
    assert "委托要从今天或以后开始" in response.content.decode()
    assert day().isoformat() in response.content.decode()


def test_anothers_post_is_not_there(client, post):
    other = PostFactory()

    assert client.get(reverse("organisations:delegate", args=[other.pk])).status_code == 404


def test_ones_posts_cost_the_same_for_many(client, post, django_assert_max_num_queries):
    client.get(MINE)
    PostFactory.create_batch(3, person=post.person)

    with django_assert_max_num_queries(14):
        client.get(MINE)
