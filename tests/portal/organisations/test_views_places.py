from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.organisations.actions import merge_areas
from portal.organisations.enums import ImportState, Role
from portal.organisations.models import Area, AreaChange, PlaceImport, Post, Unit
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory, StreetFactory, UnitFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate().isoformat()


def at(name, *args):
    return reverse(f"organisations:{name}", args=args)


def said(response):
    return response.content.decode()


@pytest.fixture
def street():
    return StreetFactory(name="云水街道")


@pytest.fixture
def community(street):
    return CommunityFactory(name="东湖社区", code="DH01", above=street)


@pytest.fixture
def administrator(client, street):
    person = PostFactory(area=street, role=Role.ADMINISTRATOR).person
    client.force_login(person)
    return person


AREA_PAGES = ("area", "open_area", "change_area", "end_area", "merge_area", "split_area", "appoint_at_area")
UNIT_PAGES = ("unit", "open_branch", "change_unit", "end_unit", "appoint_at_unit")


def test_strangers_log_in_first(client, community):
    for address in (at("areas"), at("units"), at("imports"), *(at(page, community.pk) for page in AREA_PAGES)):
        assert client.get(address).status_code == 302


def test_who_holds_no_such_post_finds_nothing(client, community):
    client.force_login(PostFactory(unit_contact=True).person)
    unit = UnitFactory(area=community)

    for address in (
        *(at(page, community.pk) for page in AREA_PAGES),
        *(at(page, unit.pk) for page in UNIT_PAGES),
        at("open_unit"),
        at("imports"),
        at("empty_table", "areas"),
        at("end_post", PostFactory(area=community).pk),
    ):
        assert client.get(address).status_code == 404, address
    assert "东湖社区" not in said(client.get(at("areas")))


def test_an_organiser_sees_their_community_and_changes_nothing(client, community):
    client.force_login(PostFactory(area=community).person)

    body = said(client.get(at("area", community.pk)))
    assert "DH01" in body
    assert at("change_area", community.pk) not in body
    assert at("area", community.get_parent().pk) not in body
    for page in AREA_PAGES[1:]:
        assert client.get(at(page, community.pk)).status_code == 404


@pytest.mark.parametrize("page", AREA_PAGES)
def test_every_page_of_an_area_opens_for_its_administrator(client, administrator, community, page):
    assert client.get(at(page, community.pk)).status_code == 200


@pytest.mark.parametrize("page", UNIT_PAGES)
def test_every_page_of_a_unit_opens_for_its_administrator(client, administrator, community, page):
    assert client.get(at(page, UnitFactory(area=community).pk)).status_code == 200


def test_areas_are_found_by_name_and_code(client, administrator, community):
    CommunityFactory(name="东湖社区", code="FAR")

    assert "云水街道" in said(client.get(at("areas")))
    for words in ("东湖", "dh0"):
        body = said(client.get(at("areas"), {"q": words}))
        assert at("area", community.pk) in body
        assert "FAR" not in body
    assert "没有找到" in said(client.get(at("areas"), {"q": "北山"}))


def test_the_community_page_says_who_is_responsible(client, community):
    client.force_login(PostFactory(area=community).person)
    grid = GridFactory(above=community, name="第一网格")
    worker = PostFactory(area=grid, role=Role.GRID_WORKER, person__name="方格").person
    PostFactory(
        area=community, role=Role.COMMITTEE_MEMBER, title="副书记", ends_on=timezone.localdate().replace(year=2099)
    )

    body = said(client.get(at("area", community.pk)))

    assert f"网格员：{worker.name}" in body
    assert "副书记" in body
    assert "2099" in body
    assert "010-5550 0100" in body


def test_the_history_is_told_on_both_pages(client, administrator, community, street):
    after = CommunityFactory(name="西湖社区", above=street)
    merge_areas(areas=[community], into=after, by=None, act="云政 8 号")

    assert "并入这里" in said(client.get(at("area", after.pk)))
    body = said(client.get(at("area", community.pk)))
    assert "西湖社区" in body
    assert "停用" in body
    assert at("change_area", community.pk) not in body


def test_an_area_is_opened_changed_and_ended(client, administrator, street):
    data = {"kind": "community", "code": "X1", "name": "北山社区", "starts_on": TODAY}
    assert client.post(at("open_area", street.pk), data).status_code == 302
    area = Area.objects.get(code="X1")

    taken = client.post(at("open_area", street.pk), data)
    assert taken.status_code == 422
    assert "这个编码已经有了" in said(taken)
    client.post(at("change_area", area.pk), {"name": "南山社区", "phone": "12345"})
    client.post(at("end_area", area.pk), {"on": TODAY})

    area.refresh_from_db()
    assert (area.name, area.ends_on) == ("南山社区", timezone.localdate())


def test_merging_says_what_will_happen_first(client, administrator, community, street):
    after = CommunityFactory(name="西湖社区", above=street)
    PostFactory(area=community)

    body = said(client.get(at("merge_area", community.pk)))
    assert "现有的 1 项职责" in body
    assert "西湖社区" in body
    response = client.post(at("merge_area", community.pk), {"into": after.pk, "on": TODAY, "act": ""})

    assert response.status_code == 302
    assert AreaChange.objects.get().after == after


