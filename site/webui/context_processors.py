"""What every template may ask."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from webui.display import is_elder


def display(request: HttpRequest) -> dict[str, Any]:
    """How the reader wants pages shown, and whether this is the demo."""
    return {"is_elder": is_elder(request), "is_demo": settings.DEMO}
