"""Every table of service records, one module a subject."""

from portal.records.models.hints import Hint
from portal.records.models.objections import Objection
from portal.records.models.own_service import OwnService
from portal.records.models.records import ServiceRecord

__all__ = ["Hint", "Objection", "OwnService", "ServiceRecord"]
