"""What the site holds on oneself: to read, and to take away."""

import json
from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.members.models import User
from portal.personal_data import actions, queries
from portal.personal_data.step_up import fresh_proof_required
from webui.htmx import MemberRequest


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show what the site holds on oneself, why, how long, and who sees it."""
    return render(request, "portal/personal_data/mine.html", {"sections": queries.held_on(request.user)})


@require_safe
@fresh_proof_required
def export(request: MemberRequest) -> HttpResponseBase:
    """Give the same as a file, written while it is sent and kept nowhere."""
    actions.note_export(person=request.user)
    answer = StreamingHttpResponse(_written(request.user), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate()}.json"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def _written(person: User) -> Iterator[str]:
    head = {"exported_at": timezone.now(), "person": person.pk}
    yield json.dumps(head, cls=DjangoJSONEncoder)[:-1] + ', "held": ['
    between = ""
    for holding, rows in queries.exported(person):
        about = {
            "kind": holding.key,
            "name": str(holding.subject.name),
            "why": str(holding.subject.why),
            "kept": str(holding.subject.kept),
            "seen_by": str(holding.subject.seen_by),
            "basis": str(holding.subject.basis),
        }
        yield between + json.dumps(about, ensure_ascii=False)[:-1] + ', "rows": ['
        yield from _rows(rows)
        yield "]}"
        between = ","
    yield "]}"


def _rows(rows: Iterator[dict[str, object]]) -> Iterator[str]:
    between = ""
    for row in rows:
        yield between + json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder)
        between = ","