def test_merging_offers_only_what_one_manages(client, administrator, community):
    far = CommunityFactory()

    response = client.post(at("merge_area", community.pk), {"into": far.pk, "on": TODAY})

    assert response.status_code == 422
    assert not AreaChange.objects.exists()


def test_a_unit_is_opened_changed_and_ended(client, administrator, community):
    data = {"code": "U1", "name": "市图书馆", "kind": "institution", "area_code": "DH01", "starts_on": TODAY}
    assert client.post(at("open_unit"), data).status_code == 302
    unit = Unit.objects.get(code="U1")
    client.post(at("open_branch", unit.pk), data | {"code": "U1-1", "name": "分馆"})
    branch = Unit.objects.get(code="U1-1")
    assert branch.get_parent() == unit

    client.post(at("change_unit", branch.pk), data | {"name": "新分馆"})
    client.post(at("end_unit", branch.pk), {"on": TODAY})
    branch.refresh_from_db()
    assert (branch.name, branch.is_open) == ("新分馆", False)

    far = CommunityFactory()
    response = client.post(at("open_unit"), data | {"code": "U2", "area_code": far.code})
    assert response.status_code == 422


def test_people_are_appointed_and_posts_ended(client, administrator, community):
    person = UserFactory()
    data = {"role": "committee_member", "name": person.name, "phone": str(person.phone), "starts_on": TODAY}
    assert client.post(at("appoint_at_area", community.pk), data).status_code == 302
    post = Post.objects.get(person=person)
    assert client.post(at("appoint_at_area", community.pk), data).status_code == 422

    client.post(at("end_post", post.pk), {"ends_on": TODAY})
    post.refresh_from_db()
    assert post.ends_on == timezone.localdate()

    unit = UnitFactory(area=community)
    assert client.post(at("appoint_at_unit", unit.pk), data | {"role": "unit_contact"}).status_code == 302
    assert client.post(at("appoint_at_unit", unit.pk), data | {"role": "organiser"}).status_code == 422


def upload(client, text, kind="areas"):
    file = BytesIO(text.encode())
    file.name = "areas.csv"
    return client.post(at("imports"), {"kind": kind, "file": file}, follow=True)


def test_a_table_is_looked_at_and_then_written(client, administrator, street):
    response = upload(client, f"编码,名称,层级,上级编码\nX1,北山社区,社区,{street.code}\n")
    run = PlaceImport.objects.get()
    assert "北山社区" in said(response)
    assert not Area.objects.filter(code="X1").exists()

    assert "已全部写入" in said(client.post(at("confirm_import", run.pk), follow=True))
    assert Area.objects.filter(code="X1").exists()
    assert run.file_name in said(client.get(at("imports")))


def test_a_table_with_errors_cannot_be_confirmed(client, administrator):
    body = said(upload(client, "编码,名称,层级,上级编码\nX1,,社区,没有\n"))
    run = PlaceImport.objects.get()

    assert "第 2 行，名称" in body
    assert "确认写入" not in body
    client.post(at("confirm_import", run.pk))
    run.refresh_from_db()
    assert run.state == ImportState.WAITING
    client.post(at("drop_import", run.pk))
    run.refresh_from_db()
    assert run.state == ImportState.DROPPED


def test_what_is_no_table_is_refused_at_the_field(client, administrator):
    for text in ("a,b\n1,2\n", ""):
        response = upload(client, text)
        assert response.status_code == 422
    assert "文件是空的" in said(response)


def test_a_table_set_aside_is_not_written_from_an_old_page(client, administrator, street):
    upload(client, f"编码,名称,层级,上级编码\nX1,北山社区,社区,{street.code}\n")
    run = PlaceImport.objects.get()
    client.post(at("drop_import", run.pk))
    assert client.post(at("confirm_import", run.pk)).status_code == 302
    assert not Area.objects.filter(code="X1").exists()


def test_anothers_import_is_not_there(client, administrator, street):
    upload(client, f"编码,名称,层级,上级编码\nX1,北山社区,社区,{street.code}\n")
    run = PlaceImport.objects.get()
    client.force_login(PostFactory(area=street, role=Role.ADMINISTRATOR).person)

    assert client.get(at("import", run.pk)).status_code == 404
    assert client.post(at("confirm_import", run.pk)).status_code == 404


def test_an_empty_table_has_the_headings(client, administrator):
    assert "统一社会信用代码" in said(client.get(at("empty_table", "units")))
    assert client.get(at("empty_table", "people")).status_code == 404


def test_lists_and_pages_cost_the_same_for_many(client, administrator, community):
    unit = UnitFactory(area=community)
    addresses = (at("areas") + "?q=社区", at("units"), at("area", community.pk), at("unit", unit.pk))

    def queries():
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    GridFactory(above=community)
    PostFactory(area=community)
    UnitFactory(above=unit, area=community)
    queries()
    one = queries()
    for _ in range(2):
        PostFactory(area=GridFactory(above=community), role=Role.GRID_WORKER)
        PostFactory(area=community)
        PostFactory(unit_contact=True, unit=UnitFactory(above=unit, area=community))
        CommunityFactory(above=community.get_parent())

    assert queries() == one
