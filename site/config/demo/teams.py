"""Teams of each district with their people and leads, and a service day to come."""

from config.demo.city import City
from portal.calendars.actions import call_day
from portal.members.models import User
from portal.organisations.models import Area
from portal.teams.actions import appoint_lead, create_team, edit_team, join
from portal.teams.enums import JoiningWay, TeamKind

TEAMS = (
    ("沿河巡护队", TeamKind.ENVIRONMENT, JoiningWay.OPEN, "每月第一个周六沿河走一圈，捡拾垃圾，看护绿地。"),
    ("晚霞助老队", TeamKind.ELDERLY, JoiningWay.REQUEST, "每周陪独居老人买菜、聊天、读报。"),
    ("巧手维修队", TeamKind.REPAIRS, JoiningWay.OPEN, "修灯、修锁、修小家电，带上工具就能来。"),
    ("课后小屋", TeamKind.SCHOOLING, JoiningWay.REQUEST, "放学后辅导孩子写作业，一周一次。"),
    ("银龄手机课堂", TeamKind.COMPUTERS, JoiningWay.OPEN, "教老人用手机挂号、缴费、视频通话。"),
    ("邻里调解员", TeamKind.LAW, JoiningWay.INVITATION, "有法律或者调解经验的邻居，一起把话说开。"),
)
FEWEST, MOST_MEMBERS = 3, 8
SERVICE_DAY_AHEAD = 12  # days


def build_teams(city: City) -> None:
    """Make three to six teams in each district, and call a service day."""
    for number, district in enumerate(city.districts):
        communities = [area for area in city.communities if area.path.startswith(district.path)]
        for index, team in enumerate(TEAMS[: FEWEST + number % (len(TEAMS) - FEWEST + 1)] if communities else ()):
            _make(city, communities[index % len(communities)], team)
    caller = User.objects.filter(posts__area=city.area).order_by("pk").first()
    if caller is not None:
        call_day(
            area=city.area,
            by=caller,
            day=city.day(SERVICE_DAY_AHEAD),
            name="社区志愿服务日",
            text="同一天，各社区一起做一件身边的小事。选一个离家近的参加。",
        )


def _make(city: City, area: Area, said: tuple[str, TeamKind, JoiningWay, str]) -> None:
    name, kind, way, description = said
    organiser = city.organisers[area.pk][0]
    team = create_team(area=area, by=organiser, name=name, kind=kind, way=JoiningWay.OPEN, description=description)
    memberships = [join(team=team, person=person) for person in city.residents[area.pk][:MOST_MEMBERS]]
    for membership in memberships[:1]:
        appoint_lead(membership=membership, by=organiser)
    if way != JoiningWay.OPEN:
        edit_team(team=team, by=organiser, way=way)
