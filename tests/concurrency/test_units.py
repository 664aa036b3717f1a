"""However many contacts ask at the same moment: one reminder a phone, one report-in of a unit in a community."""

from collections import Counter

import pytest
from django.utils import timezone

from portal.members.models import RosterEntry
from portal.notices.models import MailboxEntry
from portal.organisations.models import Post
from portal.report_in.actions import UnitOffer, remind_gap, report_unit_in
from portal.report_in.errors import UnitHasReportedInError
from portal.report_in.models import UnitReportIn
from portal.report_in.queries import gap_list
from tests.concurrency.race import race
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

HANDS = 4
PHONES = 6


def test_units_that_share_people_remind_each_phone_once():
    posts = [PostFactory(unit_contact=True) for _ in range(HANDS)]
    phones = [str(RosterEntryFactory(unit=posts[0].unit).phone) for _ in range(PHONES)]
    for post in posts[1:]:
        for phone in reversed(phones):
            RosterEntryFactory(unit=post.unit, phone=phone)

    def remind(post: Post) -> int:
        assert post.unit is not None
        rows = gap_list(post.person)
        return remind_gap(rows=rows, unit=post.unit, by=post.person, most_sms=99, now=timezone.now()).sms

    sent = race(remind, posts, threads=HANDS)

    assert sum(sent) == PHONES
    assert Counter(MailboxEntry.objects.values_list("recipient", flat=True)) == dict.fromkeys(phones, 1)
    assert RosterEntry.objects.count() == HANDS * PHONES


def test_a_unit_sent_at_once_has_one_report_in_in_a_community():
    unit, area, people = UnitFactory(), CommunityFactory(), UserFactory.create_batch(HANDS)

    def send(_hand: int) -> str:
        try:
            report_unit_in(unit=unit, areas=[area], offer=UnitOffer("何静宜", "010-5550 0101"), by=people[_hand])
        except UnitHasReportedInError:
            return "refused"
        return "sent"

    outcomes = Counter(race(send, range(HANDS), threads=HANDS))

    assert outcomes == {"sent": 1, "refused": HANDS - 1}
    assert UnitReportIn.objects.count() == 1
