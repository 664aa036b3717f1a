"""What every entry for somebody else shares: who enters, by which consent, from which paper, and telling the person."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.actions import hold_communities
from portal.organisations.models import Area
from portal.organisations.queries import came_of
from portal.proxies.enums import ConsentKind, EntryKind, FormKind
from portal.proxies.errors import CommunityEndedError, FormNotUsableError, NotOursError, OwnEntryError
from portal.proxies.models import PaperForm, ProxyEntry
from portal.proxies.queries import may_enter_for
from portal.states import lock, save


@dataclass(frozen=True)
class Mandate:
    """In whose name something is entered: ``by`` has the person's ``consent``, perhaps on a paper with a code."""

    by: User
    area: Area
    consent: ConsentKind
    paper_form: PaperForm | None = None

    def hold(self, person: User) -> User:
        """Lock the community, then ``person``, as a merger does; return the person as they are now.

        Raises:
            CommunityEndedError: it has ended this very moment.
            OwnEntryError, NotOursError: ``by`` may not enter for them.
        """
        if not hold_communities(self.area):
            raise CommunityEndedError
        person = lock(person)
        self.refuse_unless_ours(person)
        return person

    def refuse_unless_ours(self, person: User) -> None:
        """Raise ``OwnEntryError`` or ``NotOursError`` unless ``by`` may enter for ``person``."""
        if person.pk == self.by.pk:
            raise OwnEntryError
        if not may_enter_for(self.by, person, self.area):
            raise NotOursError

    def enter(self, person: User, kind: EntryKind, **about: Any) -> ProxyEntry:
        """Write down that ``kind`` was entered for ``person``, use up the paper, and tell them.

        The caller holds the person's lock.
        """
        form = self._use_paper(kind)
        entry = ProxyEntry(
            person=person,
            entered_by=self.by,
            area=self.area,
            kind=kind,
            consent=self.consent,
            paper_form=form,
            **about,
        )
        save(entry, action="entered", by=self.by, data={"for": person.pk, "kind": str(kind)})
        _tell(entry)
        return entry

    def _use_paper(self, kind: EntryKind) -> PaperForm | None:
        if self.paper_form is None:
            return None
        form = lock(self.paper_form)
        if not form.is_usable or not self._is_of(form) or kind not in KINDS_ON[FormKind(form.kind)]:
            raise FormNotUsableError
        if form.used_at is None:
            form.used_at = timezone.now()
            save(form, action="used", by=self.by)
        return form

    def _is_of(self, form: PaperForm) -> bool:
        """Return whether ``form`` was printed for this community, or for one that became this one."""
        return form.area_id == self.area.pk or came_of(form.area).filter(pk=self.area.pk).exists()


KINDS_ON = {
    FormKind.REPORT_IN: {EntryKind.TAKEN_UP, EntryKind.REPORT_IN},
    FormKind.SIGN_UP: {EntryKind.SIGN_UP},
    FormKind.LEAVE: {EntryKind.WITHDRAWAL},
    FormKind.CORRECTION: {EntryKind.CORRECTION},
}


def _tell(entry: ProxyEntry) -> None:
    details = {"area": entry.area, "name": entry.entered_by, "what": entry.get_kind_display()}
    tell(
        recipient=entry.person,
        kind=MessageKind.ENTRY,
        title=_("%(area)s代您录入：%(what)s") % details,
        body=_("由%(name)s代为录入。如果不对，您可以撤销，或者提出异议。") % details,
        url=reverse("proxies:mine"),
        sms=_sms(entry),
    )


def _sms(entry: ProxyEntry) -> str:
    text = _("【报到】%(area)s工作人员代您录入：%(what)s。如果不对，请登录查看，或者联系社区。")
    text %= {"area": entry.area, "what": entry.get_kind_display()}
    return text + _("社区电话 %(phone)s。") % {"phone": entry.area.phone} if entry.area.phone else text
