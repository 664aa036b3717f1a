"""What happens when somebody comes in, when their keys change, and when the log writes about a person."""

import ipaddress
from datetime import date
from typing import Any

from allauth.account.signals import authentication_step_completed, password_changed, password_set
from allauth.mfa import signals as mfa
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from portal.members import actions, queries
from portal.members.models import User
from portal.members.step_up import renew_session
from portal.notices.signals import sms_nearly_used_up
from portal.organisations.models import Unit
from portal.organisations.signals import Concerned, unit_concerned, unit_end_asked, unit_ending

KEPT_BITS = {4: 24, 6: 48}  # of an address: enough to see that it was not here


@receiver(user_logged_in, dispatch_uid="members.meet_roster")
def meet_roster(user: User, **kwargs: Any) -> None:
    actions.activate_from_roster(person=user)


@receiver(unit_concerned, dispatch_uid="members.people_of_unit")
def say_who_is_here(sender: type[Unit], *, unit: Unit, **kwargs: Any) -> Concerned:
    return Concerned(people=queries.people_of_unit(unit))


@receiver(unit_ending, dispatch_uid="members.let_go")
def let_go(sender: type[Unit], *, unit: Unit, on: date, by: User | None, **kwargs: Any) -> None:
    actions.dissolve(unit=unit, on=on, by=by)


@receiver(unit_end_asked, dispatch_uid="members.foretell")
def foretell(sender: type[Unit], *, unit: Unit, **kwargs: Any) -> list[str]:
    homes, rows = queries.open_in_unit(unit)
    numbers = {"members": homes.count(), "rows": rows.filter(person__isnull=True).count()}
    return [
        _("%(members)d 名成员的隶属关系从停用日期起结束，每个人都会收到消息，以后作为居民参加活动。") % numbers,
        _("名册全部移出；还没有登录过的 %(rows)d 人不再会被认作这里的成员。") % numbers,
    ]


@receiver(user_logged_in, dispatch_uid="members.note_session")
def note_session(request: HttpRequest, user: User, **kwargs: Any) -> None:
    if "REMOTE_ADDR" in request.META:  # a test's shortcut has none
        UserSession.objects.create_from_request(request)


@receiver(pre_save, sender=UserSession, dispatch_uid="members.mask_address")
def mask_address(instance: UserSession, **kwargs: Any) -> None:
    """Keep of an address no more than tells one place from another."""
    address = ipaddress.ip_address(instance.ip)
    instance.ip = str(ipaddress.ip_network(f"{address}/{KEPT_BITS[address.version]}", strict=False).network_address)


@receiver(post_save, sender=User, dispatch_uid="members.put_out_the_blocked")
def put_out_the_blocked(instance: User, **kwargs: Any) -> None:
    if not instance.is_active:
        actions.end_sessions(person=instance)


@receiver(authentication_step_completed, dispatch_uid="members.renew_session")
def renew_after_step_up(request: HttpRequest, **kwargs: Any) -> None:
    if kwargs.get("reauthenticated"):
        renew_session(request)


@receiver(mfa.authenticator_added, dispatch_uid="members.factor_added")
def factor_added(user: User, authenticator: Any, **kwargs: Any) -> None:
    if authenticator.type != "recovery_codes":  # they come by themselves with the first factor
        actions.note_key_change(person=user, action="factor_added", title=_("您的账户添加了新的验证方式"))


@receiver(mfa.authenticator_removed, dispatch_uid="members.factor_removed")
def factor_removed(user: User, authenticator: Any, **kwargs: Any) -> None:
    if authenticator.type != "recovery_codes":
        actions.note_key_change(person=user, action="factor_removed", title=_("您的账户移除了一种验证方式"))


@receiver(mfa.authenticator_reset, dispatch_uid="members.factor_reset")
def factor_reset(user: User, **kwargs: Any) -> None:
    actions.note_key_change(person=user, action="factor_reset", title=_("您的账户更新了恢复码"))


@receiver(social_account_added, dispatch_uid="members.login_linked")
def login_linked(sociallogin: SocialLogin, **kwargs: Any) -> None:
    actions.note_key_change(person=sociallogin.user, action="login_linked", title=_("您的账户绑定了一种外部登录"))


@receiver(social_account_removed, dispatch_uid="members.login_unlinked")
def login_unlinked(socialaccount: SocialAccount, **kwargs: Any) -> None:
    actions.note_key_change(person=socialaccount.user, action="login_unlinked", title=_("您的账户解除了一种外部登录"))


@receiver([password_changed, password_set], dispatch_uid="members.password_changed")
def password_is_another(request: HttpRequest, user: User, **kwargs: Any) -> None:
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    actions.end_sessions(person=user, sessions=others, by=user)
    actions.note_key_change(person=user, action="password_changed", title=_("您的密码已经更换"))


@receiver(sms_nearly_used_up, dispatch_uid="members.warn_administrators")
def warn_administrators(sent: int, limit: int, **kwargs: Any) -> None:
    actions.warn_administrators(sent=sent, limit=limit)


@receiver(pre_save, sender=ModelLogEntry, dispatch_uid="members.leave_out_the_name")
def leave_out_the_name(instance: ModelLogEntry, **kwargs: Any) -> None:
    """Let the log call a person by number, in our actions as in the editors' desk."""
    if instance.content_type_id == ContentType.objects.get_for_model(User).pk:
        instance.label = f"{User._meta.verbose_name} #{instance.object_id}"
