import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('organisations', '0001_initial')]

    operations = [
        migrations.RemoveConstraint(
            model_name='post',
            name='post_role_known',
        ),
        migrations.AddField(
            model_name='post',
            name='act',
            field=models.CharField(blank=True, max_length=80, verbose_name='依据（文号）'),
        ),
        migrations.AddField(
            model_name='post',
            name='delegated_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='organisations.post', verbose_name='受托于'),
        ),
        migrations.AddField(
            model_name='post',
            name='title',
            field=models.CharField(blank=True, max_length=40, verbose_name='职务'),
        ),
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(choices=[('organiser', '社区工作者'), ('unit_contact', '单位联络员'), ('supervisor', '上级主管'), ('administrator', '管理员'), ('grid_worker', '网格员'), ('committee_member', '兼职委员')], max_length=16, verbose_name='职责'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='area_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['organiser', 'unit_contact', 'supervisor', 'administrator', 'grid_worker', 'committee_member'])), name='post_role_known'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('delegated_from__isnull', True), ('ends_on__isnull', False), _connector='OR'), name='post_delegated_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='unit_ends_after_start'),
        ),
    ]
