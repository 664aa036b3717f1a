"""A portal that holds the activities a test gives it, and answers as the real one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from webui.providers import ActivityItem, ActivityPlace, ActivityQuestion

SOON = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
DISTRICTS = {"XY": ("D1", "东区"), "HL": ("D2", "西区")}


def item(number: int, *, starts_at: datetime = SOON, code: str = "XY", is_cancelled: bool = False) -> ActivityItem:
    return ActivityItem(
        title=f"活动{number}",
        url=f"/portal/activities/A{number}/",
        community={"XY": "向阳社区", "HL": "红柳社区"}[code],
        community_code=code,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="门前广场",
        places_left=3,
        places_text="还有 3 个名额",
        uid=f"A{number}",
        is_cancelled=is_cancelled,
        published_at=timezone.now() - timedelta(days=1),
        updated_at=timezone.now() - timedelta(days=1),
    )


@dataclass
class Portal:
    """What is on, and what was asked last."""

    items: list[ActivityItem] = field(default_factory=list)
    asked: list[ActivityQuestion] = field(default_factory=list)

    def activities(
        self, question: ActivityQuestion, *, offset: int, limit: int | None, newest_first: bool
    ) -> Sequence[ActivityItem]:
        self.asked.append(question)
        return [each for each in self.items if _fits(each, question)][offset:][:limit]

    def places(self, question: ActivityQuestion) -> Sequence[ActivityPlace]:
        fitting = [each for each in self.items if _fits(each, question)]
        names = {each.community_code: each.community for each in fitting}
        return [
            ActivityPlace(code, name, *DISTRICTS[code], sum(each.community_code == code for each in fitting))
            for code, name in names.items()
        ]


def _fits(one: ActivityItem, question: ActivityQuestion) -> bool:
    bounds = (
        not question.starts_from or one.starts_at >= question.starts_from,
        not question.starts_before or one.starts_at < question.starts_before,
        not question.ends_after or one.ends_at > question.ends_after,
        question.community in ("", one.community_code),
        question.district in ("", DISTRICTS[one.community_code][0]),
        question.with_cancelled or not one.is_cancelled,
        not question.has_places or bool(one.places_left),
    )
    return all(bounds)
