"""One of every thing at the editors' desk that an address can name."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    Task,
    UploadedFile,
    Workflow,
    WorkflowPage,
)
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from portal.members.models import User
from tests.access.roles import Role
from tests.factories import website as make
from tests.factories.annual_reports import ReportingYearFactory
from tests.factories.services_at import ServiceAudienceFactory
from website.base.models import SiteDocument, SiteImage
from website.feedback.models import Feedback
from website.imports.models import ImportDraft
from website.navigation.models import Banner
from website.people.models import ConsentPurpose
from website.service_lists.models import ImportRun


def desk_things(who: dict[Role, User]) -> SimpleNamespace:
    """Return what stands at the desk; what belongs to a person there belongs to the editor."""
    editor = who[Role.EDITOR]
    live = make.ContentPageFactory(title="关于本站", slug="about")
    live.save_revision(user=editor).publish()
    return SimpleNamespace(
        live=live,
        service=make.ServicePageFactory(),
        consent=make.ConsentFactory(),
        objection=make.ObjectionFactory(),
        **_review(editor),
        **_files(editor),
        **_snippets(),
        **_translation(live),
        **_lists(editor),
        user=who[Role.RESIDENT],
        group=Group.objects.get(name="编辑"),
        site=Site.objects.get(is_default_site=True),
        redirect=Redirect.objects.create(old_path="/old", redirect_link="/about/"),
        query=Query.objects.create(query_string="助餐"),
        session=EditingSession.objects.create(user=editor, content_object=live, last_seen_at=timezone.now()),
        restriction=PageViewRestriction.objects.create(
            page=make.ContentPageFactory(title="内部资料", slug="inner"), restriction_type="password", password="向阳花"
        ),
        year=ReportingYearFactory(),
    )


def _review(editor: User) -> dict[str, Any]:
    draft = make.ContentPageFactory(title="还没有发布", slug="draft", live=False, owner=editor)
    draft.save_revision(user=editor)
    workflow = Workflow.objects.get(active=True)
    state = workflow.start(draft, editor)
    return {
        "draft": draft,
        "revision": draft.latest_revision,
        "workflow": workflow,
        "workflow_page": WorkflowPage.objects.filter(workflow=workflow).first(),
        "workflow_state": state,
        "task_state": state.current_task_state,
        "task": Task.objects.order_by("pk").first(),
    }


def _files(editor: User) -> dict[str, Any]:
    inner = Collection.get_first_root_node().add_child(instance=Collection(name="内部"))
    document = SiteDocument.objects.create(title="名单", collection=inner, file=ContentFile(b"one", name="list.txt"))
    return {
        "collection": inner,
        "document": document,
        "image": make.ImageFactory(collection=inner),
        "collection_restriction": CollectionViewRestriction.objects.create(
            collection=inner, restriction_type="password", password="向阳花"
        ),
        "uploaded_image": _upload(editor, SiteImage),
        "uploaded_document": _upload(editor, SiteDocument),
    }


def _upload(editor: User, model: type) -> UploadedFile:
    return UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(model),
        uploaded_by_user=editor,
        file=ContentFile(b"one", name="waits.txt"),
    )


def _snippets() -> dict[str, Any]:
    locale = make.source_locale()
    return {
        "topic": make.TopicFactory(),
        "category": make.ServiceCategoryFactory(),
        "audience": ServiceAudienceFactory(),
        "consent_text": make.ConsentTextFactory(version="2.0"),
        "purpose": ConsentPurpose.objects.get_or_create(code="name", defaults={"name": "姓名"})[0],
        "banner": Banner.objects.create(text="停水通知", locale=locale, ends_at=timezone.now() + timedelta(days=1)),
        "feedback": Feedback.objects.create(is_useful=True, text="很清楚。"),
    }


def _translation(page: Page) -> dict[str, Any]:
    english = Locale.objects.get_or_create(language_code="en")[0]
    source, _made = TranslationSource.update_or_create_from_instance(page)
    make.home_page().copy_for_translation(english)
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target()
    return {
        "english": english,
        "translation_source": source,
        "translation": translation,
        "string": StringSegment.objects.filter(source=source).first(),
    }


def _lists(editor: User) -> dict[str, Any]:
    return {
        "run": ImportRun.objects.create(file_name="清单.xlsx", started_by=editor),
        "import_draft": ImportDraft.objects.create(
            owner=editor, file_name="案例.docx", expires_at=timezone.now() + timedelta(days=1)
        ),
    }
