"""What opens an account, what should, and where it is open."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
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
    return settings.MFA_REQUIRED and User.objects.filter(_has_duties(), pk=person.pk).exists()


def lacks_second_factor(person: User) -> bool:
    """Return whether ``person`` must have a second factor and has none. One question to the database."""
    if not settings.MFA_REQUIRED:
        return False
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return User.objects.filter(_has_duties(), ~Exists(factors), pk=person.pk).exists()


def open_sessions(person: User) -> QuerySet[UserSession]:
    """Return where ``person`` is logged in, the latest first."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    sessions: QuerySet[UserSession] = UserSession.objects.filter(Exists(alive), user=person)
    return sessions.order_by("-created_at", "-pk")


def administrators() -> QuerySet[User]:
    """Return who holds an administrator's post today."""
    posts = Post.objects.filter(open_on(timezone.localdate()), role=Role.ADMINISTRATOR, person=OuterRef("pk"))
    return User.objects.filter(Exists(posts), is_active=True)


def _has_duties() -> Q:
    grace = timedelta(days=settings.MFA_GRACE_DAYS)
    today = timezone.localdate()
    posts = Post.objects.filter(
        open_on(today), person=OuterRef("pk"), role__in=settings.MFA_REQUIRED_ROLES, starts_on__lte=today - grace
    )
    desk = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    is_editor = Q(groups__permissions__in=desk) | Q(user_permissions__in=desk) | Q(is_superuser=True)
    return Q(Exists(posts)) | Q(is_editor, joined_at__lte=timezone.now() - grace)
