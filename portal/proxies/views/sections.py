"""The sections of a person's page: one form for each thing that can be entered for them now."""

from typing import Any

from django import forms
from django.http import Http404

from portal.members.models import User
from portal.members.queries import home_unit, profile_of, skills_of
from portal.proxies import codes, queries
from portal.proxies.enums import EntryKind, FormKind
from portal.proxies.forms import CorrectionForm, LeaveForm, ProfileForm, ReportInForm, SignUpForm
from portal.proxies.models import PaperForm
from portal.report_in.queries import open_residence
from webui.htmx import MemberRequest

Section = FormKind | EntryKind


def paper_of(request: MemberRequest) -> PaperForm | None:
    """Return the paper form the request is about, of one's own communities.

    Raises:
        Http404: there is no such form, or it is another community's.
    """
    typed = request.POST.get("form") or request.GET.get("form")
    if not typed:
        return None
    paper = queries.papers_of(request.user).filter(code=codes.read_code(typed)).first()
    if paper is None:
        raise Http404
    return paper


def sections_for(request: MemberRequest, person: User, *, bound: Section | None = None) -> dict[Section, forms.Form]:
    """Return the forms for ``person``, the one of kind ``bound`` with what was sent."""

    def data(kind: Section) -> dict[str, Any]:
        return {"data": request.POST if kind == bound else None, "prefix": kind.value}

    paper, organiser = paper_of(request), request.user
    shifts, sign_ups = queries.open_shifts(organiser), queries.upcoming_of(person, organiser=organiser)
    if paper and paper.shift:
        shifts, sign_ups = shifts.filter(pk=paper.shift.pk), sign_ups.filter(shift=paper.shift)
    sections: dict[Section, forms.Form] = {}
    if home_unit(person) and open_residence(person) is None:
        sections[FormKind.REPORT_IN] = ReportInForm(**data(FormKind.REPORT_IN))
    if shifts.exists():
        initial = {"shift": paper.shift} if paper and paper.shift else {}
        sections[FormKind.SIGN_UP] = SignUpForm(**data(FormKind.SIGN_UP), shifts=shifts, initial=initial)
    if sign_ups.exists():
        sections[FormKind.LEAVE] = LeaveForm(**data(FormKind.LEAVE), sign_ups=sign_ups)
    if queries.is_managed(person):
        known = {"name": person.name, "phone": person.phone.as_national if person.phone else ""}
        sections[FormKind.CORRECTION] = CorrectionForm(**data(FormKind.CORRECTION), initial=known)
        if paper is None:  # no paper form asks for it
            sections[EntryKind.PROFILE] = ProfileForm(**data(EntryKind.PROFILE), initial=_said_before(person))
    return sections


def _said_before(person: User) -> dict[str, Any]:
    profile = profile_of(person)
    return {"skills": skills_of(profile), "own_skills": profile.own_skills, "wishes": profile.wishes}
