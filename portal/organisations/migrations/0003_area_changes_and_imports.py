import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_posts_by_act_and_for_others'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AreaChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merged', '并入'), ('split', '拆分')], max_length=8, verbose_name='变动')),
                ('on', models.DateField(verbose_name='变动日期')),
                ('act', models.CharField(blank=True, max_length=80, verbose_name='依据（文号）')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='操作时间')),
            ],
            options={
                'verbose_name': '区域变动',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlaceImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('areas', '区域'), ('units', '单位')], max_length=8, verbose_name='内容')),
                ('state', models.CharField(choices=[('waiting', '等待确认'), ('confirmed', '已导入'), ('dropped', '已放弃')], default='waiting', max_length=12, verbose_name='状态')),
                ('file_name', models.CharField(max_length=120, verbose_name='文件名')),
                ('rows', models.JSONField(blank=True, verbose_name='表格内容')),
                ('differences', models.JSONField(verbose_name='差异')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='上传时间')),
            ],
            options={
                'verbose_name': '组织导入',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='areachange',
            name='after',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes_before', to='organisations.area', verbose_name='承接区域'),
        ),
        migrations.AddField(
            model_name='areachange',
            name='before',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes_after', to='organisations.area', verbose_name='原区域'),
        ),
        migrations.AddField(
            model_name='areachange',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='area_changes', to=settings.AUTH_USER_MODEL, verbose_name='操作人'),
        ),
        migrations.AddField(
            model_name='placeimport',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='place_imports', to=settings.AUTH_USER_MODEL, verbose_name='操作人'),
        ),
        migrations.AddConstraint(
            model_name='areachange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['merged', 'split'])), name='area_change_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='areachange',
            constraint=models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='area_change_between_two'),
        ),
        migrations.AddConstraint(
            model_name='areachange',
            constraint=models.UniqueConstraint(fields=('before', 'after'), name='area_change_once'),
        ),
        migrations.AddConstraint(
            model_name='placeimport',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['areas', 'units'])), name='place_import_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='placeimport',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'confirmed', 'dropped'])), name='place_import_state_known'),
        ),
    ]
