"""What stands for each argument of an address: something of the first place.

Looked up by the address's name and the argument, then by ever shorter namespaces, then by the argument alone. A plain
value is one case; ``Cases`` are several, each with a line of its own in the expected answers.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID

from django.core import signing
from django.urls.converters import IntConverter, UUIDConverter

from tests.access.addresses import Address
from tests.access.cases import Cases, Provider
from tests.access.programme_arguments import PROGRAMME
from tests.access.world import World
from website.feedback.views import SALT

PORTAL: dict[str, Provider] = {
    "notices:open.pk": lambda w: w.portal.message.pk,
    "report_in:send.code": lambda w: w.here.community.code,
    "report_in:receipt.number": lambda w: w.member.report_ins.get().number,
    "report_in.pk": lambda w: w.portal.waiting.pk,
    "activities.code": lambda w: Cases(draft=w.portal.draft.code, published=w.portal.published.code),
    "activities:sign_up.pk": lambda w: w.portal.shift.pk,
    "activities:edit_shift.pk": lambda w: w.portal.shift.pk,
    "activities:remove_shift.pk": lambda w: w.portal.shift.pk,
    "activities:call_off_shift.pk": lambda w: w.portal.shift.pk,
    "activities:attendance.pk": lambda w: w.portal.past_shift.pk,
    "activities:withdraw.pk": lambda w: w.portal.sign_up.pk,
    "activities:wait_for_fewer.pk": lambda w: w.portal.sign_up.pk,
    "activities:end_wait.pk": lambda w: w.portal.sign_up.pk,
    "activities:accept_offer.pk": lambda w: w.portal.offer.pk,
    "activities:decline_offer.pk": lambda w: w.portal.offer.pk,
    "records.attendance_pk": lambda w: w.portal.record.attendance_id,
    "annual_reports:answer.pk": lambda w: Cases(area=w.portal.to_area.pk, unit=w.portal.to_unit.pk),
    "annual_reports.year": lambda w: w.portal.report.year.year,
}

_AREA_STEPS = ("open", "change", "end", "merge", "split")
_UNIT_REPORT_IN = ("one", "send_again", "withdraw", "end", "review", "accept", "ask_back")
_UNIT_STEPS = ("unit", "open_branch", "change_unit", "end_unit", "appoint_at_unit")

ROOMS: dict[str, Provider] = {
    "mfa_remove_webauthn.pk": lambda w: w.rooms.passkey.pk,
    "members.pk": lambda w: w.rooms.move.pk,
    "members:end_membership.pk": lambda w: w.rooms.membership.pk,
    "organisations.pk": lambda w: w.rooms.post.pk,
    "organisations:revoke.pk": lambda w: w.rooms.stand_in.pk,
    **{f"organisations:{name}_area.pk": lambda w: w.here.community.pk for name in _AREA_STEPS},
    **{f"organisations:{name}.pk": lambda w: w.here.unit.pk for name in _UNIT_STEPS},
    "organisations:grid_signs.pk": lambda w: Cases(community=w.here.community.pk, grid=w.here.grid.pk),
    "organisations:area.pk": lambda w: Cases(community=w.here.community.pk, grid=w.here.grid.pk),
    "organisations:appoint_at_area.pk": lambda w: w.here.community.pk,
    "organisations:import.pk": lambda w: w.rooms.place_import.pk,
    "organisations:confirm_import.pk": lambda w: w.rooms.place_import.pk,
    "organisations:drop_import.pk": lambda w: w.rooms.place_import.pk,
    "organisations.kind": lambda w: "areas",
    "account_unlink.pk": lambda w: 1,  # nobody has linked anything
    "provider_id": lambda w: "nothing",
    "personal_data.purpose": lambda w: "skills",
    **{f"report_in:unit_{step}.pk": lambda w: w.rooms.unit_report_in.pk for step in _UNIT_REPORT_IN},
    "report_in:unit_end_for_community.pk": lambda w: w.rooms.unit_accepted.pk,
    "report_in:unit_receipt.number": lambda w: w.rooms.unit_accepted.number,
    **{f"report_in:leave_{step}.pk": lambda w: w.rooms.leave.pk for step in ("end", "review", "answer")},
    "rosters.pk": lambda w: w.rooms.roster_import.pk,
    "rosters:correct.pk": lambda w: w.rooms.roster_entry.pk,
    "rosters:show_phone.pk": lambda w: w.rooms.roster_entry.pk,
    "rosters:left.pk": lambda w: w.rooms.roster_entry.pk,
    "rosters:exempt.pk": lambda w: w.rooms.roster_entry.pk,
    "rosters.code": lambda w: w.here.unit.code,
    "proxies.pk": lambda w: w.rooms.managed.pk,
    "proxies:answer.pk": lambda w: w.rooms.entry.pk,
    "proxies:undo.pk": lambda w: w.rooms.entry.pk,
    "proxies:object.pk": lambda w: w.rooms.entry.pk,
    **{f"proxies:{name}.pk": lambda w: w.rooms.hand_over.pk for name in ("handed_over", "offer", "decline_offer")},
    "proxies.code": lambda w: w.rooms.paper.code,
    "proxies:print_forms.code": lambda w: w.rooms.paper.code,
    "proxies:invitation.pk": lambda w: Cases(area=w.rooms.invitation.pk, unit=w.rooms.unit_invitation.pk),
    "proxies:revoke.pk": lambda w: Cases(area=w.rooms.invitation.pk, unit=w.rooms.unit_invitation.pk),
    "proxies:settle.pk": lambda w: w.rooms.joining.pk,
    "report_in.code": lambda w: w.here.community.code,
    "report_in:send_again.pk": lambda w: w.member.report_ins.get().pk,
    "report_in:withdraw.pk": lambda w: w.member.report_ins.get().pk,
    "report_in:end.pk": lambda w: w.member.report_ins.get().pk,
    "report_in:longer.pk": lambda w: w.member.report_ins.get().pk,
    "report_in:grid.pk": lambda w: w.member.report_ins.get().pk,
    "report_in:verify.number": lambda w: w.member.report_ins.get().number,
    "report_in:verify.code": lambda w: "not-the-code",
    **{f"report_in:bulk_answer{step}.pk": lambda w: w.rooms.bulk_answer.pk for step in ("", "_progress", "_again")},
    "report_in:end_station.pk": lambda w: w.rooms.station.pk,
    "report_in:end_for_community.pk": lambda w: w.rooms.accepted.pk,
    "personal_data_legalhold.pk": lambda w: w.rooms.hold.pk,
}

PUBLIC: dict[str, Provider] = {
    "join:community.code": lambda w: w.here.community.code,
    "wagtaildocs_serve._0": lambda w: w.desk.document.pk,
    "wagtaildocs_serve._1": lambda w: w.desk.document.filename,
    "wagtaildocs_authenticate_with_password.restriction_id": lambda w: w.desk.collection_restriction.pk,
    "path": lambda w: w.desk.image.file.name,
    "feedback:more.ticket": lambda w: signing.dumps(w.desk.feedback.pk, salt=SALT),
    "service_day.key": lambda w: w.programme.service_day.pk,
    "standing_page._0": lambda w: "privacy",
    "open_data.slug": lambda w: "services",
    "open_data.kind": lambda w: "csv",
    "wagtailcore_authenticate_with_password.page_view_restriction_id": lambda w: w.desk.restriction.pk,
    "wagtailcore_authenticate_with_password.page_id": lambda w: w.desk.restriction.page_id,
    "wagtail_serve._0": lambda w: Cases(live="about/", draft="draft/", password="inner/"),
    "page_file.folder": lambda w: "about/",
    "page_file.name": lambda w: "feed.ics",
}


DESK: dict[str, Provider] = {
    "wagtailadmin_api:pages.pk": lambda w: Cases(live=w.desk.live.pk, draft=w.desk.draft.pk),
    "wagtailadmin_api:pages.action_name": lambda w: Cases(publish="publish", copy="copy", delete="delete"),
    "wagtailadmin_api:documents.pk": lambda w: w.desk.document.pk,
    "wagtailadmin_api:images.pk": lambda w: w.desk.image.pk,
    "parent_page_id": lambda w: w.desk.live.get_parent().pk,
    "page_id": lambda w: w.desk.draft.pk,
    "page_to_move_id": lambda w: w.desk.draft.pk,
    "destination_id": lambda w: w.desk.live.pk,
    "wagtailadmin_pages.content_type_app_name": lambda w: "pages",
    "wagtailadmin_pages.content_type_model_name": lambda w: "contentpage",
    "wagtailadmin_pages.app_label": lambda w: "pages",
    "wagtailadmin_pages.model_name": lambda w: "contentpage",
    "wagtailadmin_pages.action_name": lambda w: "approve",
    "wagtailadmin_pages.task_state_id": lambda w: w.desk.task_state.pk,
    "wagtailadmin_pages.task_id": lambda w: w.desk.task_state.task_id,
    "wagtailadmin_pages.workflow_state_id": lambda w: w.desk.workflow_state.pk,
    "wagtailadmin_pages.revision_id": lambda w: w.desk.revision.pk,
    "wagtailadmin_pages:revisions_compare.pk": lambda w: w.desk.draft.pk,
    "wagtailadmin_pages.revision_id_a": lambda w: "earliest",
    "wagtailadmin_pages.revision_id_b": lambda w: "latest",
    "wagtail_bulk_action.app_label": lambda w: "wagtailcore",
    "wagtail_bulk_action.model_name": lambda w: "page",
    "wagtail_bulk_action.action": lambda w: Cases(publish="publish", delete="delete", move="move"),
    "wagtailadmin_tag_model_autocomplete.app_name": lambda w: "taggit",
    "wagtailadmin_tag_model_autocomplete.model_name": lambda w: "tag",
    "wagtailadmin_collections.pk": lambda w: w.desk.collection.pk,
    "collection_id": lambda w: w.desk.collection.pk,
    "wagtailadmin_workflows.pk": lambda w: w.desk.workflow.pk,
    "wagtailadmin_workflows.page_pk": lambda w: w.desk.workflow_page.page_id,
    "wagtailadmin_workflows.workflow_pk": lambda w: w.desk.workflow.pk,
    "wagtailadmin_workflows:add_task.app_label": lambda w: "editing",
    "wagtailadmin_workflows:add_task.model_name": lambda w: "othereyestask",
    "wagtailadmin_workflows:edit_task.pk": lambda w: w.desk.task.pk,
    "wagtailadmin_workflows:enable_task.pk": lambda w: w.desk.task.pk,
    "wagtailadmin_workflows:disable_task.pk": lambda w: w.desk.task.pk,
    "wagtailadmin_workflows.task_id": lambda w: w.desk.task.pk,
    "wagtailadmin_editing_sessions.app_label": lambda w: "wagtailcore",
    "wagtailadmin_editing_sessions.model_name": lambda w: "page",
    "wagtailadmin_editing_sessions.object_id": lambda w: str(w.desk.live.pk),
    "wagtailadmin_editing_sessions.session_id": lambda w: w.desk.session.pk,
    "service_confirm.pk": lambda w: w.desk.service.pk,
    "imports:report.pk": lambda w: w.desk.import_draft.pk,
    "editing.key": lambda w: "drafts",
    "editing.slug": lambda w: "review",
    "service_lists.kind": lambda w: "xlsx",
    "service_lists.pk": lambda w: w.desk.run.pk,
    "wagtail_localize.app_label": lambda w: "case_studies",
    "wagtail_localize.model_name": lambda w: "topic",
    "wagtail_localize.pk": lambda w: str(w.desk.topic.pk),
    "wagtail_localize.translation_source_id": lambda w: w.desk.translation_source.pk,
    "wagtail_localize.translation_id": lambda w: w.desk.translation.pk,
    "wagtail_localize.string_segment_id": lambda w: w.desk.string.pk,
    "wagtail_localize.overridable_segment_id": lambda w: 1,  # of no page
    "wagtail_localize.mode": lambda w: "default",
    "wagtail_localize.page_id": lambda w: w.desk.live.pk,
    "redirect_id": lambda w: w.desk.redirect.pk,
    "query_id": lambda w: w.desk.query.pk,
    "wagtailsettings.app_name": lambda w: "navigation",
    "wagtailsettings.model_name": lambda w: "sitedetails",
    "wagtailsettings.pk": lambda w: w.desk.site.pk,
    "document_id": lambda w: w.desk.document.pk,
    "doc_id": lambda w: w.desk.document.pk,
    "wagtaildocs.uploaded_file_id": lambda w: w.desk.uploaded_document.pk,
    "wagtaildocs_chooser.pk": lambda w: str(w.desk.document.pk),
    "image_id": lambda w: w.desk.image.pk,
    "filter_spec": lambda w: "original",
    "wagtailimages.uploaded_file_id": lambda w: w.desk.uploaded_image.pk,
    "wagtailimages_chooser.pk": lambda w: str(w.desk.image.pk),
    "case_studies_topic.pk": lambda w: w.desk.topic.pk,
    "services_servicecategory.pk": lambda w: w.desk.category.pk,
    "services_serviceaudience.pk": lambda w: w.desk.audience.pk,
    "people_consent.pk": lambda w: w.desk.consent.pk,
    "people_consenttext.pk": lambda w: w.desk.consent_text.pk,
    "people_consentpurpose.pk": lambda w: w.desk.purpose.pk,
    "public_notices_objection.pk": lambda w: w.desk.objection.pk,
    "navigation_banner.pk": lambda w: w.desk.banner.pk,
    "reader_feedback.pk": lambda w: w.desk.feedback.pk,
    "reporting_years.pk": lambda w: w.desk.year.pk,
    "wagtaillocales.pk": lambda w: w.desk.english.pk,
    "wagtailsites.pk": lambda w: w.desk.site.pk,
    "wagtailusers_users.pk": lambda w: Cases(person=w.desk.user.pk, superuser=w.superuser.pk),
    "wagtailusers_groups.pk": lambda w: w.desk.group.pk,
    "uidb64": lambda w: "MQ",
    "token": lambda w: "set-password",
}

PROVIDERS = PORTAL | PROGRAMME | ROOMS | PUBLIC | DESK

# Where a pattern alone does not give a path.
PATHS = {"cms/^.*/$": "/cms/nothing-here/"}

SNIPPETS = ("wagtailsnippets_", "wagtailsnippetchoosers_")


class MissingProviderError(LookupError):
    """Nobody said what stands for an argument of an address."""


def cases(address: Address, world: World) -> Iterator[tuple[str, str]]:
    """Yield for each case of ``address`` its line's key and its path.

    :raises MissingProviderError: for an argument with no provider.
    """
    if address.pattern in PATHS:
        yield address.pattern, PATHS[address.pattern]
        return
    choices = [_choices(address, argument, world) for argument in address.arguments]
    for chosen in product(*choices):
        labels = " ".join(label for label, _value in chosen if label)
        values = dict(zip(address.arguments, (value for _label, value in chosen), strict=True))
        yield f"{address.pattern} [{labels}]" if labels else address.pattern, address.path(values)


def missing(address: Address) -> str:
    """Return the path of something that is not there."""
    converters = dict(address.converters)
    return address.path({name: _nothing(converters.get(name)) for name in address.arguments})


def _nothing(converter: Any) -> Any:
    if isinstance(converter, IntConverter):
        return 999_999_999
    return UUID(int=0) if isinstance(converter, UUIDConverter) else "nothing-here"


def _choices(address: Address, argument: str, world: World) -> list[tuple[str, Any]]:
    value = _provider(address, argument)(world)
    return list(value.items()) if isinstance(value, Cases) else [("", value)]


def _provider(address: Address, argument: str) -> Provider:
    name = address.name
    for prefix in SNIPPETS:
        name = name.removeprefix(prefix)
    while name:
        if found := PROVIDERS.get(f"{name}.{argument}"):
            return found
        name = name.rpartition(":")[0]
    if found := PROVIDERS.get(argument):
        return found
    raise MissingProviderError(
        f"The address {address.pattern} has an argument that nothing stands for. Add to tests/access/arguments.py:\n"
        f'    "{address.name or address.pattern}.{argument}": lambda w: …,  # something of the first place'
    )
