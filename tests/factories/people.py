"""Exemplary people, released by two, and what they agreed to."""

from datetime import date
from typing import Any

import factory

from tests.factories.members import UserFactory
from tests.factories.pages import BasePageFactory
from website.people.enums import Scope
from website.people.models import Consent, ConsentPurpose, ConsentText, PeopleIndexPage, PersonPage


class ConsentTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConsentText
        django_get_or_create = ("version",)

    version = "1.0"
    wording = "我同意公开我的姓名、事迹、照片和荣誉。"
    starts_on = date(2025, 1, 1)


class ConsentFactory(factory.django.DjangoModelFactory):
    """A consent to everything our pages ask for; ``purposes`` names fewer."""

    class Meta:
        model = Consent
        skip_postgeneration_save = True

    name = "陈桂香"
    text = factory.SubFactory(ConsentTextFactory)
    given_on = date(2026, 1, 3)

    @factory.post_generation
    def purposes(self, create: bool, codes: Any, **kwargs: Any) -> None:
        scope = list(Scope) if codes is None else codes
        self.purposes.set(
            [
                ConsentPurpose.objects.get_or_create(code=code, defaults={"name": str(Scope(code).label)})[0]
                for code in scope
            ]
        )


class PeopleIndexPageFactory(BasePageFactory):
    class Meta:
        model = PeopleIndexPage

    title = "典型人物"
    slug = "people"


class PersonPageFactory(BasePageFactory):
    class Meta:
        model = PersonPage

    parent = factory.SubFactory(PeopleIndexPageFactory)
    title = factory.Sequence(lambda n: f"人物{n}")
    role = "网格员"
    honours = "2022 年 区优秀志愿者\n2024 年 市最美网格员"
    body = [("paragraph", "<p>每天早上先到三号楼敲门。</p>")]
    consent = factory.SubFactory(ConsentFactory)

    @classmethod
    def _create(cls, model_class: type[PersonPage], *args: Any, live: bool = True, **kwargs: Any) -> PersonPage:
        """Make a draft; a live page is one that a second person has released."""
        page: PersonPage = super()._create(model_class, *args, live=False, **kwargs)
        if live:
            release(page)
        return page


def release(page: PersonPage) -> None:
    """Publish ``page`` as two people do: one wrote it, another one looks and publishes."""
    author, releaser = UserFactory.create_batch(2, is_superuser=True)
    page.save_revision(user=author).publish(user=releaser)
    page.refresh_from_db()
