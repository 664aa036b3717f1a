"""A report sent more than once at the same time makes one draft page."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from portal.members.models import User
from tests.concurrency.race import race
from tests.factories.members import UserFactory
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage
from website.imports import desk
from website.imports.models import ImportDraft
from website.imports.pagemaking import Fields

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]


@pytest.fixture
def case_index(committed: None) -> CaseStudyIndexPage:
    home = Site.objects.get(is_default_site=True).root_page
    index: CaseStudyIndexPage = home.add_child(instance=CaseStudyIndexPage(title="案例", locale=Locale.get_default()))
    return index


@pytest.fixture
def draft(committed: None) -> ImportDraft:
    return ImportDraft.objects.create(
        owner=UserFactory(),
        file_name="a.txt",
        expires_at=timezone.now() + timedelta(days=1),
        reading={"text": "老人吃上了热饭。"},
    )


def save(draft: ImportDraft, case_index: Page) -> Page:
    owner: Any = User.objects.get(pk=draft.owner_id)
    parent = CaseStudyIndexPage.objects.get(pk=case_index.pk)
    fields = Fields(title="助餐点")
    return desk.save_page(draft_id=draft.pk, by=owner, parent=parent, fields=fields, blocks=[], figures=[])


def test_the_same_report_sent_six_times_at_once_makes_one_draft(draft: ImportDraft, case_index: CaseStudyIndexPage):
    pages = race(lambda _: save(draft, case_index), range(6), threads=6)

    assert len({page.pk for page in pages}) == 1
    assert CaseStudyPage.objects.count() == 1
    assert not ImportDraft.objects.get().reading


def test_without_the_lock_it_makes_two(
    draft: ImportDraft, case_index: CaseStudyIndexPage, monkeypatch: pytest.MonkeyPatch
):
    # The control: each works with the row as it was before the other had saved.
    as_it_was = [ImportDraft.objects.get(pk=draft.pk) for _ in range(2)]
    monkeypatch.setattr(desk, "_locked", lambda draft_id, *, owner: as_it_was.pop())

    assert save(draft, case_index).pk != save(draft, case_index).pk
