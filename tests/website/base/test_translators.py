import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object
from wagtail_localize.strings import StringValue

from tests.factories.members import UserFactory
from tests.factories.website import ContentPageFactory, home_page
from website.base.translators import CharacterTranslator
from website.pages.models import ContentPage

pytestmark = pytest.mark.django_db


def locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def test_characters_change_and_mark_up_stays() -> None:
    source = StringValue('社区<a id="a1" title="软件">服务</a> &amp; 软件')

    translated = CharacterTranslator({}).translate(locale("zh-hans"), locale("zh-hant"), [source])

    assert translated[source].data == '社區<a id="a1" title="软件">服務</a> &amp; 軟件'


@pytest.mark.parametrize(
    ("source", "target", "can"),
    [("zh-hans", "zh-hant", True), ("zh-hant", "zh-hans", True), ("zh-hans", "en", False), ("en", "zh-hant", False)],
)
def test_only_the_two_ways_to_write_chinese(source: str, target: str, can: bool) -> None:
    assert CharacterTranslator({}).can_translate(locale(source), locale(target)) is can


def test_an_editor_has_a_page_written_in_traditional_characters(client: Client) -> None:
    traditional = locale("zh-hant")
    page = ContentPageFactory(title="关于本站", body=[("paragraph", "<p>本站由<b>社区</b>办。</p>")])
    for each in (home_page(), page):
        translate_object(each, [traditional])
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=traditional)
    client.force_login(UserFactory(is_superuser=True))

    client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]), {"next": "/cms/"})
    translation.save_target(publish=True)

    written = ContentPage.objects.get(locale=traditional)
    assert written.title == "關於本站"
    assert "社區</b>辦" in str(written.body)
