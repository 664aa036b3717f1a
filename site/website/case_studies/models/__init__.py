from website.case_studies.models.figures import Figure
from website.case_studies.models.pages import CaseStudyIndexPage, CaseStudyPage
from website.case_studies.models.topics import Topic

__all__ = ["CaseStudyIndexPage", "CaseStudyPage", "Figure", "Topic"]
