"""What several tests look at after a change: the log, and what people were told."""

from wagtail.models import ModelLogEntry

from portal.notices.models import Message


def logged():
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def titles_to(person):
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("title", flat=True))
