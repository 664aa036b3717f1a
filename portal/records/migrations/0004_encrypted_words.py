"""Words about people get columns without a limit that are read and written encrypted; plain ones are read as they are.

What cannot be compared with nothing is asked for being there: an encrypted column holds no empty words.
"""

from django.db import migrations, models
from django.db.models import F, Q
from encrypted_fields.fields import EncryptedTextField


class Migration(migrations.Migration):
    dependencies = [("records", "0003_hints")]

    operations = [
        migrations.RemoveConstraint("servicerecord", "record_reversed_has_a_reason"),
        migrations.RemoveConstraint("ownservice", "own_service_asked_back_has_a_reason"),
        migrations.RemoveConstraint("objection", "record_objection_answered_by_another"),
        migrations.AlterField(
            "servicerecord", "reversal_reason", EncryptedTextField(blank=True, null=True, verbose_name="冲销原因")
        ),
        migrations.AlterField(
            "ownservice", "reason", EncryptedTextField(blank=True, null=True, verbose_name="退回的原因")
        ),
        migrations.AlterField("objection", "reason", EncryptedTextField(verbose_name="理由")),
        migrations.AlterField("objection", "answer", EncryptedTextField(blank=True, null=True, verbose_name="答复")),
        migrations.AddConstraint(
            "servicerecord",
            models.CheckConstraint(
                condition=Q(("state", "reversed"), _negated=True) | Q(("reversal_reason__isnull", False)),
                name="record_reversed_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            "ownservice",
            models.CheckConstraint(
                condition=Q(("state", "asked_back"), _negated=True) | Q(("reason__isnull", False)),
                name="own_service_asked_back_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            "objection",
            models.CheckConstraint(
                condition=Q(("state__in", ["upheld", "rejected"]), _negated=True)
                | (
                    Q(answered_by__isnull=False, answered_at__isnull=False, answer__isnull=False)
                    & Q(("answered_by", F("objector")), _negated=True)
                ),
                name="record_objection_answered_by_another",
            ),
        ),
    ]
