"""What stands for the arguments of the addresses around activities. See ``tests.access.arguments``."""

from portal.activities.queries import offer_token
from portal.check_in import tokens
from tests.access.cases import Cases, Provider

ON_A_SHIFT = ("desk", "everybody", "walk_in", "codes", "poster", "open_tablet", "close_tablets", "make_sheet")
ABOUT_A_DAY = ("service_day", "edit_day", "call_off_day", "add_to_day", "take_out_of_day")

PROGRAMME: dict[str, Provider] = {
    "notices:mailing.pk": lambda w: w.programme.mailing.pk,
    "notices:write.audience": lambda w: "community",
    "notices:write.target": lambda w: w.here.community.code,
    "teams.code": lambda w: w.programme.team.code,
    "teams:membership.pk": lambda w: w.programme.membership.pk,
    "teams:answer.pk": lambda w: w.programme.request.pk,
    "teams:decline.pk": lambda w: w.programme.invitation.pk,
    "calendars.secret": lambda w: w.programme.secret,
    "calendars:team_feed.code": lambda w: w.programme.team.code,
    "calendars:activity.code": lambda w: Cases(draft=w.portal.draft.code, published=w.portal.published.code),
    **{f"calendars:{name}.pk": lambda w: w.programme.service_day.pk for name in ABOUT_A_DAY},
    "activity_reports.code": lambda w: w.programme.over.code,
    "activities:end_qualification.pk": lambda w: w.programme.qualification.pk,
    "activities:use_template.pk": lambda w: w.programme.template.pk,
    "activities:end_template.pk": lambda w: w.programme.template.pk,
    "activities:series.pk": lambda w: w.programme.series.pk,
    "activities:publish_series.pk": lambda w: w.programme.series.pk,
    "activities:change.pk": lambda w: w.programme.change.pk,
    "activities:reconfirm.pk": lambda w: w.programme.asked_again.pk,
    "activities:decline_change.pk": lambda w: w.programme.asked_again.pk,
    "activities:ask_cover.pk": lambda w: w.portal.sign_up.pk,
    "activities:show_phone.pk": lambda w: w.portal.sign_up.pk,
    "activities:cover.pk": lambda w: w.programme.cover_asked.pk,
    "activities:end_cover.pk": lambda w: w.programme.cover_own.pk,
    "activities:more_cover.pk": lambda w: w.programme.cover_asked.pk,
    "activities:offer.token": lambda w: offer_token(w.portal.offer),
    "activities:group.pk": lambda w: w.programme.group.pk,
    "activities:release_group.pk": lambda w: w.programme.group.pk,
    "activities:positions.pk": lambda w: w.portal.shift.pk,
    "activities:position.pk": lambda w: w.programme.position.pk,
    "activities:remove_position.pk": lambda w: w.programme.position.pk,
    "activities:hold.pk": lambda w: w.portal.shift.pk,
    "check_in:scan.token": lambda w: tokens.rotating(w.programme.begun.pk),
    "check_in:scan_printed.token": lambda w: tokens.printed(w.programme.begun.pk),
    "check_in:leave.pk": lambda w: w.programme.arrived.pk,
    "check_in:reply.pk": lambda w: w.programme.missed.pk,
    **{f"check_in:{name}.pk": lambda w: w.programme.begun.pk for name in ON_A_SHIFT},
    "check_in.code": lambda w: tokens.sheet_code(w.programme.sheet.pk),
    "check_in:resolve.pk": lambda w: w.programme.conflict.pk,
    "records:own_for.report_in_pk": lambda w: w.member.report_ins.get().pk,
    "records:own_edit.pk": lambda w: w.programme.own_draft.pk,
    "records:own_withdraw.pk": lambda w: w.programme.own_sent.pk,
    "records:own_ask_back.pk": lambda w: w.programme.own_sent.pk,
    "records:object.pk": lambda w: w.programme.announced.pk,
    "records:correct.pk": lambda w: w.programme.announced.pk,
    "records:hint.pk": lambda w: w.programme.hint.pk,
    "records:objection_withdraw.pk": lambda w: w.programme.objection.pk,
    "records:objection_answer.pk": lambda w: w.programme.objection.pk,
}
