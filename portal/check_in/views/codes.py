"""What is shown at the place: a QR code that turns, six digits to read aloud, and a QR code on paper."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.check_in import tokens
from portal.check_in.views.desk import shift_of
from webui.htmx import MemberRequest
from webui.qr import qr_code


@login_required
@require_safe
def codes(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the codes of now; the page asks for the next ones by itself."""
    shift = shift_of(request, pk)
    code = tokens.spoken(shift.pk)
    address = request.build_absolute_uri(reverse("check_in:scan", args=[tokens.rotating(shift.pk)]))
    context = {
        "shift": shift,
        "activity": shift.activity,
        "qr": qr_code(address),
        "code": f"{code[:3]} {code[3:]}",
        "refresh": min(settings.CHECK_IN_QR_SECONDS, tokens.seconds_left(settings.CHECK_IN_CODE_SECONDS)),
        "minutes": settings.CHECK_IN_CODE_SECONDS // 60,
    }
    return render(request, "portal/check_in/codes.html", context)


@login_required
@require_safe
def poster(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a QR code to print; it counts for this shift, while people may come to it."""
    shift = shift_of(request, pk)
    address = request.build_absolute_uri(reverse("check_in:scan_printed", args=[tokens.printed(shift.pk)]))
    context = {"shift": shift, "activity": shift.activity, "qr": qr_code(address)}
    return render(request, "portal/check_in/poster.html", context)
