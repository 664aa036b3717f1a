from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseStudiesConfig(AppConfig):
    name = "website.case_studies"
    label = "case_studies"
    verbose_name = _("案例")
