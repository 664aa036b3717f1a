from portal.report_in.models.address_names import AddressName
from portal.report_in.models.member_report_ins import MemberReportIn

__all__ = ["AddressName", "MemberReportIn"]
