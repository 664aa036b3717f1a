from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "website.imports"
    label = "imports"
    verbose_name = _("文档导入")
