import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0008_audience'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '已完成')], max_length=12, verbose_name='状态')),
                ('achieved', models.TextField(blank=True, max_length=2000, verbose_name='做成了什么')),
                ('materials', models.JSONField(blank=True, default=list, verbose_name='用了哪些物资')),
                ('snapshot', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='数字快照')),
                ('story', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='稿子')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='activity_report', to='activities.activity', verbose_name='活动')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activity_reports', to=settings.AUTH_USER_MODEL, verbose_name='完成人')),
            ],
            options={
                'verbose_name': '活动总结',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), name='activity_report_state_known'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='activity_report_submitted_by_somebody')],
            },
        ),
    ]
