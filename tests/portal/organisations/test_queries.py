import pytest

from portal.organisations import queries
from portal.organisations.enums import Role
from portal.report_in.queries import home_community, members_reported_in
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db


def test_a_post_reaches_its_subtree():
    grid = GridFactory()
    community = grid.get_parent()
    CommunityFactory()
    person = PostFactory(area=community).person

    assert list(queries.areas_reached(person, roles={Role.ORGANISER})) == [community, grid]
    r = MemberReportInFactory(accepted=True, area=community)
    assert home_community(r.person) == community
    assert list(members_reported_in(community.get_parent())) == [r.person]
