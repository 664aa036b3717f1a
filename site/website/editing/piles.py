"""What waits for somebody at the desk, pile by pile: counted on the start page, listed on a page of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page, Revision, TaskState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from website.base.models import SiteImage
from website.editing import queries
from website.feedback.queries import waiting
from website.notices.queries import unanswered, without_result
from website.services.queries import stale

# Whoever is logged in; the user model is the other half's.
Actor = Any
Rows = Sequence[Any] | QuerySet[Any]


@dataclass(frozen=True)
class Line:
    """One thing in a pile: what it is called, where it is dealt with, and a word about it."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Pile:
    """A kind of thing that waits. ``key`` is its address; ``rows`` finds what ``line`` shows."""

    key: str
    title: Promise
    hint: Promise
    icon: str
    rows: Callable[[Actor], Rows]
    line: Callable[[Any], Line]
    is_for: Callable[[Actor], bool] = lambda _user: True

    def count(self, user: Actor) -> int:
        rows = self.rows(user)
        return rows.count() if isinstance(rows, QuerySet) else len(rows)

    @property
    def url(self) -> str:
        return reverse("editing:pile", args=[self.key])


def drafts(user: Actor) -> "QuerySet[Page]":
    """Return the pages with changes not yet published that ``user`` made last."""
    mine = Page.objects.filter(has_unpublished_changes=True, latest_revision__user=user)
    return mine.filter(_editable(user)).order_by("-latest_revision_created_at", "-pk")


def to_review(user: Actor) -> "QuerySet[TaskState]":
    states = TaskState.objects.reviewable_by(user)
    return states.select_related("revision", "task", "workflow_state__requested_by").order_by("started_at")


def scheduled(user: Actor) -> "QuerySet[Revision]":
    """Return what will go out by itself, of the pages ``user`` may change or publish."""
    allowed = PagePermissionPolicy().instances_user_has_any_permission_for(user, ["change", "publish"])
    ids = allowed.order_by().values_list(Cast("pk", CharField()))  # as revisions write them
    ahead = Revision.page_revisions.filter(approved_go_live_at__gt=timezone.now(), object_id__in=ids)
    return ahead.order_by("approved_go_live_at", "pk")


def remarked(user: Actor) -> "QuerySet[Page]":
    return queries.with_remarks().filter(_editable(user)).select_related("remark_count")


def pictures(_user: Actor) -> Rows:
    return queries.pictures_without_words()


def stale_services(user: Actor) -> Rows:
    return stale(on=timezone.localdate()).filter(_editable(user))


def notices_without_result(user: Actor) -> Rows:
    return without_result().filter(_editable(user))


def objections(_user: Actor) -> Rows:
    return unanswered()


def readers_words(_user: Actor) -> Rows:
    return waiting().select_related("page")


def _may_change_pictures(user: Actor) -> bool:
    return bool(policy_registry.get_by_type(SiteImage).user_has_permission(user, "change"))


def _editable(user: Actor) -> Q:
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return Q(pk__in=allowed.order_by().values("pk"))


def _page_line(page: Page, note: str = "") -> Line:
    return Line(page.get_admin_display_title(), reverse("wagtailadmin_pages:edit", args=[page.pk]), note)


def _draft_line(page: Page) -> Line:
    return _page_line(page, _("已发布，有新的修改") if page.live else _("还没有发布"))


def _review_line(state: TaskState) -> Line:
    asked_by = state.workflow_state.requested_by
    note = _("%(step)s · %(name)s 提交") % {"step": state.task.name, "name": asked_by or _("有人")}
    return Line(
        str(state.revision.object_str), reverse("wagtailadmin_pages:edit", args=[state.revision.object_id]), note
    )


def _scheduled_line(revision: Revision) -> Line:
    at = date_format(timezone.localtime(revision.approved_go_live_at), "DATETIME_FORMAT")
    url = reverse("wagtailadmin_pages:edit", args=[revision.object_id])
    return Line(str(revision.object_str), url, _("%(at)s 发布") % {"at": at})


def _remarked_line(page: Page) -> Line:
    count = page.remark_count.remarks
    return _page_line(page, ngettext("%(count)d 处提醒", "%(count)d 处提醒", count) % {"count": count})


def _stale_line(page: Any) -> Line:
    return _page_line(page, _("该在 %(day)s 前核对") % {"day": date_format(page.review_by)})


def _result_line(page: Any) -> Line:
    return _page_line(page, _("%(day)s 结束，还没有写结果") % {"day": date_format(page.ends_on)})


def _objection_line(objection: Any) -> Line:
    """Name the notice and the number: who objects, and why, stands where only those with the right look."""
    url = reverse("wagtailsnippets_public_notices_objection:edit", args=[objection.pk])
    note = _("%(number)s · %(day)s 收到") % {"number": objection.number, "day": _day(objection.received_at)}
    return Line(objection.notice.title, url, note)


def _feedback_line(feedback: Any) -> Line:
    url = reverse("reader_feedback:edit", args=[feedback.pk])
    return Line(feedback.about, url, _("%(day)s 收到") % {"day": _day(feedback.created_at)})


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment))


def _picture_line(picture: Any) -> Line:
    return Line(picture.title, reverse("wagtailimages:edit", args=[picture.pk]))


PILES: tuple[Pile, ...] = (
    Pile(
        "to-review",
        gettext_lazy("等我审核"),
        gettext_lazy("别人提交的，看过以后通过，或者退回并写明原因。"),
        "check",
        to_review,
        _review_line,
    ),
    Pile(
        "objections",
        gettext_lazy("没有答复的异议"),
        gettext_lazy("居民对公示有不同意见，最早收到的在前。"),
        "mail",
        objections,
        _objection_line,
        lambda user: user.has_perm("public_notices.change_objection"),
    ),
    Pile(
        "feedback",
        gettext_lazy("读者意见"),
        gettext_lazy("读者在页面底下写的，还没有人看过。"),
        "comment",
        readers_words,
        _feedback_line,
        lambda user: user.has_perm("feedback.change_feedback"),
    ),
    Pile(
        "stale-services",
        gettext_lazy("该核对的服务"),
        gettext_lazy("打一遍电话，没有变也请把核对日期改成今天；过期最久的在前。"),
        "time",
        stale_services,
        _stale_line,
    ),
    Pile(
        "notices-without-result",
        gettext_lazy("没有写结果的公示"),
        gettext_lazy("公示期过了，请回来写一句结果。"),
        "clipboard-list",
        notices_without_result,
        _result_line,
    ),
    Pile(
        "drafts",
        gettext_lazy("我的草稿"),
        gettext_lazy("我改过、还没有发布的页面。"),
        "edit",
        drafts,
        _draft_line,
    ),
    Pile(
        "scheduled",
        gettext_lazy("定时发布"),
        gettext_lazy("到时间会自己发布的页面，最近的在前。"),
        "calendar-alt",
        scheduled,
        _scheduled_line,
    ),
    Pile(
        "remarks",
        gettext_lazy("有提醒的页面"),
        gettext_lazy("已经发布，还有地方可以改进；提醒最多的在前。"),
        "warning",
        remarked,
        _remarked_line,
    ),
    Pile(
        "pictures",
        gettext_lazy("没有说明的图片"),
        gettext_lazy("写一句图里有什么，看不见图的人也能知道。"),
        "image",
        pictures,
        _picture_line,
        _may_change_pictures,
    ),
)
