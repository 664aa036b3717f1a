"""Every way somebody is noted as having come; each ends at ``activities.actions``."""

from portal.check_in.actions.desk import complete_everybody, everybody_arrived, note, walk_in_arrived
from portal.check_in.actions.events import Sent, receive, resolve
from portal.check_in.actions.people import arrive_by_code, arrive_by_pass
from portal.check_in.actions.sheets import enter_sheet, make_sheet
from portal.check_in.actions.tablets import arrive_at_tablet, close_tablet, end_tablet, open_tablet

__all__ = [
    "Sent",
    "arrive_at_tablet",
    "arrive_by_code",
    "arrive_by_pass",
    "close_tablet",
    "complete_everybody",
    "end_tablet",
    "enter_sheet",
    "everybody_arrived",
    "make_sheet",
    "note",
    "open_tablet",
    "receive",
    "resolve",
    "walk_in_arrived",
]
