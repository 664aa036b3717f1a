from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class Shown(TextChoices):
    """How much of a row a person gets of what the site holds on them (PIPL 45)."""

    WHOLE = "whole", _("全部内容")
    OWN_PART = "own_part", _("只有本人的部分，别人的信息不给出")
    NOTHING = "nothing", _("不给出")


class OnClosing(TextChoices):
    """What becomes of a row when its person's account is closed."""

    DELETED = "deleted", _("删除")
    CUT = "cut", _("断开与本人的联系")
    KEPT = "kept", _("留下，不再有姓名和联系方式")


class OnMerging(TextChoices):
    """What becomes of a row when the account it belongs to is put together with another one of the same person."""

    MOVED = "moved", _("转到保留的账户")
    STAYS = "stays", _("留在并入的账户上")
    DELETED = "deleted", _("删除")
    LEDGER = "ledger", _("只增不改：冲销并另记")
    REFUSED = "refused", _("有就不能合并")
    FOLLOWS = "follows", _("跟着所属的记录走")


class ClosingState(TextChoices):
    WAITING = "waiting", _("等待注销")
    CANCELLED = "cancelled", _("已取消")
    DONE = "done", _("已注销")


CLOSING_TRANSITIONS: Transitions = {
    ClosingState.WAITING: frozenset({ClosingState.CANCELLED, ClosingState.DONE}),
}
