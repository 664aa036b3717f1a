"""The demo city, whole or not at all."""

from django.db import transaction
from django.utils.translation import gettext as _

from config.demo import database
from config.demo.progress import Progress
from config.demo.roles import ROLES, demo_person
from config.demo.scale import Scale
from portal.members.models import User


class NotADemoDatabaseError(Exception):
    """Somebody else's data is here; the demo does not mix with it."""

    def __init__(self) -> None:
        super().__init__(_("这个数据库里已经有别的数据，演示不往里面加。请用 DATABASE_URL 换一个空的数据库。"))


def is_built() -> bool:
    """Whether the database holds a demo city: its last role is made at the very end of one transaction."""
    return demo_person(ROLES[-1]) is not None


def build_once(scale: Scale, progress: Progress) -> bool:
    """Build the demo city unless there is one. Return whether it was built now.

    All of it is one transaction: an interrupted build leaves nothing behind and can be started again.

    Raises:
        NotADemoDatabaseError: the database already has other people in it.
    """
    if is_built():
        return False
    if User.objects.exists():
        raise NotADemoDatabaseError
    with database.quick_writes(), transaction.atomic():
        pass
    return True
