"""Who logs in wants to keep their account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.personal_data.actions import cancel_closing


@receiver(user_logged_in, dispatch_uid="personal_data.keep_the_account")
def keep_the_account(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if cancel_closing(person=user, by=user) and request is not None and hasattr(request, "_messages"):
        messages.success(request, _("注销账户已取消，您的账户和信息都还在。"))
