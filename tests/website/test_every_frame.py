"""The frame holds for every kind of page."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.website.test_pages import EACH_KIND, MakePage

pytestmark = pytest.mark.django_db

LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@EACH_KIND
def test_every_page_has_the_whole_frame(make_page: MakePage, client: Client) -> None:
    page = make_page()

    html = client.get(page.url).content.decode()

    told = [json.loads(data) for data in LD.findall(html)]
    assert all(data["@context"] == "https://schema.org" and data["@type"] for data in told)
    assert ("BreadcrumbList" in {data["@type"] for data in told}) == (page.depth > 2)
    assert len(re.findall(r'<link rel="canonical"', html)) == 1
    assert len(re.findall(r'<meta property="og:image"', html)) == 1
    assert f'/feedback/?about={page.url}"' in html
    assert 'class="site-footer__help"' in html
    assert f'href="{reverse("open_data:index")}"' in html
    assert "打印自" in html
    assert not re.search(r"<(?!script type=.application/ld)script(?! src=)", html)


@EACH_KIND
def test_every_page_that_is_read_asks_whether_it_helped(make_page: MakePage, client: Client) -> None:
    page = make_page()

    html = client.get(page.url).content.decode()

    is_list = page.depth < 3 or type(page).__name__.endswith(("IndexPage", "CalendarPage"))
    assert (f'<input type="hidden" name="about" value="{page.url}">' in html) == (not is_list)
