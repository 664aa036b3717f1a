"""Forms are printed, and their codes bring back what was written on them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.proxies import actions, codes, queries
from portal.proxies.enums import FormKind
from portal.proxies.errors import FormNotUsableError, ProxyError
from portal.proxies.forms import FormCodeForm, IssueForm
from portal.proxies.models import PaperForm
from webui.htmx import MemberRequest
from webui.pagination import page_of
from webui.qr import qr_code

LINES_ON_A_SHEET = 20


@login_required
@permission_required("proxies.enter_for_person", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_forms(request: MemberRequest) -> HttpResponse:
    """Choose what to print; type the code of what came back; see what was printed."""
    areas, shifts = queries.areas_entered_for(request.user), queries.open_shifts(request.user)
    form = IssueForm(request.POST if request.method == "POST" else None, areas=areas, shifts=shifts)
    if areas and form.is_valid():
        data = form.cleaned_data
        kind = FormKind(data["kind"])
        try:
            made = actions.issue_forms(
                kind=kind, area=form.area(), by=request.user, shift=data["shift"], copies=data["copies"]
            )
        except ProxyError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("proxies:print_forms", made[0].code)
    return _page(request, issue_form=form, status=422 if form.errors else 200)


@login_required
@permission_required("proxies.enter_for_person", raise_exception=True)
@require_POST
def open_by_code(request: MemberRequest) -> HttpResponse:
    form = FormCodeForm(request.POST)
    if form.is_valid():
        if queries.papers_of(request.user).filter(code=form.cleaned_data["code"]).exists():
            return redirect("proxies:enter_form", form.cleaned_data["code"])
        form.add_error("code", _("本社区没有这个编号的表格，请再看一遍。"))
    return _page(request, code_form=form, status=422)


@login_required
@require_safe
def enter_form(request: MemberRequest, code: str) -> HttpResponse:
    """Lead from the code on the paper to where it is entered."""
    paper = _form(request, code)
    if not paper.is_usable:
        messages.error(request, str(FormNotUsableError()))
        return redirect("proxies:paper_forms")
    start = "proxies:take_up" if paper.kind == FormKind.REPORT_IN else "proxies:find"
    return redirect(f"{reverse(start)}?form={paper.code}")


@login_required
@require_safe
def print_forms(request: MemberRequest, code: str) -> HttpResponse:
    """Show the forms made together with this one, each on an A4 page."""
    paper = _form(request, code)
    batch = {"issued_at": paper.issued_at, "issued_by": paper.issued_by, "kind": paper.kind}
    together = queries.papers_of(request.user).filter(**batch)
    papers = [
        (one, qr_code(request.build_absolute_uri(reverse("proxies:enter_form", args=[one.code]))))
        for one in together.order_by("pk")
    ]
    context = {"paper": paper, "papers": papers, "lines": range(1, LINES_ON_A_SHEET + 1)}
    return render(request, "portal/proxies/print_forms.html", context)


def _form(request: MemberRequest, code: str) -> PaperForm:
    paper = queries.papers_of(request.user).filter(code=codes.read_code(code)).first()
    if paper is None:
        raise Http404
    return paper


def _page(
    request: MemberRequest,
    *,
    issue_form: IssueForm | None = None,
    code_form: FormCodeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    areas, shifts = queries.areas_entered_for(request.user), queries.open_shifts(request.user)
    context = {
        "issue_form": issue_form or IssueForm(areas=areas, shifts=shifts),
        "code_form": code_form or FormCodeForm(),
        "areas": areas,
        "page": page_of(request, queries.papers_of(request.user)),
    }
    return render(request, "portal/proxies/paper_forms.html", context, status=status)
