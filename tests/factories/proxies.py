"""Somebody a community keeps an account for, resident volunteers, paper forms, entries and invitations."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.members.models import User
from portal.organisations.models import Area
from portal.proxies import codes
from portal.proxies.enums import ConsentKind, EntryKind, FormKind, InvitationKind
from portal.proxies.models import (
    HandOver,
    Invitation,
    InvitationCode,
    ManagedPerson,
    PaperForm,
    ProxyEntry,
    ResidentVolunteer,
)
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory


class ResidentVolunteerFactory(DjangoModelFactory):
    class Meta:
        model = ResidentVolunteer

    person = factory.SubFactory(UserFactory)
    area = factory.SubFactory(CommunityFactory)


class ManagedPersonFactory(DjangoModelFactory):
    """An elder without a phone, for whom a community answers."""

    class Meta:
        model = ManagedPerson

    person = factory.SubFactory(UserFactory, phone=None, phone_verified_at=None)
    area = factory.SubFactory(CommunityFactory)
    taken_up_by = factory.SubFactory(UserFactory)


class HandOverFactory(DjangoModelFactory):
    """Waits for the person to prove their phone."""

    class Meta:
        model = HandOver

    person = factory.LazyAttribute(lambda one: ManagedPersonFactory(area=one.area).person)
    area = factory.SubFactory(CommunityFactory)
    asked_by = factory.LazyAttribute(lambda one: organiser_of(one.area))
    phone = factory.Sequence(lambda n: f"+86137{n:08}")
    consent = ConsentKind.SPOKEN


class PaperFormFactory(DjangoModelFactory):
    class Meta:
        model = PaperForm

    code = factory.LazyFunction(codes.new_code)
    kind = FormKind.REPORT_IN
    area = factory.SubFactory(CommunityFactory)
    issued_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=90))


class ProxyEntryFactory(DjangoModelFactory):
    """A resident volunteer entered by an organiser of their community."""

    class Meta:
        model = ProxyEntry

    residency = factory.SubFactory(ResidentVolunteerFactory)
    person = factory.SelfAttribute("residency.person")
    area = factory.SelfAttribute("residency.area")
    entered_by = factory.LazyAttribute(lambda entry: organiser_of(entry.area))
    kind = EntryKind.TAKEN_UP
    consent = ConsentKind.SPOKEN


class InvitationFactory(DjangoModelFactory):
    """A community's invitation; ``to_unit=True`` for a unit's."""

    class Meta:
        model = Invitation

    kind = InvitationKind.CARDS
    area = factory.SubFactory(CommunityFactory)
    issued_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))

    class Params:
        to_unit = factory.Trait(area=None, unit=factory.SubFactory(UnitFactory))


class InvitationCodeFactory(DjangoModelFactory):
    """One card; ``code`` is what stands on it."""

    class Meta:
        model = InvitationCode

    invitation = factory.SubFactory(InvitationFactory)
    max_uses = 1

    @classmethod
    def _create(cls, model_class: type[InvitationCode], *args: Any, **kwargs: Any) -> InvitationCode:
        code = codes.new_code()
        row: InvitationCode = super()._create(model_class, *args, digest=codes.digest_of(code), **kwargs)
        row.code = code  # type: ignore[attr-defined]  # what only the paper has
        return row


def organiser_of(area: Area) -> User:
    """Return a new organiser of ``area``."""
    person: User = PostFactory(area=area).person
    return person
