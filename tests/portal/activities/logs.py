"""What the log says of an instance."""

from django.db import models
from wagtail.log_actions import registry


def logged(instance: models.Model) -> list[str]:
    """Return the log's actions on ``instance``, oldest first; each must have a name to show."""
    entries = registry.get_logs_for_instance(instance).order_by("timestamp", "pk")
    actions = [entry.action for entry in entries]
    assert all(registry.action_exists(action) for action in actions), actions
    return actions
