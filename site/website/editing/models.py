from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState


class OtherEyesTask(AbstractGroupApprovalTask):
    """A step of review that whoever asked for it cannot take themselves, not even as administrator."""

    class Meta:
        verbose_name = _("由别人审核")
        verbose_name_plural = _("由别人审核")

    def get_actions(self, obj: Any, user: AbstractBaseUser) -> list[tuple[str, str, bool]]:
        from website.editing import queries  # noqa: PLC0415 -- queries read these models

        if _asked_by(obj) == user:
            return []
        actions: list[tuple[str, str, bool]] = super().get_actions(obj, user)
        if actions and queries.refusals(obj.get_latest_revision_as_object()):
            return [action for action in actions if action[0] == "reject"]
        return actions

    def locked_for_user(self, obj: Any, user: AbstractBaseUser) -> bool:
        """Keep a text as it was handed in; who handed it in may take it back and go on."""
        return _asked_by(obj) == user or super().locked_for_user(obj, user)

    def get_task_states_user_can_moderate(self, user: AbstractBaseUser, **kwargs: Any) -> "QuerySet[TaskState]":
        states: QuerySet[TaskState] = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__requested_by=user)

    @classmethod
    def get_description(cls) -> str:
        return gettext("所选小组的成员可以审核，提交的人自己除外。")


class RemarkCount(models.Model):
    """How many remarks our checks have on a page as it is published."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="remark_count", primary_key=True)
    remarks = models.PositiveSmallIntegerField(_("提醒"))

    class Meta:
        verbose_name = verbose_name_plural = _("页面提醒")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.remarks}"


def _asked_by(obj: Any) -> AbstractBaseUser | None:
    state = obj.current_workflow_state
    return state.requested_by if state else None
