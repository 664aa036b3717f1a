import pytest
from django.urls import reverse
from django.utils import timezone

from portal.notices.models import Message
from portal.organisations.actions import Part, end_area, merge_areas, split_area
from portal.organisations.errors import StillInUseError
from portal.proxies.actions import Mandate, ask_hand_over, invite_by_cards, redeem, sign_up_for
from portal.proxies.enums import ConsentKind, EntryKind, FormKind
from portal.proxies.errors import CodeNotUsableError, CommunityEndedError, FormNotUsableError, JoinedAlreadyError
from portal.proxies.models import HandOver, ProxyEntry, ResidentVolunteer
from portal.proxies.queries import code_row, community_of, may_enter_for
from portal.report_in.models import MemberReportIn
from tests.factories.activities import ShiftFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.proxies import HandOverFactory, ManagedPersonFactory, PaperFormFactory, ResidentVolunteerFactory

OPEN = reverse("proxies:open_form")

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostFactory()


def test_an_elder_and_a_resident_follow_their_community(post):
    after = CommunityFactory()
    elder, resident = ManagedPersonFactory(area=post.area), ResidentVolunteerFactory(area=post.area)
    old_cards, _shown = invite_by_cards(place=post.area, by=post.person)
    new_cards, _shown = invite_by_cards(place=after, by=PostFactory(area=after).person)
    newcomer = UserFactory()

    merge_areas(areas=[post.area], into=after, by=None)

    assert community_of(elder.person) == community_of(resident.person) == after
    assert may_enter_for(post.person, elder.person, after)
    assert "居民志愿者" in Message.objects.get(recipient=resident.person).title
    with pytest.raises(JoinedAlreadyError):
        redeem(code=new_cards.codes.first(), person=resident.person)
    redeem(code=old_cards.codes.first(), person=newcomer)
    assert community_of(newcomer) == after


def test_a_split_hands_them_to_the_first_part(post):
    elder = ManagedPersonFactory(area=post.area)

    first, _second = split_area(area=post.area, parts=[Part("N", "北"), Part("S", "南")], by=None)

    assert may_enter_for(post.person, elder.person, first)


def test_a_hand_over_that_waits_follows(post):
    after, hand_over = CommunityFactory(), HandOverFactory(area=post.area)

    merge_areas(areas=[post.area], into=after, by=None)

    hand_over.refresh_from_db()
    assert hand_over.area == after


def test_a_form_printed_before_is_entered_in_the_community_that_follows(client, post):
    paper, after = PaperFormFactory(area=post.area, kind=FormKind.REPORT_IN), CommunityFactory()
    organiser = PostFactory(area=after).person
    merge_areas(areas=[post.area], into=after, by=None)
    client.force_login(organiser)

    opened = client.post(OPEN, {"code": paper.shown_code})
    form = client.get(client.get(opened.url).url)
    typed = {"name": "李奶奶", "phone": "", "note": "", "consent": ConsentKind.PAPER, "form": paper.code}
    done = client.post(reverse("proxies:take_up"), typed)

    assert form.context["form"].initial["area"] == after.code
    assert done.status_code == 302
    entry = ProxyEntry.objects.get()
    assert (entry.area, entry.kind, entry.paper_form) == (after, EntryKind.TAKEN_UP, paper)
    paper.refresh_from_db()
    assert paper.used_at
    assert paper.area == post.area  # it stays what it says


def test_a_report_in_on_paper_lands_in_the_community_that_follows(client, post):
    paper, after = PaperFormFactory(area=post.area, kind=FormKind.REPORT_IN), CommunityFactory()
    elder = ManagedPersonFactory(area=post.area).person
    HomeMembershipFactory(person=elder)
    merge_areas(areas=[post.area], into=after, by=None)
    client.force_login(post.person)

    typed = {"report_in-consent": ConsentKind.PAPER, "report_in-note": "", "form": paper.code}
    client.post(reverse("proxies:report_in", args=[elder.pk]), typed)

    assert MemberReportIn.objects.get().area == after
    assert ProxyEntry.objects.get().paper_form == paper


