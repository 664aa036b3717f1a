"""What opens an account, what should, and where it is open."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from portal.members.models import User
from portal.organisations.enums import Role
from portal.organisations.models import Post
from portal.organisations.queries import open_on


def second_factors(person: User) -> QuerySet[Authenticator]:
    """Return the passkeys and the authenticator of ``person``; recovery codes only stand in for one."""
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=person)
    return factors.exclude(type=Authenticator.Type.RECOVERY_CODES)


def must_have_second_factor(person: User) -> bool:
    """Return whether a post of ``person``, or their way into the editors' desk, asks for a second factor by now."""
    return settings.MFA_REQUIRED and (_holds_a_post(person) or _has_long_come_to_the_desk(person))


def lacks_second_factor(person: User) -> bool:
    """Return whether ``person`` must have a second factor and has none. Asked at every request: few short questions."""
    return settings.MFA_REQUIRED and not second_factors(person).exists() and must_have_second_factor(person)


def open_sessions(person: User) -> QuerySet[UserSession]:
    """Return where ``person`` is logged in, the latest first."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    sessions: QuerySet[UserSession] = UserSession.objects.filter(Exists(alive), user=person)
    return sessions.order_by("-created_at", "-pk")


def administrators() -> QuerySet[User]:
    """Return who holds an administrator's post today."""
    posts = Post.objects.filter(open_on(timezone.localdate()), role=Role.ADMINISTRATOR, person=OuterRef("pk"))
    return User.objects.filter(Exists(posts), is_active=True)


def _holds_a_post(person: User) -> bool:
    posts = Post.objects.filter(open_on(timezone.localdate()), person=person, role__in=settings.MFA_REQUIRED_ROLES)
    return posts.filter(starts_on__lte=timezone.localdate() - _grace()).exists()


def _has_long_come_to_the_desk(person: User) -> bool:
    return person.joined_at <= timezone.now() - _grace() and person.has_perm("wagtailadmin.access_admin")


def _grace() -> timedelta:
    return timedelta(days=settings.MFA_GRACE_DAYS)
