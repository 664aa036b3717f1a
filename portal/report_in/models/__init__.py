from portal.report_in.models.address_names import AddressName
from portal.report_in.models.bulk_answers import BulkAnswer
from portal.report_in.models.gap_reminders import GapReminder
from portal.report_in.models.leaves import Leave
from portal.report_in.models.member_report_ins import MemberReportIn
from portal.report_in.models.stations import Station
from portal.report_in.models.unit_report_ins import UnitReportIn

__all__ = ["AddressName", "BulkAnswer", "GapReminder", "Leave", "MemberReportIn", "Station", "UnitReportIn"]
