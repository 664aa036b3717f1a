"""What a person may agree to: each purpose by itself, in words of a version (PIPL 14, 23, 29)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.members.actions.profiles import SKILLS_CONSENT_VERSION
from portal.members.enums import Purpose
from portal.report_in.actions import CONSENT_VERSION


@dataclass(frozen=True)
class Asked:
    """One purpose as it is put to a person. ``by_switch`` is false where the yes is given on another page."""

    purpose: Purpose
    text: Promise
    version: str
    by_switch: bool = True


ASKED: tuple[Asked, ...] = (
    Asked(
        Purpose.REPORT_IN,
        _("报到时，把姓名、所属单位和手机号提供给您选的社区。在“报到”里选好社区时同意；撤回就结束报到。"),
        CONSENT_VERSION,
        by_switch=False,
    ),
    Asked(
        Purpose.SMS_REMINDERS,
        _("用短信提醒您：活动改期、空位、报到有结果。不同意也能办一切，消息都在收件箱里。"),
        "2026-1",
    ),
    Asked(
        Purpose.SKILLS,
        _("社区找人帮忙时，可以按您填写的特长找到您。在个人资料里打开特长并保存，就是同意；撤回后社区看不到您的特长。"),
        SKILLS_CONSENT_VERSION,
    ),
    Asked(
        Purpose.PUBLIC_NAME,
        _("在公开的感谢名单、活动名单上写您的全名。不同意就只写姓，例如“张*”。"),
        "2026-1",
    ),
)


def asked_for(purpose: str) -> Asked | None:
    """Return how ``purpose`` is put to a person; ``None`` for what nobody asks."""
    return next((asked for asked in ASKED if asked.purpose == purpose), None)
