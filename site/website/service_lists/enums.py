from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    """How far an import has come."""

    PREVIEWED = "previewed", _("等待确认")
    DONE = "done", _("已导入")
    UNDONE = "undone", _("已撤销")


class ChangeKind(models.TextChoices):
    """What an import did to a page."""

    NEW = "new", _("新增")
    CHANGED = "changed", _("修改")
    CLOSED = "closed", _("停办")


MOVES: dict[RunState, frozenset[RunState]] = {
    RunState.PREVIEWED: frozenset({RunState.DONE}),
    RunState.DONE: frozenset({RunState.UNDONE}),
    RunState.UNDONE: frozenset(),
}
