"""The editors' desk: upload, look through, save."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from website.case_studies.models import Figure
from website.imports import desk, queries
from website.imports.drafts import compose
from website.imports.errors import DocumentRefusedError
from website.imports.forms import UploadForm
from website.imports.looking import Look
from website.imports.models import ImportDraft
from website.imports.pagemaking import Fields
from website.people.models import PersonPage

UNPROCESSABLE = 422
_NOT_AN_ANSWER = frozenset({"csrfmiddlewaretoken", "action"})

View = Callable[..., HttpResponse]


def for_importers(view: View) -> View:
    """Show the page only to those who may put a page somewhere; to others it does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        places = queries.places(request.user)
        if not places:
            raise Http404
        return view(request, *args, places=places, **kwargs)

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
@for_importers
def upload(request: HttpRequest, *, places: list[Page]) -> HttpResponse:
    """Take a document, read it, and go on to the report."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        body = compose(form.reading, file_name=form.file_name).body
        draft = desk.keep_upload(form.reading, body=body, file_name=form.file_name, owner=request.user)
        return redirect("imports:report", draft.pk)
    context = {"form": form, "open_drafts": queries.open_drafts(request.user)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "website/imports/upload.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_importers
def report(request: HttpRequest, pk: UUID, *, places: list[Page]) -> HttpResponse:
    """Show what was found in a document; keep what is typed; save the draft page."""
    draft = get_object_or_404(ImportDraft.objects.select_related("page"), pk=pk, owner=request.user.pk)
    if draft.page is not None:
        return redirect(queries.edit_url(draft.page))
    if not draft.reading:
        raise Http404
    if request.method == "POST":
        return _answered(request, draft, places)
    look = Look(draft, user=request.user, places=places, answers=_query(draft.answers))
    return render(request, "website/imports/report.html", look.context())


def _answered(request: HttpRequest, draft: ImportDraft, places: list[Page]) -> HttpResponse:
    action = request.POST.get("action", "")
    if action == "discard":
        desk.discard(draft)
        messages.success(request, _("已丢弃《%(name)s》，没有留下任何内容。") % {"name": draft.file_name})
        return redirect("imports:upload")
    draft.answers = {name: values for name, values in request.POST.lists() if name not in _NOT_AN_ANSWER}
    desk.keep_answers(draft, draft.answers)
    if action == "save":
        return _saved(request, draft, places)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=204)
    messages.success(request, _("已暂存，可以以后接着看。"))
    return redirect("imports:report", draft.pk)


def _saved(request: HttpRequest, draft: ImportDraft, places: list[Page]) -> HttpResponse:
    look = Look(draft, user=request.user, places=places, answers=_query(draft.answers))
    if not look.is_valid():
        messages.error(request, _("还不能保存：请看下面标红的地方。您填的内容都在。"))
        return render(request, "website/imports/report.html", look.context(), status=UNPROCESSABLE)
    details = dict(look.details.cleaned_data)
    parent = details.pop("place")
    try:
        page = desk.save_page(
            draft_id=draft.pk,
            by=request.user,
            parent=parent,
            fields=Fields(**details),
            blocks=look.final.blocks,
            figures=_figures(look.figures, parent, year=details["year"]),
            pictures=list(look.passages.chosen_pictures()),
        )
    except DocumentRefusedError as refusal:
        messages.error(request, str(refusal.reason))
        return redirect("imports:upload")
    messages.success(request, _what_next(page))
    return redirect(queries.edit_url(page))


def _what_next(page: Page) -> str:
    if isinstance(page.specific, PersonPage):
        return _("已存为草稿。请登记本人的公开同意书，再请另一位同事看过后发布。")
    return _("已存为草稿。现在可以补图、改字，然后发布。")


def _figures(formset: BaseFormSet, parent: Page, *, year: int | None) -> list[Figure]:
    kept = [form for form in formset.forms if form.cleaned_data.get("keep")]
    names = ("number", "unit", "label", "source")
    return [
        Figure(**{name: form.cleaned_data[name] for name in names}, year=form.year_with(year), locale=parent.locale)
        for form in kept
    ]


def _query(answers: dict[str, list[str]]) -> QueryDict | None:
    """Return what was typed as if it had just been sent, or nothing if nothing was."""
    if not answers:
        return None
    query = QueryDict(mutable=True)
    for name, values in answers.items():
        query.setlist(name, values)
    return query
