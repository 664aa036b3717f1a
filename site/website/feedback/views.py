"""A reader says whether a page was of use: one press on the page itself, words if they like. No log-in, no trace.

The two buttons stand on pages kept for everybody, so their form carries no token of its own. What they do needs none:
nobody is logged in by it, and a press is taken only from a page of ours. Words are asked for on a page of their own.
"""

from urllib.parse import unquote, urlsplit

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from website.feedback import actions, queries
from website.feedback.forms import NO, YES, FeedbackForm, WordsForm
from website.feedback.models import Feedback
from website.navigation.queries import page_at
from website.navigation.views import tree_of
from webui.pagination import page_of

SALT, AN_HOUR = "feedback", 3600
VERDICTS = {YES: True, NO: False}


@csrf_exempt
@never_cache
@require_POST
def vote(request: HttpRequest) -> HttpResponse:
    """Take a yes or no from one of our pages; from elsewhere, ask on the form first."""
    useful = request.POST.get("useful", "")
    page = _page(request, request.POST.get("about", ""))
    if useful not in VERDICTS or not _is_from_here(request):
        return HttpResponseRedirect(_form_address(page, useful))
    if not _may_send(request):
        return _too_much(request)
    taken = actions.take(
        page=page, address=_address(page), is_useful=VERDICTS[useful], text="", once=_once(request, page)
    )
    return HttpResponseRedirect(reverse("feedback:more", args=[signing.dumps(taken.pk, salt=SALT)]))


@never_cache
def more(request: HttpRequest, ticket: str) -> HttpResponse:
    """Thank for the yes or no, and ask whether there is more to say."""
    feedback = _feedback_of(ticket)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _may_send(request):
            return _too_much(request)
        if form.cleaned_data["text"]:
            actions.add_words(feedback, text=form.cleaned_data["text"])
        return HttpResponseRedirect(_thanks_address(feedback.page))
    context = {"form": form, "page_about": feedback.page, "is_useful": feedback.is_useful}
    return render(request, "website/feedback/more.html", context, status=422 if form.errors else 200)


@never_cache
def form(request: HttpRequest) -> HttpResponse:
    """Take what is missing or wrong, about a page or about the whole site."""
    asked = request.POST if request.method == "POST" else request.GET
    page = _page(request, asked.get("about", ""))
    if request.method != "POST":
        initial = {"about": _address(page), "useful": asked.get("useful", "")}
        return _form_page(request, FeedbackForm(initial=initial), page)
    sent = FeedbackForm(request.POST)
    if not sent.is_valid():
        return _form_page(request, sent, page, status=422)
    if not _may_send(request):
        return _too_much(request)
    actions.take(
        page=page,
        address=_address(page),
        is_useful=sent.verdict,
        text=sent.cleaned_data["text"],
        once=_once(request, page),
    )
    return HttpResponseRedirect(_thanks_address(page))


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say what happens now, and lead back."""
    page = _page(request, request.GET.get("about", ""))
    return render(request, "website/feedback/thanks.html", {"page_about": page, "back": (page and page.url) or "/"})


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Show what was answered in public."""
    found = page_of(request, queries.answered())
    context = {"answers": found, "nameable": queries.nameable(found)}
    return render(request, "website/feedback/answers.html", context)


def _form_page(request: HttpRequest, form: FeedbackForm, page: Page | None, *, status: int = 200) -> HttpResponse:
    return render(request, "website/feedback/form.html", {"form": form, "page_about": page}, status=status)


def _too_much(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def _feedback_of(ticket: str) -> Feedback:
    try:
        key = signing.loads(ticket, salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(Feedback.objects.select_related("page"), pk=key)


def _page(request: HttpRequest, address: str) -> Page | None:
    """Return the page at ``address`` if this reader may open it; anything else is about the site as a whole."""
    tree, address = tree_of(request), unquote(address)  # as our own forms say it, and as a browser does
    if tree is None or not address.startswith(tree.url):
        return None
    page = page_at(address.removeprefix(tree.url), tree=tree)
    if page is None or not all(each.accept_request(request) for each in page.get_view_restrictions()):
        return None
    return page


def _address(page: Page | None) -> str:
    return unquote(page.url or "") if page else ""


def _form_address(page: Page | None, useful: str) -> str:
    asked = {"about": _address(page)} | ({"useful": useful} if useful in VERDICTS else {})
    return f"{reverse('feedback:form')}?{urlencode(asked)}"


def _thanks_address(page: Page | None) -> str:
    address = reverse("feedback:thanks")
    return f"{address}?{urlencode({'about': _address(page)})}" if page else address


def _is_from_here(request: HttpRequest) -> bool:
    """Tell whether the browser says it comes from a page of ours; every browser in use says so one way or another."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def _may_send(request: HttpRequest) -> bool:
    return ratelimit.consume(request, action="send_feedback")


def _once(request: HttpRequest, page: Page | None) -> str:
    """Return what tells this reader from others today, and tells nobody who they are."""
    who = (
        timezone.localdate().isoformat(),
        get_adapter().get_client_ip(request),
        request.headers.get("User-Agent", ""),
        str(page.pk if page else ""),
    )
    return str(salted_hmac(SALT, "\n".join(who), algorithm="sha256").hexdigest())
