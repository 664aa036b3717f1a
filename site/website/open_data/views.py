"""The list of open data, and each dataset as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from website.open_data.datasets import FORMATS, find, registered
from website.open_data.formats import as_csv, as_json

# As long as any public page is kept; what is withdrawn is gone as soon.
KEPT_SECONDS = 60

_WRITERS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json; charset=utf-8"),
}


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS)
def index(request: HttpRequest) -> HttpResponse:
    """Show what there is, what each column means and what one may do with it."""
    return render(request, "website/open_data/index.html", {"datasets": registered(), "formats": FORMATS})


@require_safe
@conditional_page
@cache_control(public=True, max_age=KEPT_SECONDS)
def dataset(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give one dataset as a file; whoever has this version already is told so."""
    found = find(slug)
    if found is None or kind not in _WRITERS:
        raise Http404
    write, content_type = _WRITERS[kind]
    # Open data is for other people's programs, in a browser as well.
    return HttpResponse(write(found), content_type=content_type, headers={"Access-Control-Allow-Origin": "*"})
