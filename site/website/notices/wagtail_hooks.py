"""Where the editors' desk asks us: objections in the menu, and notices that must not be deleted."""

from collections.abc import Collection

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from website.notices import queries
from website.notices.enums import ObjectionState
from website.notices.models import NoticePage
from website.notices.viewsets import ObjectionViewSet

register_snippet(ObjectionViewSet)

LOGGED = {
    ObjectionState.RECEIVED: (gettext_lazy("收到公示意见"), gettext_lazy("收到了一条公示意见")),
    ObjectionState.ANSWERED: (gettext_lazy("答复公示意见"), gettext_lazy("答复了公示意见")),
    ObjectionState.WITHDRAWN: (gettext_lazy("撤回公示意见"), gettext_lazy("提意见的人撤回了意见")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for state, (label, message) in LOGGED.items():
        registry.register_action(f"public_notices.objection.{state}", label, message)
    registry.register_action(
        "public_notices.objection.erased", gettext_lazy("清除公示意见内容"), gettext_lazy("清除了意见内容和个人信息")
    )


@hooks.register("before_delete_page")
def notices_people_objected_to_stay(request: HttpRequest, page: Page) -> HttpResponse | None:
    kept = queries.with_objections(_with_notices_below([page]))
    if not kept:
        return None
    messages.error(request, _refusal(kept))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def notices_people_objected_to_stay_in_bulk(
    request: HttpRequest, action_type: str, objects: Collection[models.Model], action: BulkAction
) -> HttpResponse | None:
    if action_type != "delete" or action.model is not Page:
        return None
    kept = queries.with_objections(_with_notices_below(objects))
    if not kept:
        return None
    messages.error(request, _refusal(kept))
    return redirect(action.next_url)


def _with_notices_below(pages: Collection[models.Model]) -> set[int]:
    return {
        pk
        for page in pages
        for pk in NoticePage.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True)
    }


def _refusal(kept: Collection[NoticePage]) -> str:
    titles = _("、").join(page.title for page in kept)
    return _("%(titles)s：有人提过意见，不能删除。到期的公示会自动移到“往期”。") % {"titles": titles}
