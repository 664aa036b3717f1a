"""What an editor does at the desk: upload a document, and send the report back."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.website.imports.conftest import ARTICLE
from website.imports.models import ImportDraft

UPLOAD = "/cms/imports/"


def uploaded(client: Client, raw: bytes | str = ARTICLE, name: str = "qiaotou.txt") -> ImportDraft:
    content = raw.encode() if isinstance(raw, str) else raw
    response = client.post(UPLOAD, {"document": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.context["form"].errors
    return ImportDraft.objects.get(pk=response["Location"].strip("/").split("/")[-1])


def address(draft: ImportDraft) -> str:
    return reverse("imports:report", args=[draft.pk])


def answers(client: Client, draft: ImportDraft, **changed: Any) -> dict[str, Any]:
    """Return what a browser would send if the editor changed nothing else."""
    context = client.get(address(draft)).context
    sent: dict[str, Any] = {}
    for form in (context["details"], context["passages"], context["figures"].management_form, *context["figures"]):
        for field in form:
            value = field.value()
            if value is True:
                sent[field.html_name] = "on"
            elif value is not None and value is not False:
                sent[field.html_name] = value
    return {**sent, "action": "save", **changed}
