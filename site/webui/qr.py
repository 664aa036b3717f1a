"""QR codes, so that paper leads back to the page."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(address: str) -> SafeString:
    """Return a picture of ``address`` to stand in the page, without styles of its own."""
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True))  # noqa: S308 -- drawn by segno, from numbers
