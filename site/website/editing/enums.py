from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Weight(TextChoices):
    """How much a remark weighs: most are advice, one kind keeps a page from being published."""

    REFUSES = "refuses", _("不能发布")
    ASKS = "asks", _("请看一看")
    SUGGESTS = "suggests", _("可以更好")


class PieceKind(TextChoices):
    """What a piece of text is on its page."""

    FIELD = "field", _("栏目")
    HEADING = "heading", _("标题")
    PARAGRAPH = "paragraph", _("段落")
    QUOTE = "quote", _("引语")
