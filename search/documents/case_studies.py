import datetime as dt

from search.documents.base import Content, facets, joined, names, stream_text
from search.enums import Kind
from website.case_studies.models import CaseStudyPage


def case_study(page: CaseStudyPage) -> Content:
    topics, parts = names(page.topics.all()), names(page.part_list)
    figures = [f"{figure.label} {figure.number.normalize():f} {figure.unit}" for figure in page.figures.all()]
    return Content(
        kind=Kind.CASE,
        body=joined(
            page.city,
            page.district,
            *topics,
            *parts,
            page.problems,
            stream_text(page.body),
            page.open_questions,
            *figures,
        ),
        facets=facets(city=page.city, district=page.district, year=page.year, level=page.level, topics=topics),
        date=dt.date(page.year, 1, 1) if page.year else None,
    )
