from collections import Counter
from io import StringIO
from itertools import pairwise

import pytest
from django.db.models import Count, Model, Q, Sum
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from config.demo.build import build_once
from config.demo.content import DATA
from config.demo.progress import Progress
from config.demo.roles import ROLES
from config.demo.scale import TINY
from portal.activities.enums import HOLDS_A_PLACE, OPEN, ActivityState, SignUpState
from portal.activities.models import Activity, Attendance, Series, Shift, SignUp
from portal.annual_reports.enums import ReportState
from portal.annual_reports.models import AnnualReport, Receipt, ReportingYear
from portal.calendars.queries import coming_days
from portal.members.models import Consent, HomeMembership, RosterEntry, User
from portal.notices.models import Message
from portal.organisations.models import Area, Post, Unit
from portal.points.models import Entry
from portal.proxies.models import Invitation, ManagedPerson, PaperForm, ProxyEntry
from portal.records.enums import OwnServiceState, RecordState
from portal.records.models import OwnService, ServiceRecord
from portal.records.queries import counted_records_of
from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn
from portal.teams.models import Team, TeamMembership
from website.case_studies.models import CaseStudyPage, Figure
from website.methods.models import MethodPart
from website.notices.models import NoticePage, Objection
from website.people.models import PersonPage

REAL_NAMES = ("谭竹青", "吴亚琴", "林松淑", "范锐平", "习近平")


def states_of(model: type[Model]) -> Counter[str]:
    return Counter(model._default_manager.values_list("state", flat=True))


def test_the_tiny_city_has_its_places(city):
    kinds = Counter(Area.objects.values_list("kind", flat=True))

    assert kinds == {"city": 1, "district": 1, "street": 2, "community": 3, "grid": 6}
    assert Unit.objects.count() == 4
    assert Area.find_problems() == Unit.find_problems() == ([], [], [], [], [])


def test_every_member_has_one_open_membership(city):
    open_ones = HomeMembership.objects.filter(ends_on__isnull=True)

    assert open_ones.count() == open_ones.values("person").distinct().count() == 24


def test_every_unit_has_a_contact_and_every_community_two_organisers(city):
    posts = Counter(Post.objects.values_list("role", "area__name", "unit__name"))
    organisers = [count for (role, _area, _unit), count in posts.items() if role == "organiser"]
    contacts = [count for (role, _area, _unit), count in posts.items() if role == "unit_contact"]

    assert organisers == [2, 2, 2]
    assert contacts == [1, 1, 1, 1]


def test_report_ins_wait_stand_and_were_asked_back(city):
    assert states_of(MemberReportIn) == {
        ReportInState.ACCEPTED: 20,
        ReportInState.SUBMITTED: 1,
        ReportInState.ASKED_BACK: 1,
    }
    assert not MemberReportIn.objects.filter(state=ReportInState.ACCEPTED, number=None).exists()


def test_activities_lie_behind_and_ahead(city):
    assert states_of(Activity) == {ActivityState.PUBLISHED: 9, ActivityState.DRAFT: 1}
    assert [shift.has_ended for shift in Shift.objects.order_by("starts_at")] == [True] * 3 + [False] * 7


def test_a_weekly_series_has_positions_and_an_own_service_waits(city):
    dates = Series.objects.get().activities.all()

    assert [one.shifts.get().positions.count() for one in dates] == [2] * 4
    assert states_of(OwnService) == {OwnServiceState.SUBMITTED: 1}


def test_each_district_has_teams_with_a_lead_and_a_service_day_is_ahead(city):
    assert Team.objects.filter(ends_on__isnull=True).count() >= 3
    led = TeamMembership.objects.filter(role="lead").values("team").distinct().count()
    assert led >= 1
    assert coming_days().filter(area__kind="city").exists()


def test_places_taken_equal_the_sign_ups_that_hold_a_place(city):
    shifts = Shift.objects.annotate(held=Count("sign_ups", filter=Q(sign_ups__state__in=HOLDS_A_PLACE)))

    assert {shift.pk: shift.places_taken for shift in shifts} == {shift.pk: shift.held for shift in shifts}


def test_a_full_shift_has_a_queue_in_which_the_member_waits(city):
    waiting = SignUp.objects.filter(state=SignUpState.WAITING)

    assert waiting.values("shift").distinct().count() == 1
    assert waiting.filter(member__email="member@demo.invalid").exists()
    assert waiting.first().shift.places_left == 0


def test_nobody_is_in_two_places_at_once(city):
    spans: dict[int, list[Shift]] = {}
    for sign_up in SignUp.objects.filter(state__in=OPEN).select_related("shift").order_by("shift__starts_at"):
        spans.setdefault(sign_up.member_id, []).append(sign_up.shift)

    for shifts in spans.values():
        assert all(one.ends_at <= other.starts_at for one, other in pairwise(shifts))


def test_records_follow_closed_attendances_to_the_minute(city):
    closed = Attendance.objects.filter(closed_at__isnull=False)

    assert closed.exists()
    assert set(closed.values_list("pk", "minutes")) == set(ServiceRecord.objects.values_list("attendance", "minutes"))


