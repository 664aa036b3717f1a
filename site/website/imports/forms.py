"""What an editor uploads, and what an editor may change before the draft is saved."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from website.case_studies.enums import Level
from website.case_studies.models import CaseStudyIndexPage, Figure, Topic
from website.imports.errors import DocumentRefusedError, DocumentTooLargeError
from website.imports.pagemaking import fits
from website.imports.reading import Reading, most_bytes, read_bytes
from website.notices.models import NoticeIndexPage
from website.people.models import PeopleIndexPage

PASTED = "粘贴的文字.txt"
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class UploadForm(forms.Form):
    """A file, or text out of one."""

    document = forms.FileField(
        label=_("文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.html,.htm,.docx"}),
        help_text=_("可以是 .txt、.html（另存的网页）或 .docx。繁体、乱码、夹着拼音都没关系。"),
        max_length=255,
        allow_empty_file=True,
    )
    text = forms.CharField(
        label=_("或者把文字粘贴在这里"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    reading: Reading
    file_name: str

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        document, text = cleaned.get("document"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        if not document and not text.strip():
            raise forms.ValidationError(_("请选一个文件，或者粘贴一段文字。"))
        if document and text.strip():
            raise forms.ValidationError(_("文件和文字只能选一样：请清空下面的框，或者不选文件。"))
        try:
            self.file_name = document.name if document else str(_(PASTED))
            self.reading = _read(document) if document else read_bytes(text.encode(), name=self.file_name)
        except DocumentRefusedError as refusal:
            self.add_error("document" if document else "text", str(refusal.reason))
        return cleaned


class DetailsForm(forms.Form):
    """Where the page will stand, and what it says of itself."""

    place = forms.ChoiceField(
        label=_("存为"), help_text=_("典型人物先存成草稿，登记了本人的公开同意书，再由另一位同事发布。")
    )
    title = forms.CharField(label=_("标题"), max_length=255)
    summary = forms.CharField(
        label=_("一句话摘要"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    city = forms.CharField(label=_("城市"), max_length=40, required=False)
    district = forms.CharField(label=_("区（县、市）"), max_length=40, required=False)
    year = forms.IntegerField(
        label=_("年份"), required=False, widget=forms.TextInput, min_value=_FIRST_YEAR, max_value=_LAST_YEAR
    )
    level = forms.ChoiceField(label=_("层级"), required=False, choices=[("", "—"), *Level.choices])
    topics = forms.ModelMultipleChoiceField(
        label=_("主题"), required=False, queryset=Topic.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    sources = forms.CharField(
        label=_("来源"), required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("每行一条。")
    )

    def __init__(self, *args: Any, places: Sequence[Page], topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(page.pk): page for page in places}
        place = cast("forms.ChoiceField", self.fields["place"])
        place.choices = [(str(page.pk), _name_of(page)) for page in places]
        place.initial = str(places[0].pk) if places else ""
        cast("forms.ModelMultipleChoiceField", self.fields["topics"]).queryset = Topic.objects.filter(
            pk__in=[topic.pk for topic in topics]
        )

    def clean_place(self) -> Page:
        return self._places[self.cleaned_data["place"]]


class FigureForm(forms.Form):
    """One number; nothing is asked of one that is not kept."""

    keep = forms.BooleanField(label=_("保留"), required=False)
    number = forms.CharField(label=_("数值"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)
    label = forms.CharField(label=_("含义"), max_length=80, required=False)
    year = forms.IntegerField(
        label=_("年份"), required=False, widget=forms.TextInput, min_value=_FIRST_YEAR, max_value=_LAST_YEAR
    )
    source = forms.CharField(
        label=_("出处"),
        max_length=Figure._meta.get_field("source").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def is_year_guessed(self) -> bool:
        """Tell whether the year is still the one taken from the whole document."""
        guess = self.initial.get("year") if self.initial.get("is_year_guessed") else None
        return guess is not None and str(self["year"].value()) == str(guess)

    def year_with(self, year_of_case: int | None) -> int | None:
        """Return the number's year; one that was guessed follows the year the editor settled for the whole case."""
        year: int | None = self.cleaned_data["year"]
        return year_of_case if self.is_year_guessed and year_of_case else year

    def clean_number(self) -> Decimal | None:
        words = self.cleaned_data["number"].replace(",", "").replace("，", "").strip()
        if not words:
            return None
        try:
            number = forms.DecimalField().clean(words)
        except forms.ValidationError as error:
            raise forms.ValidationError(_("请只写数字，如 12000 或 28.5。")) from error
        if not fits(number):
            raise forms.ValidationError(_("最多 14 位整数、两位小数。"))
        return number

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        if not self.cleaned_data.get("keep"):
            self._errors = forms.utils.ErrorDict()
            return
        for name in ("number", "label"):
            if not self.cleaned_data.get(name) and name not in self._errors:
                self.add_error(name, _("要保留的数字，这一格不能空着。"))


FigureFormSet = forms.formset_factory(FigureForm, extra=2, max_num=1000, absolute_max=1000)


def _read(document: UploadedFile) -> Reading:
    name = document.name or ""
    if (document.size or 0) > most_bytes(name):
        raise DocumentTooLargeError(most_bytes=most_bytes(name))
    return read_bytes(document.read(), name=name)


def _name_of(page: Page) -> str:
    if isinstance(page, CaseStudyIndexPage):
        return str(_("案例（放在“%(title)s”下）") % {"title": page.title})
    if isinstance(page, PeopleIndexPage):
        return str(_("典型人物（放在“%(title)s”下）") % {"title": page.title})
    if isinstance(page, NoticeIndexPage):
        return str(_("公示通知（放在“%(title)s”下）") % {"title": page.title})
    return str(_("普通页面（放在“%(title)s”下）") % {"title": page.title})