def test_a_sheet_for_a_shift_that_follows_is_entered_line_by_line(post):
    shift, after = ShiftFactory(activity__area=post.area), CommunityFactory()
    paper = PaperFormFactory(area=post.area, kind=FormKind.SIGN_UP, shift=shift)
    elders = [ManagedPersonFactory(area=area).person for area in (post.area, after)]
    merge_areas(areas=[post.area], into=after, by=None)
    shift.refresh_from_db()

    for elder in elders:
        mandate = Mandate(by=post.person, area=after, consent=ConsentKind.PAPER, paper_form=paper)
        assert sign_up_for(person=elder, shift=shift, mandate=mandate).area == after


def test_of_a_split_either_part_brings_its_papers_back(client, post):
    papers = [PaperFormFactory(area=post.area, kind=FormKind.REPORT_IN) for _ in range(2)]
    parts = split_area(area=post.area, parts=[Part("N", "北"), Part("S", "南")], by=None)

    for part, paper in zip(parts, papers, strict=True):
        client.force_login(PostFactory(area=part).person)
        typed = {"name": "李奶奶", "phone": "", "note": "", "consent": ConsentKind.PAPER, "form": paper.code}
        client.post(reverse("proxies:take_up"), typed)
        assert ProxyEntry.objects.get(paper_form=paper).area == part


def test_a_form_of_elsewhere_is_still_of_elsewhere(client, post):
    paper, after = PaperFormFactory(area=post.area, kind=FormKind.REPORT_IN), CommunityFactory()
    merge_areas(areas=[post.area], into=after, by=None)
    stranger = PostFactory()
    client.force_login(stranger.person)

    assert client.post(OPEN, {"code": paper.shown_code}).status_code == 422
    mandate = Mandate(by=stranger.person, area=stranger.area, consent=ConsentKind.PAPER, paper_form=paper)
    with pytest.raises(FormNotUsableError):
        mandate.enter(UserFactory(), EntryKind.TAKEN_UP)


def test_whoever_invites_to_a_community_that_has_just_become_another_invites_there(post):
    after = CommunityFactory()
    merge_areas(areas=[post.area], into=after, by=None)

    cards, _shown = invite_by_cards(place=post.area, by=post.person)

    assert cards.area == after


def test_nobody_invites_to_a_community_that_ended_with_nobody_following(post):
    end_area(area=post.area, by=None)

    with pytest.raises(CommunityEndedError):
        invite_by_cards(place=post.area, by=post.person)


def test_no_account_is_handed_over_in_a_community_that_has_just_become_another(post):
    elder, after = ManagedPersonFactory(area=post.area).person, CommunityFactory()
    mandate = Mandate(by=post.person, area=post.area, consent=ConsentKind.PAPER)
    merge_areas(areas=[post.area], into=after, by=None)

    with pytest.raises(CommunityEndedError):
        ask_hand_over(person=elder, phone="+8613800000000", mandate=mandate)
    assert not HandOver.objects.exists()


@pytest.mark.parametrize("factory", [ManagedPersonFactory, ResidentVolunteerFactory, HandOverFactory])
def test_a_community_that_keeps_somebody_does_not_just_end(factory):
    area = factory().area

    with pytest.raises(StillInUseError, match="合并"):
        end_area(area=area, by=None)


def test_whoever_has_left_or_looks_after_themselves_keeps_no_community(post):
    now = timezone.now()
    ManagedPersonFactory(area=post.area, claimed_at=now)
    ResidentVolunteerFactory(area=post.area, left_at=now)

    assert end_area(area=post.area, by=None).has_ended


def test_a_card_lets_nobody_into_a_community_that_ended_with_nobody_following(post):
    cards, (shown, *_others) = invite_by_cards(place=post.area, by=post.person)
    assert code_row(shown)

    end_area(area=post.area, by=None)

    assert code_row(shown) is None
    with pytest.raises(CodeNotUsableError):
        redeem(code=cards.codes.first(), person=UserFactory())
    assert not ResidentVolunteer.objects.exists()
