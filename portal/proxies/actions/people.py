"""A person no community has yet is taken up at the desk, and later takes their account into their own hands."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.actions import activate_from_roster, open_managed
from portal.members.models import User
from portal.members.queries import home_unit
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.actions import hold_communities
from portal.organisations.enums import Action
from portal.organisations.permissions import may
from portal.proxies.actions.mandates import Mandate
from portal.proxies.enums import EntryKind
from portal.proxies.errors import CannotBeTakenUpError, NotOursError, OwnEntryError
from portal.proxies.models import ManagedPerson, ProxyEntry, ResidentVolunteer
from portal.proxies.queries import community_of
from portal.report_in.actions import submit_report_in
from portal.report_in.errors import NotACommunityError
from portal.states import lock, save


@transaction.atomic
def take_up(*, mandate: Mandate, name: str, phone: str = "", note: str = "") -> ProxyEntry:
    """Bring somebody into the community: reported in where a unit vouches for them, else as a resident volunteer.

    Without an account they get one that the community keeps. Somebody with an account must be called ``name``, and
    belong to no community yet; why not is never said, since it is somebody's data.

    Raises:
        NotOursError: the community is not one of ``mandate.by``.
        NotACommunityError: it has ended this very moment.
        OwnEntryError: it is oneself.
        CannotBeTakenUpError: name and phone do not go together, or the person belongs somewhere already.
    """
    if not may(mandate.by, Action.ENTER_FOR_PERSON, mandate.area):
        raise NotOursError
    if not hold_communities(mandate.area):
        raise NotACommunityError
    person = _known(name=name, phone=phone, by=mandate.by) or _opened(name=name, phone=phone, by=mandate.by)
    if person.phone_verified_at is None:
        _keep(person, mandate)
    if phone:
        activate_from_roster(person=person, by=mandate.by)
    if home_unit(person):
        report_in = submit_report_in(person=person, area=mandate.area, note=note, by=mandate.by)
        return mandate.enter(person, EntryKind.REPORT_IN, report_in=report_in)
    residency = ResidentVolunteer(person=person, area=mandate.area)
    save(residency, action="joined", by=mandate.by, data={"for": person.pk})
    return mandate.enter(person, EntryKind.TAKEN_UP, residency=residency)


@transaction.atomic
def claim(*, person: User) -> ManagedPerson | None:
    """Note that somebody a community kept an account for has logged in: it is theirs from now on. Idempotent."""
    if not ManagedPerson.objects.filter(person=person, claimed_at__isnull=True).exists():
        return None
    lock(person)
    managed = ManagedPerson.objects.select_related("area").get(person=person)
    if managed.claimed_at is None:
        managed.claimed_at = timezone.now()
        save(managed, action="claimed", by=person)
        tell(
            recipient=person,
            kind=MessageKind.NOTICE,
            title=_("这个账户现在由您自己管理。"),
            body=_("以前由%(area)s代管。代您录入过的事都列在这里，请看一遍对不对。") % {"area": managed.area},
            url=reverse("proxies:mine"),
        )
    return managed


def _known(*, name: str, phone: str, by: User) -> User | None:
    found = User.objects.filter(phone=phone).first() if phone else None
    if found is None:
        return None
    if found.pk == by.pk:
        raise OwnEntryError
    person = lock(found)
    if not person.is_active or person.name not in ("", name) or community_of(person):
        raise CannotBeTakenUpError
    if not person.name:  # somebody asked for a code with this phone once, and never used it
        person.name = name
        save(person, action="named", by=by, data={"for": person.pk})
    return person


def _opened(*, name: str, phone: str, by: User) -> User:
    try:
        with transaction.atomic():
            return lock(open_managed(name=name, phone=phone, by=by))
    except IntegrityError as error:  # they signed up this very moment
        raise CannotBeTakenUpError from error


def _keep(person: User, mandate: Mandate) -> None:
    managed = ManagedPerson.objects.filter(person=person).first() or ManagedPerson(person=person)
    managed.area, managed.taken_up_by = mandate.area, mandate.by
    managed.taken_up_at, managed.left_at = timezone.now(), None  # whom another community kept before moved away
    save(managed, action="taken_up", by=mandate.by, data={"for": person.pk})
