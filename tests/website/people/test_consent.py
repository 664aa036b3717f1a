from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.documents.views import serve
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories.members import UserFactory
from tests.factories.website import ConsentFactory, ConsentTextFactory, ImageFactory, PersonPageFactory, release
from website.base.models import SiteDocument
from website.people.enums import Scope
from website.people.models import Consent, ConsentPurpose

pytestmark = pytest.mark.django_db

REFUSAL = "还没有本人的公开同意书，不能发布。"
REGISTER = "wagtailsnippets_people_consent"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True, name="林管理"))
    return client


def private_folder() -> Collection:
    """Return the folder the migration made; made anew where a test has emptied the database."""
    if folder := Collection.objects.filter(name="同意书扫描件").first():
        return folder
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    folder = root.add_child(instance=Collection(name="同意书扫描件"))
    CollectionViewRestriction.objects.create(collection=folder, restriction_type="groups")
    return folder


def form(**fields: object) -> dict[str, object]:
    for scope in Scope:
        ConsentPurpose.objects.get_or_create(code=scope, defaults={"name": str(scope.label)})
    purposes = list(ConsentPurpose.objects.values_list("pk", flat=True))
    entry = {"name": "陈桂香", "text": ConsentTextFactory().pk, "purposes": purposes, "given_on": "2026-01-03"}
    return entry | {"given_by": "paper", "witness": "", "scan": "", "withdrawn_on": "", "withdrawn_by": ""} | fields


def test_living_person_without_consent_is_not_published() -> None:
    page = PersonPageFactory(live=False, consent=None)

    with pytest.raises(ValidationError, match=REFUSAL):
        release(page)

    page.refresh_from_db()
    assert not page.live


def test_living_person_with_withdrawn_consent_is_not_published() -> None:
    page = PersonPageFactory(live=False, consent=ConsentFactory(withdrawn_on=date(2026, 2, 1)))

    with pytest.raises(ValidationError, match=REFUSAL):
        release(page)


@pytest.mark.parametrize(("scope", "word"), [(Scope.PHOTO, "照片"), (Scope.HONOURS, "荣誉"), (Scope.STORY, "事迹")])
def test_what_was_not_agreed_to_is_not_shown(scope: Scope, word: str) -> None:
    consent = ConsentFactory(purposes=set(Scope) - {scope})
    page = PersonPageFactory(live=False, consent=consent, listing_image=ImageFactory())

    with pytest.raises(ValidationError, match=f"本人的同意书没有包括：{word}"):
        release(page)


def test_consent_without_photo_is_enough_for_a_page_without() -> None:
    page = PersonPageFactory(consent=ConsentFactory(purposes=set(Scope) - {Scope.PHOTO}))

    assert page.live


def test_the_dead_need_a_source_and_no_consent() -> None:
    page = PersonPageFactory(live=False, consent=None, is_living=False)
    with pytest.raises(ValidationError, match="已故人物要写明来源，才能发布。"):
        release(page)

    page.sources = "市报，1998 年 5 月"
    release(page)

    assert page.live


def test_the_family_of_the_dead_may_object() -> None:
    page = PersonPageFactory(live=False, consent=None, is_living=False, sources="市报", kin_position="objects")

    with pytest.raises(ValidationError, match="近亲属反对公开，不能发布。"):
        release(page)


def test_consent_is_not_withdrawn_before_it_is_given() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(given_on=date(2026, 2, 1), withdrawn_on=date(2026, 1, 1))


def test_the_register_notes_who_recorded_and_keeps_the_history(administrator: Client) -> None:
    assert administrator.post(reverse(f"{REGISTER}:add"), form()).status_code == 302

    consent = Consent.objects.get()
    assert consent.recorded_by is not None
    assert consent.recorded_by.name == "林管理"
    assert consent.scope == set(Scope)
    history = administrator.get(reverse(f"{REGISTER}:history", args=[consent.pk])).content.decode()
    assert "林管理" in history


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": "陈桂香 110101194912310000"}, "这里只写姓名，不要写证件号码或电话。"),
        ({"given_by": "phone"}, "电话同意的，请写明见证人。"),
        ({"given_on": "2999-01-01"}, "同意日期不能晚于今天。"),
        ({"withdrawn_on": "2025-01-01"}, "撤回日期不能早于同意日期。"),
        ({"withdrawn_on": "2999-01-01"}, "撤回日期不能晚于今天。"),
    ],
)
def test_the_register_refuses_with_a_reason(administrator: Client, fields: dict[str, str], error: str) -> None:
    response = administrator.post(reverse(f"{REGISTER}:add"), form(**fields))

    assert response.status_code == 200
    assert error in response.content.decode()
    assert not Consent.objects.exists()


def test_a_withdrawn_consent_does_not_come_back(administrator: Client) -> None:
    consent = ConsentFactory(withdrawn_on=date(2026, 3, 1))

    response = administrator.post(reverse(f"{REGISTER}:edit", args=[consent.pk]), form())

    assert "已经撤回的同意书不能恢复。" in response.content.decode()
    consent.refresh_from_db()
    assert consent.withdrawn_on


