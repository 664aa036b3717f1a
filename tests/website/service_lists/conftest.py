import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories.website import ServiceCategoryFactory, ServiceIndexPageFactory, source_locale
from tests.website.service_lists.sheets import written
from website.services.models import ServiceAudience, ServiceIndexPage
from webui import providers
from webui.providers import Community

Import = Callable[..., dict[str, Any]]


@pytest.fixture
def index() -> ServiceIndexPage:
    """The list's page, two categories and two groups of people to refer to."""
    for name in ("吃饭", "看病"):
        ServiceCategoryFactory(name=name, slug=name)
    for name in ("老人", "孩子"):
        ServiceAudience.objects.create(name=name, slug=name, locale=source_locale())
    page: ServiceIndexPage = ServiceIndexPageFactory()
    return page


@pytest.fixture
def cities(monkeypatch: pytest.MonkeyPatch) -> None:
    """A city of two communities."""
    known = [Community("C1", "云水社区", "东区"), Community("C2", "南塘社区", "西区")]
    monkeypatch.setattr(providers, "_city_community_sources", [lambda: known])


@pytest.fixture
def load(tmp_path: Path, capsys: pytest.CaptureFixture[str], index: ServiceIndexPage) -> Import:
    """Import a file by the command, and return what it prints as JSON, with its exit status."""

    def run(content: bytes, *flags: str, name: str = "清单.xlsx") -> dict[str, Any]:
        status = 0
        try:
            call_command("import_services", str(written(tmp_path, content, name)), "--json", *flags)
        except SystemExit as ended:
            status = int(ended.code or 0)
        said: dict[str, Any] = json.loads(capsys.readouterr().out)
        return said | {"status": status}

    return run
