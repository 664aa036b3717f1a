"""People, and where they belong."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.members.models import Consent, HomeMembership, Profile, RosterEntry, UnitMove, User
from tests.factories.organisations import UnitFactory

PASSWORD = "一扇蓝色的门-2026"


def a_year_ago() -> date:
    return timezone.localdate() - timedelta(days=365)


class UserFactory(DjangoModelFactory):
    """A person whose phone is verified; ``PASSWORD`` opens their account."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    phone = factory.Sequence(lambda n: f"+86138{n:08}")
    phone_verified_at = factory.LazyFunction(timezone.now)
    name = factory.Sequence(lambda n: f"张{n}")
    password = factory.django.Password(PASSWORD)


class HomeMembershipFactory(DjangoModelFactory):
    class Meta:
        model = HomeMembership

    person = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    starts_on = factory.LazyFunction(timezone.localdate)


class RosterEntryFactory(DjangoModelFactory):
    """A line of a unit's roster whose person has not come yet."""

    class Meta:
        model = RosterEntry

    unit = factory.SubFactory(UnitFactory)
    phone = factory.Sequence(lambda n: f"+86139{n:08}")
    name = factory.Sequence(lambda n: f"李{n}")


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    person = factory.SubFactory(UserFactory)
    purpose = "report_in"
    text_version = "2026-1"


class ProfileFactory(DjangoModelFactory):
    """What somebody says of themselves; ``shown=True`` for one who lets organisers see all of it."""

    class Meta:
        model = Profile
        skip_postgeneration_save = True

    person = factory.SubFactory(UserFactory)
    own_skills = "会修自行车"
    free_times = factory.LazyFunction(lambda: ["sat-am", "sat-pm"])
    wishes = "陪老人聊天"
    contact = "晚上七点后方便"

    class Params:
        shown = factory.Trait(
            skills_seen_by="organisers",
            free_times_seen_by="organisers",
            wishes_seen_by="organisers",
            contact_seen_by="organisers",
        )

    @factory.post_generation
    def consent(self, create, extracted, **kwargs):
        if create and self.skills_seen_by == "organisers":
            ConsentFactory(person=self.person, purpose="skills")


class UnitMoveFactory(DjangoModelFactory):
    """A question whether somebody has moved; both units name them."""

    class Meta:
        model = UnitMove
        skip_postgeneration_save = True

    person = factory.LazyAttribute(
        lambda move: HomeMembershipFactory(unit=move.from_unit, starts_on=a_year_ago()).person
    )
    from_unit = factory.SubFactory(UnitFactory)
    to_unit = factory.SubFactory(UnitFactory)

    @factory.post_generation
    def rosters(self, create: bool, extracted: object, **kwargs: object) -> None:
        for unit in (self.from_unit, self.to_unit):
            if not RosterEntry.objects.filter(unit=unit, person=self.person).exists():
                RosterEntryFactory(unit=unit, person=self.person, phone=self.person.phone)
