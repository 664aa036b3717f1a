"""What becomes of each way from a row to a person when two accounts of that person are put together.

Beside the registry, and as complete: a test refuses a new pointer to a person until it stands here. Work, content and
the editors' desk need no line: an account that has any of it is none that a community keeps, and is refused.
"""

from collections.abc import Iterator

from portal.members.models import User
from portal.personal_data.enums import OnMerging
from portal.personal_data.registry import HOLDINGS, Holding
from portal.personal_data.subjects import CONTENT, DESK, READS, WORK

ON_MERGING: dict[str, OnMerging] = {
    "members.User_groups.user": OnMerging.REFUSED,
    "members.User_user_permissions.user": OnMerging.REFUSED,
    "account.EmailAddress.user": OnMerging.DELETED,
    "mfa.Authenticator.user": OnMerging.DELETED,
    "socialaccount.SocialAccount.user": OnMerging.DELETED,
    "usersessions.UserSession.user": OnMerging.DELETED,
    "wagtailcore.APIToken.user": OnMerging.DELETED,
    "wagtailcore.ModelLogEntry.user": OnMerging.STAYS,
    "wagtailcore.PageLogEntry.user": OnMerging.STAYS,
    "personal_data.AccountClosing.person": OnMerging.STAYS,
    "personal_data.LegalHold.person": OnMerging.MOVED,
    "members.Consent.person": OnMerging.MOVED,
    "members.ReadLog.person": OnMerging.MOVED,
    "members.RosterEntry.person": OnMerging.MOVED,
    "members.HomeMembership.person": OnMerging.MOVED,
    "members.UnitMove.person": OnMerging.MOVED,
    "members.Profile.person": OnMerging.MOVED,
    "report_in.MemberReportIn.person": OnMerging.MOVED,
    "report_in.Leave.person": OnMerging.MOVED,
    "teams.TeamMembership.person": OnMerging.MOVED,
    "calendars.CalendarAddress.person": OnMerging.DELETED,
    "activities.SignUp.member": OnMerging.MOVED,
    "activities.Qualification.holder": OnMerging.MOVED,
    "activities.AgeDeclaration.person": OnMerging.MOVED,
    "activities.CoverAsk.member": OnMerging.DELETED,
    "activities.Invitation.member": OnMerging.MOVED,
    "records.ServiceRecord.member": OnMerging.MOVED,
    "records.OwnService.member": OnMerging.MOVED,
    "records.Objection.objector": OnMerging.MOVED,
    "records.Hint.member": OnMerging.MOVED,
    "points.Entry.member": OnMerging.LEDGER,
    "annual_reports.AnnualReport.member": OnMerging.MOVED,
    "notices.Message.recipient": OnMerging.MOVED,
    "notices.Delivery.recipient": OnMerging.MOVED,
    "notices.Preference.person": OnMerging.MOVED,
    "organisations.Post.person": OnMerging.MOVED,
    "proxies.ManagedPerson.person": OnMerging.STAYS,
    "proxies.HandOver.person": OnMerging.STAYS,
    "proxies.HandOver.own": OnMerging.STAYS,
    "proxies.ResidentVolunteer.person": OnMerging.MOVED,
    "proxies.ProxyEntry.person": OnMerging.MOVED,
    "proxies.Joining.person": OnMerging.MOVED,
}
OFFICIAL = (WORK, CONTENT, DESK)


def decision_on(holding: Holding) -> OnMerging:
    """Return what becomes of the rows of ``holding``; those that only follow another row follow it here too."""
    if not holding.is_direct:
        return OnMerging.FOLLOWS
    return OnMerging.REFUSED if holding.subject in OFFICIAL else ON_MERGING[holding.key]


def decided(decision: OnMerging) -> Iterator[Holding]:
    """Yield the holdings that ``decision`` is about."""
    return (holding for holding in HOLDINGS if decision_on(holding) == decision)


def acted_for(*, gone: User, kept: User) -> bool:
    """Return whether ``kept`` entered, confirmed or decided anything for ``gone``: nobody does that for themselves."""
    officials = [holding for holding in HOLDINGS if holding.subject is WORK and holding.is_direct]
    own = [holding for holding in HOLDINGS if holding.subject not in (WORK, READS) and holding.match is None]
    return any(
        work.model_class._base_manager.filter(**{work.lookup: kept.pk, mine.lookup: gone.pk}).exists()
        for work in officials
        for mine in own
        if mine.model == work.model and mine.lookup != "pk"
    )
