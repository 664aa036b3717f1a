"""What keeps a community's workers busy: a weekly series with positions, hours somebody logged, an objection."""

from datetime import timedelta
from typing import Any

from config.demo.city import City
from portal.activities.actions import add_position, add_shift, create_activity, publish, sign_up, start_series
from portal.activities.enums import ActivityKind, Frequency, Posture
from portal.activities.recurring import Recurrence
from portal.members.enums import Skill
from portal.members.models import User
from portal.records.actions import file_objection, save_own_service
from portal.records.enums import RecordState
from portal.records.models import ServiceRecord

FIRST_DAY, DATES = 4, 4
POSITIONS: tuple[dict[str, Any], ...] = (
    {
        "name": "一对一教手机",
        "capacity": 4,
        "minimum": 2,
        "skill": Skill.COMPUTERS,
        "posture": Posture.SEATED,
    },
    {"name": "引导和登记", "capacity": 2, "posture": Posture.STANDING, "first_time_friendly": True},
)


def build_everyday(city: City) -> None:
    """Repeat one activity weekly, and leave two things for the home community's workers to answer."""
    neighbours = [person for person in city.residents[city.home.pk] if person != city.roles["member"]]
    _repeat(city, neighbours[:1])
    _log_hours(city)
    _object(city, neighbours)


def _repeat(city: City, helpers: list[User]) -> None:
    organiser = city.organisers[city.home.pk][0]
    activity = create_activity(
        area=city.home,
        by=organiser,
        title="手机课堂",
        kind=ActivityKind.ELDERS,
        summary="每周一次，教老人用手机挂号、缴费、视频通话。",
        place="社区活动室",
        content="两人一桌，一个问题一个问题地教。带上自己的手机和充电器。",
        conditions="不限。会用智能手机、有耐心。",
        risks="无",
        safeguards="社区工作者全程在场，有保险。",
        contact_name=organiser.name,
        contact_phone=city.home.phone,
    )
    starts_at = city.at(FIRST_DAY, 18.5)
    shift = add_shift(
        activity=activity, by=organiser, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), capacity=6
    )
    for fields in POSITIONS:
        add_position(shift=shift, by=organiser, **fields)
    publish(activity=activity, by=organiser)
    rule = Recurrence(city.day(FIRST_DAY), Frequency.WEEKLY, count=DATES)
    start_series(activity=activity, by=organiser, rule=rule)
    for person in helpers:  # what asks for no skill
        sign_up(shift=shift, member=person, position=shift.positions.get(skill=""))


def _log_hours(city: City) -> None:
    member = city.roles["member"]
    save_own_service(
        member=member,
        by=member,
        area=city.home,
        title="帮楼上的老人买药、量血压",
        place="三号楼",
        starts_at=city.at(-2, 19),
        minutes=60,
        submit=True,
    )


def _object(city: City, neighbours: list[User]) -> None:
    """Object to one of the hours that are shown just now, where there are any."""
    shown = ServiceRecord.objects.filter(state=RecordState.CONFIRMED, area=city.home).order_by("-pk")
    objector = neighbours[-1]
    record = next((one for one in shown.exclude(member=objector) if one.is_open_to_objection), None)
    if record is not None:
        file_objection(record=record, by=objector, reason="那天我也在，大家三点半就散了，时长写多了。")
