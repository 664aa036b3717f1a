"""Writing to an audience: write, look at it, send; and what became of it."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.notices import actions, queries
from portal.notices.audiences import Reach, reach_of
from portal.notices.errors import MailingError
from portal.notices.mailing_forms import MailingForm
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def mailings(request: MemberRequest) -> HttpResponse:
    """List what one wrote."""
    return render(
        request, "portal/notices/mailings.html", {"page": page_of(request, queries.mailings_of(request.user))}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: MemberRequest, audience: str, target: str) -> HttpResponse:
    """Write to an audience; with ``step=preview`` look at it first, with ``step=send`` send it."""
    reach = reach_of(sender=request.user, audience=audience, target=target)
    if reach is None:
        raise Http404
    if request.method != "POST":
        return _page(request, "write", reach, MailingForm(initial={"token": uuid4()}))
    form, step = MailingForm(request.POST), request.POST.get("step")
    if not form.is_valid() or step not in ("preview", "send"):
        return _page(request, "write", reach, form)
    if step == "preview":
        return _page(request, "preview", reach, form)
    try:
        mailing = actions.send_mailing(sender=request.user, audience=audience, target=target, **form.cleaned_data)
    except MailingError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, "write", reach, form)
    messages.success(request, _("已经发出。大家会在收件箱里看到。"))
    return redirect("notices:mailing", pk=mailing.pk)


@login_required
@require_safe
def mailing(request: MemberRequest, pk: int) -> HttpResponse:
    """Show its sender whom a mailing has reached, and how."""
    mine = get_object_or_404(queries.mailings_of(request.user), pk=pk)
    about = {"mailing": mine, "page": page_of(request, queries.told_by(mine)), "ways": queries.ways_of(mine)}
    return render(request, "portal/notices/mailing.html", about)


def _page(request: MemberRequest, step: str, reach: Reach, form: MailingForm) -> HttpResponse:
    about = {"form": form, "reach": reach, "numbers": queries.numbers_of(reach.people)}
    status = 422 if form.errors else 200
    return render(request, f"portal/notices/mailing_{step}.html", about, status=status)
