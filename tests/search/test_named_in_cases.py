"""A case names the parts of the methods it used; what becomes of a method reaches its cases in the index."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from search.models import IndexEntry
from tests.search import corpus
from website.case_studies.models import CaseStudyPage
from website.methods.models import MethodPage, MethodPart

pytestmark = pytest.mark.django_db

Committed = Callable[[], Any]


def a_case_that_uses_a_part(name: str) -> tuple[MethodPage, CaseStudyPage]:
    method = corpus.publish(MethodPage, "五线工作法")
    method.parts = [MethodPart(name=name, locale=method.locale)]
    method.save_revision().publish()
    case = corpus.publish(CaseStudyPage, "院墙打开以后")
    case.parts.set(MethodPart.objects.all())
    case.save_revision().publish()
    return method, case


def test_renamed_part_of_a_method_reaches_the_method_and_its_cases(committed: Committed) -> None:
    with committed():
        method, case = a_case_that_uses_a_part("志愿线")
    assert {entry.title for entry in IndexEntry.objects.filter(body__contains="志愿线")} == {method.title, case.title}

    with committed():
        part = MethodPart.objects.get()
        part.name = "帮手线"
        method.parts = [part]
        method.save_revision().publish()

    assert {entry.title for entry in IndexEntry.objects.filter(body__contains="帮手线")} == {method.title, case.title}


@pytest.mark.parametrize("how", ["restricted", "unpublished"])
def test_part_of_a_method_that_is_no_longer_for_everybody_leaves_its_cases(how: str, committed: Committed) -> None:
    with committed():
        method, case = a_case_that_uses_a_part("志愿线")
    assert "志愿线" in IndexEntry.objects.get(title=case.title).body

    with committed():
        if how == "restricted":
            PageViewRestriction.objects.create(page=method, restriction_type="login")
        else:
            MethodPage.objects.get().unpublish()

    assert list(IndexEntry.objects.filter(body__contains="志愿线").values_list("title", flat=True)) == []