def test_points_equal_the_posted_records(city):
    posted = ServiceRecord.objects.filter(state=RecordState.POSTED)
    expected = {f"record:{record.pk}": record.minutes * 10 // 60 for record in posted}

    assert expected
    assert dict(Entry.objects.values_list("cause", "points")) == expected


def test_something_waits_for_the_second_person(city):
    assert Attendance.objects.filter(state="completed", closed_at=None).exists()


def test_reports_are_drafted_sent_and_answered_and_equal_the_records(city):
    year = ReportingYear.objects.get()

    assert year.is_open
    assert states_of(AnnualReport) == {ReportState.DRAFT: 1, ReportState.SENT: 1, ReportState.ANSWERED: 1}
    for report in AnnualReport.objects.exclude(state=ReportState.DRAFT):
        records = counted_records_of(report.member, year=year.year)
        assert report.snapshot["minutes"] == records.aggregate(total=Sum("minutes", default=0))["total"]
        assert report.snapshot["count"] == records.count()


@pytest.mark.parametrize(
    "model",
    [
        *(Area, Unit, Post, User, RosterEntry, HomeMembership, Consent, MemberReportIn, Activity, Shift, SignUp),
        *(Attendance, ServiceRecord, AnnualReport, Receipt, Message),
    ],
)
def test_every_row_written_in_bulk_is_valid(city, model):
    rows = list(model._default_manager.all())

    assert rows
    for row in rows:
        # A password of nobody's choosing is no fault of the row.
        row.full_clean(exclude=["password"] if model is User else None)


def test_every_page_type_is_live_with_its_words(city):
    kinds = Counter(page.specific_class.__name__ for page in Page.objects.live().filter(depth__gt=1))

    assert kinds == {
        "HomePage": 1,
        "ServiceIndexPage": 1,
        "ServicePage": 21,
        "CaseStudyIndexPage": 1,
        "CaseStudyPage": 10,
        "FigureIndexPage": 1,
        "ActivityCalendarPage": 1,
        "NoticeIndexPage": 1,
        "NoticePage": 2,
        "PeopleIndexPage": 1,
        "PersonPage": 2,
        "VenueIndexPage": 1,
        "VenuePage": 2,
        "MethodIndexPage": 1,
        "MethodPage": 5,
        "ContentPage": 4,
    }
    published = PageLogEntry.objects.filter(action="wagtail.publish").values("page").distinct()
    assert published.count() == sum(kinds.values())
    assert not Page.find_problems()[0]


def test_every_case_carries_figures_with_their_source(city):
    figures = Figure.objects.values("page").annotate(count=Count("pk"))

    assert [row["count"] for row in figures if not 5 <= row["count"] <= 10] == []
    assert figures.count() == 10
    assert not Figure.objects.filter(Q(source="") | Q(unit="") | Q(year=None)).exists()
    assert not [figure for figure in Figure.objects.all() if figure.missing_proof()]
    assert set(Figure.objects.values_list("origin", flat=True)) == {"stated", "counted"}


def test_cases_can_be_narrowed_and_compared(city):
    cases = CaseStudyPage.objects.all()

    assert len(set(cases.values_list("city", flat=True))) > 3
    assert set(cases.values_list("level", flat=True)) >= {"national", "provincial", "city", "district", "street"}
    assert not [case for case in cases if not (case.part_list and case.problems and case.open_questions and case.cited)]
    used = MethodPart.objects.filter(case_studies__isnull=False).distinct().count()
    assert used == MethodPart.objects.count() == 32
    cities = Figure.objects.filter(label="居民满意度").values_list("page__city", flat=True)
    assert len(set(cities)) == 3


def test_the_living_have_given_their_consent(city):
    assert all(page.may_be_shown for page in PersonPage.objects.all())


def test_two_people_released_every_person(city):
    for page in PersonPage.objects.all():
        released = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").values_list(
            "user__email", flat=True
        )
        assert set(released) == {"reviewer@demo.invalid"}
        assert {version.user.email for version in page.revisions.all()} == {"editor@demo.invalid"}
    assert PersonPage.objects.filter(is_living=False).exclude(sources="").exists()


def test_the_open_notice_has_an_objection_answered_and_one_waiting(city):
    assert sorted(Objection.objects.values_list("state", flat=True)) == ["answered", "received"]
    assert NoticePage.objects.filter(ends_on__lt=timezone.localdate()).exclude(result="").exists()


def test_nobody_in_the_demo_is_a_real_person(city):
    written = "".join(path.read_text(encoding="utf-8") for path in DATA.rglob("*.toml"))
    names = {*User.objects.values_list("name", flat=True), *RosterEntry.objects.values_list("name", flat=True)}

    assert not names & set(REAL_NAMES)
    assert [name for name in REAL_NAMES if name in written] == []


def test_what_the_actions_did_is_in_the_log(city):
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))

    assert {"activities.activity.published", "report_in.memberreportin.submitted"} <= actions


def test_a_second_run_keeps_what_there_is(city):
    User.objects.filter(email=ROLES[0].email).update(name="改过的名字")

    assert not build_once(TINY, Progress(StringIO()))
    assert User.objects.get(email=ROLES[0].email).name == "改过的名字"


def test_an_elder_is_kept_and_invitations_are_out(city):
    managed = ManagedPerson.objects.get()

    assert managed.person.phone is None
    assert ProxyEntry.objects.get().person == managed.person
    assert Invitation.objects.filter(codes__isnull=False).distinct().count() == 2
    assert PaperForm.objects.count() == 1
