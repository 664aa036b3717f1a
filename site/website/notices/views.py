"""Objecting without a log-in, reading the answer with number and code, and answering at the editors' desk.

Neither text nor code is ever in an address: receipts and answers are shown in reply to a POST, and kept by nobody.
"""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from website.notices import actions
from website.notices.errors import NoticeIsClosed, ObjectionIsClosed, ObjectionRefused
from website.notices.forms import AnswerForm, ObjectionCodeForm, ObjectionForm, cleaned_entry
from website.notices.models import NoticeIndexPage, NoticePage, Objection

UNPROCESSABLE = 422
GONE = 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection_send(request: HttpRequest, *, notice: NoticePage) -> HttpResponse:
    """Show the form while the notice is open; take what is sent, and show number and code once."""
    form = ObjectionForm(request.POST or None, initial={"once": uuid.uuid4()})
    if request.method != "POST":
        return _form_page(request, notice, form, status=200 if notice.takes_objections else GONE)
    if not form.is_valid():
        return _form_page(request, notice, form, status=UNPROCESSABLE)
    if not ratelimit.consume(request, action="send_objection"):
        form.add_error(None, _("这个网络上提交得太频繁了，请过一会儿再试。您写的内容还在下面。"))
        return _form_page(request, notice, form, status=429)
    once = form.cleaned_data["once"] or uuid.uuid4()
    try:
        objection, code = actions.object_to(notice=notice, once=once, **cleaned_entry(form))
    except NoticeIsClosed:
        return _form_page(request, notice, form, status=GONE)
    context = {"objection": objection, "code": _in_groups(code), "answers_at": _answers_at(notice)}
    return _page(request, notice, "objection_receipt", context, status=200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection_status(request: HttpRequest, *, index: NoticeIndexPage) -> HttpResponse:
    """Ask for number and code; show how far it is, and let it be taken back."""
    form = ObjectionCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = UNPROCESSABLE if form.errors else 200
        return _page(request, index, "objection_status", {"form": form}, status=status)
    if not ratelimit.consume(request, action="read_objection"):
        form.add_error(None, _("查得太频繁了，请过一会儿再试。"))
        return _page(request, index, "objection_status", {"form": form}, status=429)
    objection = actions.opened_by(**form.cleaned_data)
    if objection is None:
        form.add_error(None, _("没有找到。请核对编号和查询码，字母不分大小写。"))
        return _page(request, index, "objection_status", {"form": form}, status=UNPROCESSABLE)
    if "take_back" in request.POST:
        objection = _taken_back(request, objection)
    context = {"objection": objection, "form": form, "code": form.cleaned_data["code"]}
    return _page(request, index, "objection_answer", context, status=200)


@require_http_methods(["GET", "HEAD", "POST"])
def objection_answer(request: HttpRequest, pk: str) -> HttpResponse:
    """Show an objection to an editor, and take the answer."""
    if not request.user.has_perm("public_notices.change_objection"):
        raise PermissionDenied
    objection = get_object_or_404(Objection.objects.select_related("notice", "answered_by"), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(objection=objection, text=form.cleaned_data["answer"], by=request.user)
        except ObjectionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(number)s 已答复。") % {"number": objection.number})
        return redirect("wagtailsnippets_public_notices_objection:list")
    return TemplateResponse(request, "website/notices/desk_answer.html", {"objection": objection, "form": form})


def _taken_back(request: HttpRequest, objection: Objection) -> Objection:
    try:
        return actions.take_back(objection=objection)
    except ObjectionIsClosed:
        return objection


def _form_page(request: HttpRequest, notice: NoticePage, form: ObjectionForm, *, status: int) -> HttpResponse:
    return _page(request, notice, "objection_form", {"form": form, "answers_at": _answers_at(notice)}, status=status)


def _page(request: HttpRequest, page: Any, name: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, f"website/notices/{name}.html", {"page": page, **context}, status=status)


def _answers_at(notice: NoticePage) -> str:
    index = NoticeIndexPage.objects.ancestor_of(notice).first()
    return f"{index.url}objections/" if index else ""


def _in_groups(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
