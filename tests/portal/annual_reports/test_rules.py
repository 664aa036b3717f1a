import pytest

from portal.annual_reports.enums import Side
from portal.organisations.enums import Role
from tests.factories.annual_reports import AnnualReportFactory, receipt_of
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory, UnitFactory

WHO = ["member", "other member", "organiser", "street organiser", "organiser elsewhere", "contact", "contact above",
       "contact elsewhere", "supervisor", "organiser who is the member"]  # fmt: skip
ANSWERS = {
    Side.COMMUNITY: {"organiser", "street organiser"},
    Side.UNIT: {"contact"},
}


def person(who, report):
    area, unit = receipt_of(report, Side.COMMUNITY).area, receipt_of(report, Side.UNIT).unit
    made = {
        "member": lambda: report.member,
        "other member": UserFactory,
        "organiser": lambda: PostFactory(area=area).person,
        "street organiser": lambda: PostFactory(area=area.get_parent()).person,
        "organiser elsewhere": lambda: PostFactory().person,
        "contact": lambda: PostFactory(unit_contact=True, unit=unit).person,
        "contact above": lambda: PostFactory(unit_contact=True, unit=UnitFactory()).person,
        "contact elsewhere": lambda: PostFactory(unit_contact=True).person,
        "supervisor": lambda: PostFactory(area=area, role=Role.SUPERVISOR).person,
        "organiser who is the member": lambda: PostFactory(person=report.member, area=area).person,
    }
    return made[who]()


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("who", WHO)
def test_who_answers(db, who, side):
    report = AnnualReportFactory(sent=True)

    may = person(who, report).has_perm("annual_reports.answer_receipt", receipt_of(report, side))

    assert may == (who in ANSWERS[side])


@pytest.mark.parametrize("permission", ["annual_reports.edit_report", "annual_reports.send_report"])
@pytest.mark.parametrize("who", WHO)
def test_who_edits_and_sends(db, who, permission):
    report = AnnualReportFactory(sent=True)

    may = person(who, report).has_perm(permission, report)

    assert may == (who in {"member", "organiser who is the member"})
