"""``manage.py appoint_administrator PHONE [--area CODE]``: give somebody an administrator's post, the first above all.

Exit status: 0 when the person is administrator there now (or was already), 2 when the phone or the area is wrong.
"""

from argparse import ArgumentParser
from typing import Any

from django import forms
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.members.actions import sign_up
from portal.members.forms import PhoneField
from portal.organisations.actions import appoint
from portal.organisations.enums import AreaKind, Role
from portal.organisations.errors import OrganisationError, PostOverlapsError
from portal.organisations.models import Area


class Command(BaseCommand):
    help = "Appoint an administrator, of the city unless --area says otherwise. The account is opened if there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("phone", help="a mobile number; whoever holds it logs in with a code")
        parser.add_argument("--area", metavar="CODE", help="the code of the area; without it, the city")

    def handle(self, *args: Any, **options: Any) -> None:
        area = _area(options["area"])
        try:
            with transaction.atomic():  # no account without the post
                person = sign_up(phone=PhoneField().clean(options["phone"]))
                appoint(person=person, role=Role.ADMINISTRATOR, area=area, by=None)
        except forms.ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        except PostOverlapsError:
            self.stdout.write(f"Already administrator of {area.name} ({area.code}).")
        except OrganisationError as error:
            raise CommandError(str(error), returncode=2) from error
        else:
            self.stdout.write(f"Administrator of {area.name} ({area.code}) since {timezone.localdate()}.")


def _area(code: str | None) -> Area:
    found = Area.objects.filter(code=code) if code else Area.objects.filter(kind=AreaKind.CITY, ends_on__isnull=True)
    if len(places := list(found[:2])) == 1:
        return places[0]
    raise CommandError("No such area." if code or not places else "Several cities: say --area CODE.", returncode=2)
