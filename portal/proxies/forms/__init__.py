"""Every form of this room, one module a subject."""

from portal.proxies.forms.entering import (
    CorrectionForm,
    FindForm,
    LeaveForm,
    ProfileForm,
    ReportInForm,
    SignUpForm,
    TakeUpForm,
    WordsForm,
)
from portal.proxies.forms.hand_overs import AgreeForm, HandOverForm
from portal.proxies.forms.invitations import InvitationForm, JoinCodeForm, JoinForm
from portal.proxies.forms.paper_forms import FormCodeForm, IssueForm

__all__ = [
    "AgreeForm",
    "CorrectionForm",
    "FindForm",
    "FormCodeForm",
    "HandOverForm",
    "InvitationForm",
    "IssueForm",
    "JoinCodeForm",
    "JoinForm",
    "LeaveForm",
    "ProfileForm",
    "ReportInForm",
    "SignUpForm",
    "TakeUpForm",
    "WordsForm",
]
