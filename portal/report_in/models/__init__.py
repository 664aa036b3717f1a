from portal.report_in.models.member_report_ins import MemberReportIn

__all__ = ["MemberReportIn"]
