"""The product's addresses, and the least a Django view can do that never gives a place twice."""

from typing import ClassVar

from django.contrib.auth.decorators import login_required
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST

from config.urls import urlpatterns as ours
from portal.members.models import User


class BareShift(models.Model):  # noqa: DJ008 -- nobody reads its name
    capacity = models.PositiveIntegerField()

    class Meta:
        app_label = "bench"


class BareSignUp(models.Model):  # noqa: DJ008 -- as above
    shift = models.ForeignKey(BareShift, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    has_place = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bench"
        constraints: ClassVar = [models.UniqueConstraint(fields=["shift", "member"], name="bare_never_twice")]


@login_required
@require_POST
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock, count, write; whoever finds it full waits."""
    with transaction.atomic():
        shift = BareShift._default_manager.select_for_update().get(pk=pk)
        taken = BareSignUp._default_manager.filter(shift=shift, has_place=True).count()
        BareSignUp._default_manager.create(shift=shift, member_id=request.user.pk, has_place=taken < shift.capacity)
    return HttpResponseRedirect("/")


# Under the portal's path, so that the same middleware looks at both.
urlpatterns = [path("portal/bare/<int:pk>/", bare), *ours]
