"""What an organiser enters for somebody goes through the same doors, carries its mark, and is told."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import registry

from portal.activities.enums import SignUpState
from portal.activities.errors import ShiftHasStartedError
from portal.activities.models import SignUp
from portal.members.models import Consent, HomeMembership
from portal.notices.models import MailboxEntry, Message
from portal.proxies.actions import Mandate, correct_for, report_in_for, sign_up_for, take_up, withdraw_for
from portal.proxies.enums import ConsentKind, EntryKind, FormKind
from portal.proxies.errors import (
    CannotBeTakenUpError,
    FormNotUsableError,
    NotManagedError,
    NotOursError,
    NotSignedUpError,
    OwnEntryError,
    PhoneTakenError,
    ShiftNotOursError,
    SignedUpAlreadyError,
)
from portal.proxies.models import ManagedPerson, ProxyEntry, ResidentVolunteer
from portal.report_in.errors import AlreadyReportedInError
from portal.report_in.models import MemberReportIn
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.proxies import ManagedPersonFactory, PaperFormFactory, ResidentVolunteerFactory, organiser_of
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return CommunityFactory(name="云水社区")


@pytest.fixture
def mandate(area):
    return Mandate(by=organiser_of(area), area=area, consent=ConsentKind.PAPER)


@pytest.fixture
def elder(area):
    return ResidentVolunteerFactory(area=area).person


def last_log(instance):
    return registry.get_logs_for_instance(instance).order_by("-timestamp", "-pk").first()


def test_an_elder_without_a_phone_gets_an_account_the_community_keeps(mandate, area):
    entry = take_up(mandate=mandate, name="陈桂兰")

    elder = entry.person
    assert (elder.name, elder.phone, elder.has_usable_password()) == ("陈桂兰", None, False)
    assert elder.managed.area == area
    assert ResidentVolunteer.objects.get(person=elder).area == area
    assert (entry.kind, entry.consent, entry.entered_by) == (EntryKind.TAKEN_UP, ConsentKind.PAPER, mandate.by)
    assert last_log(elder).user == mandate.by
    assert not MailboxEntry.objects.exists()


def test_somebody_on_a_roster_is_reported_in_at_once(mandate, area):
    row = RosterEntryFactory(name="陈桂兰")

    entry = take_up(mandate=mandate, name="陈桂兰", phone=str(row.phone))

    report_in = MemberReportIn.objects.get()
    assert (report_in.person, report_in.unit, report_in.area) == (entry.person, row.unit, area)
    assert entry.report_in == report_in
    assert last_log(report_in).user == mandate.by
    assert last_log(report_in).data["for"] == entry.person_id
    assert Consent.objects.get().person == entry.person
    assert ManagedPerson.objects.get().person == entry.person


def test_another_name_than_the_rosters_meets_no_row(mandate):
    row = RosterEntryFactory(name="陈桂兰")

    take_up(mandate=mandate, name="王小明", phone=str(row.phone))

    row.refresh_from_db()
    assert row.person is None
    assert not HomeMembership.objects.exists()


def test_the_person_is_told_in_the_inbox_and_by_text(mandate, elder, django_capture_on_commit_callbacks):
    shift = ShiftFactory(activity__area=mandate.area)

    with django_capture_on_commit_callbacks(execute=True):
        sign_up_for(person=elder, shift=shift, mandate=mandate)

    message = Message.objects.get(recipient=elder)
    assert "代您录入：报名活动" in message.title
    assert str(mandate.by) in message.body
    sms = MailboxEntry.objects.get()
    assert sms.recipient == str(elder.phone)
    assert "云水社区工作人员代您录入：报名活动" in sms.body


def test_an_account_of_another_name_or_community_is_not_taken_up(mandate):
    stranger, elsewhere = UserFactory(name="李明"), ResidentVolunteerFactory().person

    for name, phone in (("王小明", stranger.phone), (elsewhere.name, elsewhere.phone)):
        with pytest.raises(CannotBeTakenUpError):
            take_up(mandate=mandate, name=name, phone=str(phone))
    assert not ProxyEntry.objects.exists()


def test_an_account_without_a_community_is_taken_up_and_stays_its_owners(mandate):
    person = UserFactory(name="李明")

    take_up(mandate=mandate, name="李明", phone=str(person.phone))

    assert ResidentVolunteer.objects.get().person == person
    assert not ManagedPerson.objects.exists()


def test_nobody_enters_for_themselves(mandate, area):
    ResidentVolunteerFactory(person=mandate.by, area=area)
    mandate.by.name = "沈若谷"
    mandate.by.save()

    with pytest.raises(OwnEntryError):
        sign_up_for(person=mandate.by, shift=ShiftFactory(activity__area=area), mandate=mandate)
    with pytest.raises(OwnEntryError):
        take_up(mandate=mandate, name="沈若谷", phone=str(mandate.by.phone))


def test_the_database_knows_no_entry_for_oneself(area):
    person = UserFactory()

    with transaction.atomic(), pytest.raises(IntegrityError):
        ProxyEntry.objects.create(
            person=person, entered_by=person, area=area, kind=EntryKind.SIGN_UP, consent=ConsentKind.PAPER
        )


def test_nobody_enters_for_another_community(mandate, area):
    person = ResidentVolunteerFactory().person

    with pytest.raises(NotOursError):
        sign_up_for(person=person, shift=ShiftFactory(activity__area=area), mandate=mandate)
    elsewhere = Mandate(by=mandate.by, area=CommunityFactory(), consent=ConsentKind.PAPER)
    with pytest.raises(NotOursError):
        take_up(mandate=elsewhere, name="陈桂兰")


@pytest.mark.parametrize("post", [{"unit_contact": True}, {"supervisor": True}])
def test_other_posts_enter_for_nobody(post, area, elder):
    mandate = Mandate(by=PostFactory(**post).person, area=area, consent=ConsentKind.PAPER)

    with pytest.raises(NotOursError):
        sign_up_for(person=elder, shift=ShiftFactory(activity__area=area), mandate=mandate)


def test_a_report_in_meets_the_same_refusals(mandate, area):
    report_in = MemberReportInFactory(area=area)

    with pytest.raises(AlreadyReportedInError):
        report_in_for(person=report_in.person, mandate=mandate)
    assert not ProxyEntry.objects.exists()


def test_a_resident_whom_a_unit_vouches_for_is_reported_in(mandate, elder):
    unit = HomeMembershipFactory(person=elder).unit

    entry = report_in_for(person=elder, mandate=mandate, note="住 3 栋")

    assert (entry.report_in.unit, entry.report_in.note) == (unit, "住 3 栋")


def test_a_sign_up_is_the_organisers_in_the_log_and_is_entered_once(mandate, elder):
    shift = ShiftFactory(activity__area=mandate.area)

    first = sign_up_for(person=elder, shift=shift, mandate=mandate)
    again = sign_up_for(person=elder, shift=shift, mandate=mandate)

    assert first == again
    assert ProxyEntry.objects.count() == 1
    assert logged(first) == ["proxies.proxyentry.entered"]
    sign_up = SignUp.objects.get()
    assert (sign_up.member, sign_up.state) == (elder, SignUpState.CONFIRMED)
    assert (last_log(sign_up).user, last_log(sign_up).data["for"]) == (mandate.by, elder.pk)


def test_who_signed_up_alone_is_not_marked_as_entered(mandate, elder):
    sign_up = SignUpFactory(member=elder, shift__activity__area=mandate.area)

    with pytest.raises(SignedUpAlreadyError):
        sign_up_for(person=elder, shift=sign_up.shift, mandate=mandate)


def test_a_sign_up_meets_the_same_refusals(mandate, elder):
    with pytest.raises(ShiftHasStartedError):
        sign_up_for(person=elder, shift=ShiftFactory(activity__area=mandate.area, past=True), mandate=mandate)
    with pytest.raises(ShiftNotOursError):
        sign_up_for(person=elder, shift=ShiftFactory(), mandate=mandate)


def test_a_withdrawal_is_entered_once(mandate, elder):
    sign_up = SignUpFactory(member=elder, shift__activity__area=mandate.area)

    entry = withdraw_for(sign_up=sign_up, mandate=mandate)

    sign_up.refresh_from_db()
    assert sign_up.state == SignUpState.WITHDRAWN
    assert entry.kind == EntryKind.WITHDRAWAL
    assert last_log(sign_up).data["for"] == elder.pk
    with pytest.raises(NotSignedUpError):
        withdraw_for(sign_up=sign_up, mandate=mandate)


def test_the_data_of_who_never_logged_in_is_corrected(mandate, area):
    elder = ManagedPersonFactory(area=area, person__name="陈贵兰").person

    entry = correct_for(person=elder, mandate=mandate, name="陈桂兰", phone="+8613700000001")

    elder.refresh_from_db()
    assert (elder.name, str(elder.phone), entry.kind) == ("陈桂兰", "+8613700000001", EntryKind.CORRECTION)
    assert last_log(elder).data["fields"] == ["name", "phone"]


def test_a_phone_of_somebody_else_is_refused(mandate, area):
    elder, other = ManagedPersonFactory(area=area).person, UserFactory()

    with pytest.raises(PhoneTakenError):
        correct_for(person=elder, mandate=mandate, name="陈桂兰", phone=str(other.phone))


def test_the_data_of_who_logs_in_is_theirs(mandate, elder):
    with pytest.raises(NotManagedError):
        correct_for(person=elder, mandate=mandate, name="别的名字")


def test_a_form_for_one_is_used_up(mandate, area):
    form = PaperFormFactory(area=area)
    on_paper = Mandate(by=mandate.by, area=area, consent=ConsentKind.PAPER, paper_form=form)

    entry = take_up(mandate=on_paper, name="陈桂兰")

    form.refresh_from_db()
    assert (entry.paper_form, form.used_at is not None) == (form, True)
    with pytest.raises(FormNotUsableError):
        take_up(mandate=on_paper, name="林秀英")
    assert ManagedPerson.objects.count() == 1


def test_a_sheet_brings_back_many_lines_of_its_shift_alone(mandate, area):
    shift = ShiftFactory(activity__area=area)
    sheet = PaperFormFactory(area=area, kind=FormKind.SIGN_UP, shift=shift, expires_at=shift.starts_at)
    on_paper = Mandate(by=mandate.by, area=area, consent=ConsentKind.PAPER, paper_form=sheet)

    for resident in ResidentVolunteerFactory.create_batch(3, area=area):
        sign_up_for(person=resident.person, shift=shift, mandate=on_paper)

    assert sheet.entries.count() == 3
    other, one_more = ShiftFactory(activity=shift.activity), ResidentVolunteerFactory(area=area).person
    with pytest.raises(ShiftNotOursError):
        sign_up_for(person=one_more, shift=other, mandate=on_paper)


@pytest.mark.parametrize("kind", [FormKind.CORRECTION])
def test_a_form_of_another_kind_or_community_brings_nothing_back(mandate, area, kind):
    for form in (PaperFormFactory(area=area, kind=kind), PaperFormFactory()):
        wrong = Mandate(by=mandate.by, area=area, consent=ConsentKind.PAPER, paper_form=form)
        with pytest.raises(FormNotUsableError):
            take_up(mandate=wrong, name="陈桂兰")
    assert not ManagedPerson.objects.exists()


def test_a_consent_nobody_knows_is_no_consent(mandate, area):
    unheard = Mandate(by=mandate.by, area=area, consent="assumed")

    with pytest.raises(ValidationError):
        take_up(mandate=unheard, name="陈桂兰")
