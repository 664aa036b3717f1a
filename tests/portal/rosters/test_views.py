"""The contact's pages: whose they are, what they show, and that nothing typed is lost."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.members.models import RosterEntry
from portal.rosters.enums import ImportState
from portal.rosters.models import FilePart, RosterImport
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.factories.rosters import import_begun, import_done
from tests.portal.rosters.sheets import HEADER, PEOPLE, csv_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostFactory(unit_contact=True)


@pytest.fixture
def contact(client, post):
    client.force_login(post.person)
    return client


def upload(client, unit, content, name="名册.csv"):
    address = reverse("rosters:upload", args=[unit.code])
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def test_strangers_are_asked_to_log_in(client, post):
    for name in ("roster", "add", "upload"):
        response = client.get(reverse(f"rosters:{name}", args=[post.unit.code]))
        assert response["Location"].startswith("/account/")


def test_another_units_roster_is_not_there(contact):
    entry, other = RosterEntryFactory(), PostFactory(unit_contact=True)
    run = import_begun(unit=other.unit, by=other.person, content=csv_of([HEADER, *PEOPLE]))

    for name in ("roster", "add", "upload"):
        assert contact.get(reverse(f"rosters:{name}", args=[entry.unit.code])).status_code == 404
    for name in ("correct", "left"):
        assert contact.get(reverse(f"rosters:{name}", args=[entry.pk])).status_code == 404
    for name in ("run", "progress", "errors"):
        assert contact.get(reverse(f"rosters:{name}", args=[run.pk])).status_code == 404
    for name in ("columns", "confirm", "discard", "undo"):
        assert contact.post(reverse(f"rosters:{name}", args=[run.pk])).status_code == 404


def test_a_file_that_waits_is_its_owners_alone_and_a_done_one_the_contacts(contact, post):
    colleague = PostFactory(unit_contact=True, unit=post.unit).person
    run = import_begun(unit=post.unit, by=colleague, content=csv_of([HEADER, *PEOPLE]))
    assert contact.get(reverse("rosters:run", args=[run.pk])).status_code == 404

    done = import_done(unit=post.unit, by=colleague, content=csv_of([HEADER, *PEOPLE]))
    assert contact.get(reverse("rosters:run", args=[done.pk])).status_code == 200
    assert contact.get(reverse("rosters:errors", args=[done.pk])).status_code == 404


def test_only_who_uploaded_a_file_is_led_to_its_errors(client, contact, post):
    colleague = PostFactory(unit_contact=True, unit=post.unit).person
    content = csv_of([HEADER, PEOPLE[0], ("李四", "123", "", "")])
    run = import_done(unit=post.unit, by=post.person, content=content, skips_errors=True)
    page, errors = (reverse(f"rosters:{name}", args=[run.pk]) for name in ("run", "errors"))
    assert errors in contact.get(page).content.decode()
    assert contact.get(errors).status_code == 200

    client.force_login(colleague)
    shown = client.get(page).content.decode()

    assert errors not in shown
    assert "只有上传的人能下载" in shown
    assert client.get(errors).status_code == 404


def test_a_file_is_shown_confirmed_and_undone(contact, post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(contact, post.unit, csv_of([HEADER, *PEOPLE]))
    run = RosterImport.objects.get()
    assert response["Location"] == reverse("rosters:run", args=[run.pk])
    page = contact.get(response["Location"]).content.decode()
    assert 'value="2-0-0-0"' in page
    assert not RosterEntry.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        contact.post(reverse("rosters:confirm", args=[run.pk]), {"shown": "2-0-0-0"})
    run.refresh_from_db()
    assert (run.state, RosterEntry.objects.count()) == (ImportState.DONE, 2)
    assert not FilePart.objects.exists()

    contact.post(reverse("rosters:undo", args=[run.pk]))
    assert not RosterEntry.objects.exists()
    assert "已撤销" in contact.get(reverse("rosters:run", args=[run.pk])).content.decode()


def test_progress_is_shown_to_whoever_comes_back_and_ends_with_a_new_page(contact, post):
    upload(contact, post.unit, csv_of([HEADER, *PEOPLE]))  # the worker has not begun
    run = RosterImport.objects.get()

    page = contact.get(reverse("rosters:run", args=[run.pk])).content.decode()
    assert "<progress" in page
    assert 'http-equiv="refresh"' in page
    assert "正在核对" in contact.get(reverse("rosters:progress", args=[run.pk])).content.decode()

    RosterImport.objects.update(state=ImportState.READY)
    assert contact.get(reverse("rosters:progress", args=[run.pk]))["HX-Refresh"] == "true"


def test_a_branch_that_has_ended_says_so_and_offers_no_upload(contact, post):
    branch = UnitFactory(above=post.unit)
    run = import_begun(unit=branch, by=post.person, content=csv_of([HEADER, *PEOPLE]))
    branch.ends_on = timezone.localdate()
    branch.save()
    RosterImport.objects.update(state=ImportState.FAILED)
    address, said = reverse("rosters:upload", args=[branch.code]), "已经停用"

    for answer in (contact.get(address, follow=True), contact.post(address, {}, follow=True)):
        page = answer.content.decode()
        assert answer.redirect_chain == [(reverse("rosters:roster", args=[branch.code]), 302)]
        assert said in page
        assert address not in page
    page = contact.get(reverse("rosters:run", args=[run.pk])).content.decode()
    assert said in page
    assert address not in page
    assert "再试一次" not in page


def test_what_is_no_table_is_refused_at_its_field(contact, post):
    response = upload(contact, post.unit, b"%PDF-1.7", "名册.pdf")

    assert response.status_code == 422
    assert "不是表格文件" in response.content.decode()
    assert not RosterImport.objects.exists()


def test_errors_are_shown_and_the_rest_goes_in_only_when_asked(contact, post, django_capture_on_commit_callbacks):
    run = import_begun(unit=post.unit, by=post.person, content=csv_of([HEADER, PEOPLE[0], ("李四", "123", "", "")]))
    address = reverse("rosters:confirm", args=[run.pk])
    assert "第 3 行 · 手机号" in contact.get(reverse("rosters:run", args=[run.pk])).content.decode()

    refused = contact.post(address, {"shown": "1-0-0-0"})
    assert refused.status_code == 422
    assert not RosterEntry.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        contact.post(address, {"shown": "1-0-0-0", "skips_errors": "on"})
    assert RosterEntry.objects.get().name == "张三"
    assert contact.get(reverse("rosters:errors", args=[run.pk])).status_code == 200


def test_the_copy_says_what_is_wrong_and_runs_no_formula(contact, post):
    rows = [HEADER, PEOPLE[0], ("李四", "123", "=1+1", "")]
    run = import_begun(unit=post.unit, by=post.person, content=csv_of(rows))

    response = contact.get(reverse("rosters:errors", args=[run.pk]))

    sheet = load_workbook(BytesIO(response.content)).active
    found = list(sheet.iter_rows(values_only=True))
    assert found[0][-1] == "错误"
    assert found[1][-1] is None
    assert "手机号" in found[2][-1]
    assert sheet["C3"].data_type == "s"
    assert response["Cache-Control"] == "no-store"


def test_columns_can_be_told(contact, post, django_capture_on_commit_callbacks):
    run = import_begun(unit=post.unit, by=post.person, content=csv_of([("谁", "怎么找"), ("张三", "13700000001")]))
    assert "没有认出表头" in contact.get(reverse("rosters:run", args=[run.pk])).content.decode()
    address = reverse("rosters:columns", args=[run.pk])

    twice = contact.post(address, {"name": "0", "phone": "0", "heading_row": "1"})
    assert twice.status_code == 422

    with django_capture_on_commit_callbacks(execute=True):
        contact.post(address, {"name": "0", "phone": "1", "heading_row": "1"})
    run.refresh_from_db()
    assert (run.state, run.report["new"], run.columns) == (ImportState.READY, 1, {"name": 0, "phone": 1})


def test_a_file_without_a_header_can_be_told_so(contact, post, django_capture_on_commit_callbacks):
    run = import_begun(unit=post.unit, by=post.person, content=csv_of(PEOPLE))

    with django_capture_on_commit_callbacks(execute=True):
        contact.post(reverse("rosters:columns", args=[run.pk]), {"name": "0", "phone": "1", "heading_row": "0"})

    run.refresh_from_db()
    assert run.report["new"] == 2


def test_discarding_erases_the_file(contact, post):
    run = import_begun(unit=post.unit, by=post.person, content=csv_of([HEADER, *PEOPLE]))

    contact.post(reverse("rosters:discard", args=[run.pk]))

    assert not FilePart.objects.exists()
    assert contact.get(reverse("rosters:run", args=[run.pk])).status_code == 404


def test_one_person_is_added_by_hand_and_a_taken_phone_keeps_what_was_typed(contact, post):
    address = reverse("rosters:add", args=[post.unit.code])
    typed = {"name": "王 五", "phone": "１３９ 0000 0005", "branch": "第三支部"}

    contact.post(address, typed)
    entry = RosterEntry.objects.get()
    assert (entry.name, str(entry.phone), entry.branch) == ("王五", "+8613900000005", "第三支部")

    again = contact.post(address, typed)
    assert again.status_code == 422
    assert "第三支部" in again.content.decode()
    assert RosterEntry.objects.count() == 1


def test_a_correction_never_shows_the_phone_whole(contact, post):
    entry = RosterEntryFactory(unit=post.unit, phone="+8613912345678")
    address = reverse("rosters:correct", args=[entry.pk])

    page = contact.get(address).content.decode()
    assert "13912345678" not in page
    assert "139****5678" in page

    contact.post(address, {"name": "张珊", "phone": "", "employee_number": "A9"})
    entry.refresh_from_db()
    assert (entry.name, str(entry.phone), entry.employee_number) == ("张珊", "+8613912345678", "A9")


def test_taking_off_asks_first_and_tells_the_person(contact, post):
    home = HomeMembershipFactory(unit=post.unit)
    entry = RosterEntryFactory(unit=post.unit, person=home.person, phone=home.person.phone)
    address = reverse("rosters:left", args=[entry.pk])

    assert "会收到通知" in contact.get(address).content.decode()
    contact.post(address)

    entry.refresh_from_db()
    home.refresh_from_db()
    assert entry.left_on
    assert home.ends_on
    assert home.person.inbox_messages.count() == 1


def test_the_roster_is_narrowed_by_name_and_state(contact, post):
    RosterEntryFactory(unit=post.unit, name="未来的人")
    RosterEntryFactory(unit=post.unit, name="来过的人", person=UserFactory())
    RosterEntryFactory(unit=post.unit, name="走了的人", left_on="2026-01-01")
    address = reverse("rosters:roster", args=[post.unit.code])

    def names(query):
        page = contact.get(address + query).content.decode()
        return [name for name in ("未来的人", "来过的人", "走了的人") if name in page]

    assert names("") == ["未来的人", "来过的人"]
    assert names("?listing=met") == ["来过的人"]
    assert names("?listing=awaited") == ["未来的人"]
    assert names("?listing=left") == ["走了的人"]
    assert names("?q=未来") == ["未来的人"]


def test_a_longer_roster_costs_no_more_queries(contact, post):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            contact.get(reverse("rosters:roster", args=[post.unit.code]))
        return len(captured)

    RosterEntryFactory(unit=post.unit)
    queries()
    one = queries()
    RosterEntryFactory.create_batch(3, unit=post.unit)
    assert queries() == one
