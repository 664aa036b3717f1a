from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """Shown for objection, or simply told."""

    FOR_OBJECTION = "for_objection", _("公示")
    ANNOUNCEMENT = "announcement", _("通知")


class Phase(models.TextChoices):
    """Where a notice stands today."""

    COMING = "coming", _("即将开始")
    RUNNING = "running", _("正在进行")
    ENDED = "ended", _("已经结束")


class ObjectionState(models.TextChoices):
    """An objection is received, and then answered or taken back."""

    RECEIVED = "received", _("待答复")
    ANSWERED = "answered", _("已答复")
    WITHDRAWN = "withdrawn", _("已撤回")


OBJECTION_MOVES: dict[ObjectionState, frozenset[ObjectionState]] = {
    ObjectionState.RECEIVED: frozenset({ObjectionState.ANSWERED, ObjectionState.WITHDRAWN}),
    ObjectionState.ANSWERED: frozenset(),
    ObjectionState.WITHDRAWN: frozenset(),
}
