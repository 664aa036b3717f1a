from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("report_in", "0022_temporary_waiting"),
    ]

    operations = [
        migrations.AddField(
            model_name="unitreportin",
            name="escalated_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="超时上报时间"),
        ),
        migrations.AddIndex(
            model_name="unitreportin",
            index=models.Index(
                condition=models.Q(("escalated_at__isnull", True), ("state", "submitted")),
                fields=["submitted_at"],
                name="unit_report_in_unanswered",
            ),
        ),
    ]
