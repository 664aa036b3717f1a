"""The demo's people: invented names, rosters, home memberships and posts."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from config.demo.city import City
from config.demo.roles import PASSWORD, ROLES, DemoRole, phone_number
from portal.members.models import HomeMembership, RosterEntry, User
from portal.organisations.enums import Role
from portal.organisations.models import Area, Post, Unit

SURNAMES = "陈李王张刘杨黄吴赵周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢"
FIRST = "安柏昌晨初川春丹冬芳枫谷海禾鹤恒虹嘉江锦静康兰乐黎莲林凌禄萌明宁平朴琪青清秋泉荣如瑞山书舒思松涛甜庭望文溪"
SECOND = "安白波成川达东帆枫谷光河宏华辉佳健江洁景军凯兰岚磊亮宁平琴青泉然瑞山舒松涛桐婉文溪霞晓欣星雪雅阳怡悦云之舟"
FIRST_MEMBER, FIRST_ORGANISER, FIRST_SUPERVISOR, FIRST_ABSENT = 101, 2001, 3001, 4001
ORGANISERS_EACH = 2
SHARE_NOT_YET_HERE = 12  # one in so many on the rosters has never logged in
EDITOR_GROUP, REVIEWER_GROUP = "编辑", "审核"


def build_people(city: City) -> None:
    """Make everybody: the roles first, then members, organisers and supervisors."""
    names = _names(city)
    _roles(city)
    _members(city, names)
    _staff(city, names)
    _absent(city, names)


def finish_administrator(city: City) -> None:
    """Make the last role. It marks a city that is complete, so it comes at the very end."""
    administrator = _role_person(city, ROLES[-1], password=city.roles["editor"].password)
    administrator.is_superuser = True
    administrator.save()
    _post(administrator, Role.ADMINISTRATOR, area=city.area, city=city).save()


def _names(city: City) -> list[str]:
    """Return invented names, none twice and none of a role."""
    taken = {role.name for role in ROLES}
    names: dict[str, None] = {}
    while len(names) < city.scale.members + len(city.communities) * ORGANISERS_EACH + 120:
        surname, first, second = map(city.dice.choice, (SURNAMES, FIRST, SECOND))
        name = surname + (first if first == second or city.dice.random() < 0.2 else first + second)
        if name not in taken:
            names[name] = None
    return list(names)


def _roles(city: City) -> None:
    password = make_password(PASSWORD)
    for role in ROLES[:-1]:
        _role_person(city, role, password=password)
    library = city.units[0]
    city.contacts[library.pk] = city.roles["unit-contact"]
    city.organisers[city.home.pk] = [city.roles["organiser"], city.roles["second-organiser"]]
    city.roles["editor"].groups.add(Group.objects.get(name=EDITOR_GROUP))
    city.roles["reviewer"].groups.add(Group.objects.get(name=REVIEWER_GROUP))
    newcomer = city.roles["new-member"]
    RosterEntry.objects.create(unit=library, phone=newcomer.phone, name=newcomer.name)


def _role_person(city: City, role: DemoRole, *, password: str) -> User:
    person = _person(role.name, role.number, city=city, password=password)
    person.email = role.email
    person.save()
    city.roles[role.key] = person
    return person


def _person(name: str, number: int, *, city: City, password: str = "") -> User:
    joined = timezone.now() - timedelta(days=city.dice.randint(200, 700))
    return User(
        phone=phone_number(number),
        phone_verified_at=joined,
        name=name,
        password=password or make_password(None),
        joined_at=joined,
    )


def _members(city: City, names: list[str]) -> None:
    """Give every unit its members; the library's first two are roles of the demo."""
    known = [city.roles["member"], city.roles["unit-contact"]]
    count = city.scale.members - len(known)
    made = [_person(names.pop(), FIRST_MEMBER + number, city=city) for number in range(count)]
    city.members = known + User.objects.bulk_create(made)
    for number, member in enumerate(city.members):
        city.unit_of[member.pk] = city.units[max(number - 1, 0) % len(city.units)]
    rosters, memberships = [], []
    for member in city.members:
        unit = city.unit_of[member.pk]
        city.contacts.setdefault(unit.pk, member)
        rosters.append(RosterEntry(unit=unit, phone=member.phone, name=member.name, person=member))
        memberships.append(HomeMembership(person=member, unit=unit, starts_on=timezone.localdate(member.joined_at)))
    RosterEntry.objects.bulk_create(rosters)
    HomeMembership.objects.bulk_create(memberships)
    units = {unit.pk: unit for unit in city.units}
    Post.objects.bulk_create(
        _post(contact, Role.UNIT_CONTACT, unit=units[pk], city=city) for pk, contact in city.contacts.items()
    )


def _staff(city: City, names: list[str]) -> None:
    """Give every community its organisers, and every place above it a supervisor."""
    posts, number = [], FIRST_ORGANISER
    for community in city.communities:
        while len(city.organisers[community.pk]) < ORGANISERS_EACH:
            person = _person(names.pop(), number, city=city)
            person.save()
            city.organisers[community.pk].append(person)
            number += 1
        posts += [_post(person, Role.ORGANISER, area=community, city=city) for person in city.organisers[community.pk]]
    posts.append(_post(city.roles["supervisor"], Role.SUPERVISOR, area=city.streets[0], city=city))
    above = [city.area, *city.districts, *city.streets[1:]]
    supervisors = [_person(names.pop(), FIRST_SUPERVISOR + number, city=city) for number in range(len(above))]
    posts += [
        _post(person, Role.SUPERVISOR, area=area, city=city)
        for person, area in zip(User.objects.bulk_create(supervisors), above, strict=True)
    ]
    Post.objects.bulk_create(posts)


def _absent(city: City, names: list[str]) -> None:
    """Put some on the rosters who have never logged in."""
    count = city.scale.members // SHARE_NOT_YET_HERE
    RosterEntry.objects.bulk_create(
        RosterEntry(
            unit=city.units[number % len(city.units)], phone=phone_number(FIRST_ABSENT + number), name=names.pop()
        )
        for number in range(count)
    )


def _post(person: User, role: Role, *, city: City, area: Area | None = None, unit: Unit | None = None) -> Post:
    return Post(person=person, role=role, area=area, unit=unit, starts_on=city.day(-400))
