"""What happens when somebody comes in, and when the log writes about a person."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry

from portal.members.actions import activate_from_roster
from portal.members.models import User


@receiver(user_logged_in, dispatch_uid="members.meet_roster")
def meet_roster(user: User, **kwargs: Any) -> None:
    activate_from_roster(person=user)


@receiver(pre_save, sender=ModelLogEntry, dispatch_uid="members.leave_out_the_name")
def leave_out_the_name(instance: ModelLogEntry, **kwargs: Any) -> None:
    """Let the log call a person by number, in our actions as in the editors' desk."""
    if instance.content_type_id == ContentType.objects.get_for_model(User).pk:
        instance.label = f"{User._meta.verbose_name} #{instance.object_id}"
