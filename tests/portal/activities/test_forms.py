"""What organisers type is read kindly, and refused in ordinary words."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.models import Activity
from tests.factories.activities import ActivityFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.test_views_organisers import FORM, shift_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client):
    held = PostFactory()
    client.force_login(held.person)
    return held


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0600-881 2569", "0600-881 2569"),
        ("+86 (10) 5550-0100", "+86 (10) 5550-0100"),
        ("（０１０）５５５００１００", "(010)55500100"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_a_phone_that_can_be_dialled_is_kept(client, post, typed, kept):
    client.post(reverse("activities:create"), {**FORM, "contact_phone": typed})

    assert Activity.objects.get().contact_phone == kept


@pytest.mark.parametrize("typed", ["123", "22345", "555 010", "问王敏", "1" * 21, "010-5550010a", "010+55500100"])
def test_a_phone_nobody_can_dial_is_refused(client, post, typed):
    page = client.post(reverse("activities:create"), {**FORM, "contact_phone": typed})

    assertContains(page, "请写能打通的电话", status_code=422)
    assertContains(page, f'value="{typed}"', status_code=422)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("create", {}, ["请填写名称。"]),
        ("cancel", {}, ["请写明取消的原因。"]),
        ("add_shift", {}, ["请填写开始时间。", "请填写结束时间。", "请填写名额。"]),
        ("add_shift", shift_form(starts_at="明天", ends_at="后天", capacity="几个"), ["没有写对", "名额请写整数。"]),
        ("add_shift", shift_form(capacity=-1), ["至少要有一个名额。"]),
        ("add_shift", shift_form(capacity=10**30), ["名额太多了"]),
    ],
)
def test_errors_are_said_in_ordinary_words(client, post, name, typed, said):
    activity = ActivityFactory(area=post.area, draft=True)
    url = reverse("activities:create") if name == "create" else reverse(f"activities:{name}", args=[activity.code])

    page = client.post(url, typed)

    for words in (*said, "<title>错误：", "autofocus"):
        assertContains(page, words, status_code=422)
    for words in ("必需", "必填", "确保", "有效"):
        assertNotContains(page, words, status_code=422)
