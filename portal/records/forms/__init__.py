"""What people tick and write about service."""

from portal.records.forms.choices import ChoiceForm, FilterForm
from portal.records.forms.hints import HintForm
from portal.records.forms.objections import AnswerForm, ObjectionForm
from portal.records.forms.own_services import AskBackForm, OwnServiceForm
from portal.records.forms.records import CorrectForm, ReverseForm

__all__ = [
    "AnswerForm",
    "AskBackForm",
    "ChoiceForm",
    "CorrectForm",
    "FilterForm",
    "HintForm",
    "ObjectionForm",
    "OwnServiceForm",
    "ReverseForm",
]
