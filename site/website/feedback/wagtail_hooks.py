from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from website.feedback.enums import FeedbackState
from website.feedback.viewsets import FeedbackViewSet


@hooks.register("register_admin_viewset")
def viewset() -> FeedbackViewSet:
    return FeedbackViewSet()


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for state in FeedbackState:
        registry.register_action(f"feedback.feedback.{state}", state.label, _("处理读者意见"))
