"""A change is shown before it is made; then members answer it, and the organiser sees who has not."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.activities import actions, queries
from portal.activities.enums import Scope
from portal.activities.errors import ActivityError
from portal.activities.forms import ScopeForm, TermsForm
from portal.activities.models import Activity, MaterialChange, SignUp
from portal.activities.queries import Planned
from webui.htmx import MemberRequest


class Reach:
    """How far a change goes, who is asked about it, and whether the organiser has seen all that and said yes."""

    def __init__(self, request: MemberRequest, activity: Activity) -> None:
        self.request = request
        is_sent = request.method == "POST"
        self.scope_form = ScopeForm(request.POST if is_sent and "scope" in request.POST else None)
        self.in_series = activity.series_id is not None
        self.is_sure = is_sent and "sure" in request.POST
        self.terms = TermsForm(request.POST if self.is_sure and "reconfirm_by" in request.POST else None)

    @property
    def scope(self) -> str:
        chosen = self.in_series and self.scope_form.is_valid()
        return self.scope_form.cleaned_data["scope"] if chosen else Scope.THIS

    @property
    def is_settled(self) -> bool:
        """Whether the organiser has seen it all, and said by when people are to answer where any are asked."""
        return self.is_sure and (not self.terms.is_bound or self.terms.is_valid())

    @property
    def chosen_terms(self) -> dict[str, Any]:
        return self.terms.cleaned_data if self.terms.is_bound and self.terms.is_valid() else {}

    def alike(
        self,
        change: Callable[[], list[actions.Kept]],
        *,
        planned: Callable[[], list[Planned]],
        form: Any,
        activity: Activity,
        back: str,
        done: str,
        to: str,
        people: int = 0,
    ) -> HttpResponse:
        """Make ``change``, say that it is ``done`` and which dates it left as they are, and go on ``to`` an address;
        show it first where it reaches other dates, or ``people`` who are asked again.

        Raises:
            ActivityError: it is refused.
        """
        if (self.scope == Scope.THIS and not people) or self.is_settled:
            for one in change():
                messages.warning(self.request, _("%(day)s 没有改：%(reason)s") % _said_of(one))
            messages.success(self.request, done)
            return redirect(to)
        kept = actions.rehearse(change)
        changing = [one for one in planned() if one.activity not in [date.activity for date in kept]]
        return self.preview(form=form, planned=changing, activity=activity, people=people, back=back, refused=kept)

    def preview(
        self,
        *,
        form: Any,
        planned: list[Planned],
        activity: Activity,
        people: int,
        back: str,
        refused: Sequence[actions.Kept] = (),
    ) -> HttpResponse:
        """Show what would change, before → after; everything typed goes along."""
        context = {
            "form": form,
            "planned": planned,
            "activity": activity,
            "people": people,
            "refused": refused,
            "kept": queries.kept_own(activity, self.scope),
            "scope": self.scope if self.in_series else "",
            "terms": self.terms,
            "back": back,
        }
        status = 422 if self.terms.errors else 200
        return render(self.request, "portal/activities/change_preview.html", context, status=status)


@login_required
@require_safe
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Show an organiser what was changed, and who has not answered."""
    organised = queries.organised_activities(request.user)
    found = get_object_or_404(MaterialChange.objects.filter(activity__in=organised.order_by()), pk=pk)
    silent = queries.silent_on(found)
    context = {"change": found, "activity": found.activity, "silent": silent}
    return render(request, "portal/activities/change.html", context)


@login_required
@require_POST
def reconfirm(request: MemberRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, actions.reconfirm, done=_("已经确认，到时候见。"))


@login_required
@require_POST
def decline_change(request: MemberRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, actions.decline_change, done=_("已经退出。谢谢您提前说一声。"))


def _said_of(kept: actions.Kept) -> dict[str, str]:
    day = kept.activity.series_on  # only dates of a series are kept
    return {"day": date_format(day, "MONTH_DAY_FORMAT") if day else "", "reason": kept.reason}


def _answer(request: MemberRequest, pk: int, action: Callable[..., SignUp], *, done: str) -> HttpResponse:
    sign_up = get_object_or_404(SignUp.objects.select_related("shift__activity"), pk=pk, member=request.user)
    try:
        action(sign_up=sign_up, by=request.user)
    except ActivityError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("activities:mine")
