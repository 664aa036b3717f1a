"""Public notices, and what people object to them."""

from datetime import date, timedelta
from hashlib import sha256

import factory
from django.utils import timezone

from tests.factories.pages import BasePageFactory
from website.notices.enums import ObjectionState
from website.notices.models import NoticeIndexPage, NoticePage, Objection


class NoticeIndexPageFactory(BasePageFactory):
    class Meta:
        model = NoticeIndexPage

    title = "公示通知"
    slug = "notices"


class NoticePageFactory(BasePageFactory):
    class Meta:
        model = NoticePage

    class Params:
        past = factory.Trait(starts_on=date(2025, 1, 1), ends_on=date(2025, 1, 8), result="没有异议。")

    parent = factory.SubFactory(NoticeIndexPageFactory)
    title = factory.Sequence(lambda n: f"公示{n}")
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyAttribute(lambda notice: notice.starts_on + timedelta(days=7))
    responsible = "街道志愿服务岗"
    phone = "010-5550 0100"


class ObjectionFactory(factory.django.DjangoModelFactory):
    """An objection; its code is ``CADE2CADE2CA``."""

    class Meta:
        model = Objection

    class Params:
        answered = factory.Trait(
            state=ObjectionState.ANSWERED, answer="已经核实。", closed_at=factory.LazyFunction(timezone.now)
        )

    notice = factory.SubFactory(NoticePageFactory)
    number = factory.Sequence(lambda n: f"YJ260101-{n:05}")
    code_hash = sha256(b"CADE2CADE2CA").hexdigest()
    once_hash = factory.Sequence(lambda n: sha256(str(n).encode()).hexdigest())
    text = "三号楼的名单不对。"
    name = "周居民"
    contact = "010-5550 0999"
