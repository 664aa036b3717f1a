"""The first page of the desk: what waits for me, with a number and a way in."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from website.editing.piles import PILES


class WaitingPanel(Component):
    """The piles that are not empty. Where all are, it says so."""

    name = "waiting"
    order = 100
    template_name = "website/editing/waiting_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        counted = [(pile, pile.count(user)) for pile in PILES if pile.is_for(user)]
        return {"piles": [(pile, count) for pile, count in counted if count]}
