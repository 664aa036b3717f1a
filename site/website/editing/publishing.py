"""Between the click on “publish” and the page: what may not be shown stays a draft, with nothing typed lost."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, PageSubscription

from website.editing import queries
from website.editing.checks import Remark

GOES_OUT = frozenset({"action-publish", "action-submit", "action-restart-workflow", "action-workflow-action"})


def hold_back(request: HttpRequest, *, page: Page, parent: Page) -> bool:
    """Turn a publication that may not be into saving a draft, and say why; return whether it was."""
    if request.method != "POST" or not GOES_OUT & request.POST.keys():
        return False
    if request.POST.get("workflow-action-name") == "reject":
        return False
    refused = _refusals(request, page=page, parent=parent)
    if not refused:
        return False
    kept = request.POST.copy()
    for action in GOES_OUT:
        kept.pop(action, None)
    request.POST = kept  # type: ignore[assignment]  # Django allows it; the stubs want the immutable kind
    reasons = "".join(dict.fromkeys(remark.message for remark in refused))
    messages.error(request, _("没有发布，先存成了草稿：%(reasons)s") % {"reasons": reasons})
    return True


def tell_remarks(request: HttpRequest, *, page: Page) -> None:
    """Say kindly, after the fact, that there is something to improve. It keeps nobody from anything."""
    if count := len(queries.remarks(page)):
        message = ngettext(
            "还有 %(count)d 处可以改进，打开页面右侧的“发布前看一看”就能看到。",
            "还有 %(count)d 处可以改进，打开页面右侧的“发布前看一看”就能看到。",
            count,
        )
        messages.warning(request, message % {"count": count})


def _refusals(request: HttpRequest, *, page: Page, parent: Page) -> list[Remark]:
    """Read the page as it was typed, without saving it. What the form itself refuses, the form tells."""
    form = page.get_edit_handler().get_form_class()(
        request.POST,
        request.FILES,
        instance=page,
        subscription=PageSubscription(page=page, user=request.user),
        parent_page=parent,
        for_user=request.user,
    )
    return queries.refusals(form.save(commit=False)) if form.is_valid() else []
