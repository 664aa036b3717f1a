"""Why feedback is not moved on, in words fit to show."""

from django.utils.translation import gettext_lazy as _


class FeedbackError(Exception):
    """Something that cannot be done with this feedback."""

    message = _("现在不能这样处理。")

    def __str__(self) -> str:
        return str(self.message)


class NotAMoveError(FeedbackError):
    message = _("这条意见现在不能改成这个状态，请刷新后再看。")


class NothingToPublishError(FeedbackError):
    message = _("公开答复要写明问题和答复。")
