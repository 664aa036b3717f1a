from django.utils.translation import gettext as _


class EngineAwayError(Exception):
    """The engine does not answer, answers too late, or has no index."""


class WrongEngineError(Exception):
    """This installation has no such engine; the message is fit to show."""

    def __init__(self, *, asked: str, here: list[str]) -> None:
        super().__init__(
            _("这里没有搜索引擎 %(asked)s，可用的有：%(here)s。") % {"asked": asked, "here": "、".join(here)}
        )
