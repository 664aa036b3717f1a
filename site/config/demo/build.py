"""The demo city, whole or not at all."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from config.demo import database
from config.demo.ahead import build_ahead
from config.demo.city import City
from config.demo.crowd import build_crowd
from config.demo.everyday import build_everyday
from config.demo.pages import build_pages
from config.demo.past import build_past
from config.demo.people import build_people, finish_administrator
from config.demo.places import build_areas, build_units
from config.demo.progress import Progress
from config.demo.proxies import build_proxies
from config.demo.report_ins import build_report_ins
from config.demo.reports import build_reports
from config.demo.roles import ROLES, demo_person
from config.demo.scale import Scale
from config.demo.teams import build_teams
from config.demo.units import build_unit_life
from portal.members.models import User

Step = Callable[[City], None]
GROUNDWORK: tuple[Step, ...] = (build_areas, build_units, build_people, build_report_ins, build_unit_life)
LIFE: tuple[Step, ...] = (
    build_teams,
    build_past,
    build_ahead,
    build_everyday,
    build_proxies,
    build_reports,
    build_pages,
)


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
    city = City(scale, progress)
    try:
        with (
            _quiet_pages(),
            translation.override(settings.LANGUAGE_CODE),
            database.quick_writes(),
            transaction.atomic(),
        ):
            _build(city)
    except BaseException:  # whatever stopped it, Ctrl-C among them: files know no rollback
        for name in city.picture_files:
            default_storage.delete(name)
        raise
    return True


def _build(city: City) -> None:
    for step in city.progress.track(_("街道、单位和人"), GROUNDWORK):
        step(city)
    for step in LIFE:
        step(city)
    if city.scale.crowd:
        build_crowd(city, city.scale.crowd)
    finish_administrator(city)


@contextmanager
def _quiet_pages() -> Iterator[None]:
    """Keep Wagtail from writing three lines to the log for every page; its audit log holds them all the same."""
    logger = logging.getLogger("wagtail")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
