"""Each component on its own: what it shows, and that what people type stays text."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory


class ContactForm(forms.Form):
    name = forms.CharField(label="姓名", help_text="和证件上一样")
    agreed = forms.BooleanField(label="同意")
    way = forms.ChoiceField(label="方式", choices=[("a", "电话"), ("b", "上门")], widget=forms.RadioSelect)


def test_a_form_with_errors_opens_with_a_summary_that_links_to_its_fields():
    form = ContactForm({"name": ""})

    html = form.render()

    assert 'role="alert"' in html
    assert 'href="#id_name"' in html
    assert html.index("error-summary") < html.index('id="id_name"')


def test_a_field_ties_its_help_and_its_error_to_the_control():
    html = ContactForm({"name": ""})["name"].as_field_group()

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_typed_stays_and_stays_text():
    html = ContactForm({"name": '"><script>alert(1)</script>'}).render()

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_choices_stand_in_a_fieldset_with_a_legend():
    html = ContactForm()["way"].as_field_group()

    assert "<fieldset" in html
    assert "<legend" in html


@pytest.mark.parametrize(
    ("page", "links"), [(1, ["?q=x&amp;page=2"]), (2, ["?q=x&amp;page=1", "?q=x&amp;page=3"]), (3, ["?q=x&amp;page=2"])]
)
def test_pagination_keeps_the_query(page: int, links: list[str]):
    request = RequestFactory().get("/", {"q": "x", "page": str(page)})

    html = render_to_string(
        "components/pagination.html", {"page": Paginator(range(50), 20).page(page)}, request=request
    )

    assert [link for link in ("?q=x&amp;page=1", "?q=x&amp;page=2", "?q=x&amp;page=3") if f'"{link}"' in html] == links


def test_pagination_of_a_single_page_is_nothing():
    html = render_to_string("components/pagination.html", {"page": Paginator(range(3), 20).page(1)})

    assert html.strip() == ""


@pytest.mark.parametrize(
    ("template", "context", "expected"),
    [
        (
            "button",
            {"label": "提交", "name": "a", "value": "1"},
            '<button class="button button--primary" type="submit"',
        ),
        ("button", {"label": "看看", "href": "/x/", "kind": "quiet"}, '<a class="button button--quiet" href="/x/">'),
        ("card", {"title": "一", "href": "/x/", "level": 2}, '<h2 class="card__title"><a href="/x/">一</a></h2>'),
        ("empty_state", {"text": "还没有活动。"}, "还没有活动。"),
        ("progress", {"label": "名额", "value": 3, "maximum": 10, "text": "剩 7 个"}, '<progress max="10" value="3"'),
        ("table", {"caption": "表", "headings": ["甲"], "rows": [["乙"]]}, '<th scope="col">甲</th>'),
        ("dialog", {"id": "d", "title": "退出？", "action": "/x/", "csrf_token": "t"}, 'aria-labelledby="d-title"'),
    ],
)
def test_component(template: str, context: dict[str, object], expected: str):
    assert expected in render_to_string(f"components/{template}.html", context)