def test_withdrawal_by_the_field_takes_the_page_down(administrator: Client) -> None:
    page = PersonPageFactory()
    address = reverse(f"{REGISTER}:edit", args=[page.consent_id])

    response = administrator.post(address, form(withdrawn_on="2026-03-01", withdrawn_by="online"))

    assert response.status_code == 302
    page.refresh_from_db()
    assert not page.live


def test_withdrawal_by_the_button_takes_the_page_down(administrator: Client) -> None:
    page = PersonPageFactory(title="李守仁")
    button = reverse(f"{REGISTER}:withdraw", args=[page.consent_id])
    assert button in administrator.get(reverse(f"{REGISTER}:edit", args=[page.consent_id])).content.decode()
    assert button in administrator.get(reverse(f"{REGISTER}:list")).content.decode()
    assert "李守仁" in administrator.get(button).content.decode()

    assert "撤回日期不能晚于今天。" in administrator.post(button, {"on": "2999-01-01", "how": "paper"}).content.decode()
    response = administrator.post(button, {"on": "2026-03-01", "how": "paper"}, follow=True)

    assert "陈桂香 的同意已经撤回，1 个页面已经下线。" in response.content.decode()
    page.refresh_from_db()
    assert not page.live


def test_only_editors_withdraw(client: Client) -> None:
    client.force_login(UserFactory())
    consent = ConsentFactory()

    response = client.post(reverse(f"{REGISTER}:withdraw", args=[consent.pk]), {"on": "2026-03-01", "how": "paper"})

    assert response.status_code == 302
    consent.refresh_from_db()
    assert consent.is_open


def test_the_list_is_searched_and_filtered(administrator: Client) -> None:
    PersonPageFactory(consent=ConsentFactory(name="有页面"))
    ConsentFactory(name="没页面")
    ConsentFactory(name="撤回了", withdrawn_on=date(2026, 3, 1))

    def names(query: str) -> set[str]:
        html = administrator.get(f"{reverse(f'{REGISTER}:list')}?{query}").content.decode()
        return {name for name in ("有页面", "没页面", "撤回了") if name in html}

    assert names("q=撤回") == {"撤回了"}
    assert names("is_withdrawn=true") == {"撤回了"}
    assert names("is_withdrawn=false") == {"有页面", "没页面"}
    assert names("without_page=true") == {"没页面", "撤回了"}


def test_register_and_report_are_exported(administrator: Client) -> None:
    page = PersonPageFactory(title="李守仁")

    register = administrator.get(f"{reverse(f'{REGISTER}:list')}?export=csv")
    report = administrator.get(f"{reverse('people_report')}?export=csv")

    assert "陈桂香,1.0,姓名、事迹、照片、荣誉" in register.getvalue().decode()
    assert "李守仁" in report.getvalue().decode()
    assert page.title in administrator.get(reverse("people_report")).content.decode()


def test_a_scan_anybody_could_download_is_refused() -> None:
    folder = private_folder()
    open_to_all = Collection.get_first_root_node()
    scan = SiteDocument.objects.create(title="同意书", file=ContentFile(b"x", name="x.pdf"), collection=open_to_all)
    consent = ConsentFactory(scan=scan)

    with pytest.raises(ValidationError, match="这个文件谁都能下载。"):
        consent.full_clean()

    scan.collection = folder
    scan.save()
    consent.full_clean()


def test_nobody_downloads_a_scan_without_the_right(client: Client) -> None:
    folder = private_folder()
    scan = SiteDocument.objects.create(title="同意书", file=ContentFile(b"x", name="x.pdf"), collection=folder)

    assert client.get(scan.url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(scan.url).status_code == 302


@pytest.mark.parametrize("restriction", ["none", "login"])
def test_a_scan_stays_with_the_register_wherever_somebody_moves_it(
    restriction: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "sendfile", lambda *_args, **_kwargs: HttpResponse("x"))  # tests keep no files
    folder = Collection.get_first_root_node().add_child(name="别的文件夹")
    if restriction == "login":
        CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
    scan = SiteDocument.objects.create(title="同意书", file=ContentFile(b"x", name="x.pdf"), collection=folder)
    ConsentFactory(scan=scan)

    client.force_login(UserFactory())
    assert client.get(scan.url).status_code == 404
    editor = UserFactory()
    editor.groups.add(Group.objects.get(name="编辑"))
    client.force_login(editor)
    assert client.get(scan.url).status_code == 200


def test_words_somebody_signed_stay_as_they_are() -> None:
    text = ConsentFactory().text
    text.wording = "别的话。"

    with pytest.raises(ValidationError, match="已经有人按这个版本签过，不能再改。"):
        text.full_clean()


@pytest.mark.parametrize(("group", "status"), [("审核", 200), ("编辑", 200), ("", 302)])
def test_editors_and_reviewers_see_register_and_report(client: Client, group: str, status: int) -> None:
    user = UserFactory()
    user.groups.set(Group.objects.filter(name=group))
    client.force_login(user)
    consent = ConsentFactory()

    for name, args in (("list", []), ("edit", [consent.pk]), ("withdraw", [consent.pk])):
        assert client.get(reverse(f"{REGISTER}:{name}", args=args)).status_code == status
    for name in ("list", "add"):
        assert client.get(reverse(f"wagtailsnippets_people_consenttext:{name}")).status_code == status
    assert client.get(reverse("people_report")).status_code == status
