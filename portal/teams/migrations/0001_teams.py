import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0004_never_deleted'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(editable=False, max_length=12, unique=True, verbose_name='编号')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('kind', models.CharField(choices=[('outings', '助游'), ('schooling', '助学'), ('health', '助医'), ('hardship', '助贫'), ('elderly', '助老陪伴'), ('repairs', '维修和动手'), ('law', '法律和调解'), ('computers', '电脑和手机'), ('environment', '环境和绿化'), ('safety', '平安巡防'), ('arts', '文艺和书画'), ('sports', '体育健身'), ('reading', '读书'), ('other', '其他')], max_length=12, verbose_name='类别')),
                ('description', models.TextField(blank=True, max_length=1000, verbose_name='介绍')),
                ('way', models.CharField(choices=[('open', '随时加入'), ('request', '申请加入'), ('invitation', '受邀加入')], default='open', max_length=12, verbose_name='怎样加入')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='成立日期')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='organisations.area', verbose_name='所在社区或街道')),
            ],
            options={
                'verbose_name': '团队',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TeamMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', '成员'), ('lead', '队长')], default='member', max_length=8, verbose_name='角色')),
                ('state', models.CharField(choices=[('requested', '等待答复'), ('invited', '已受邀'), ('joined', '已加入'), ('left', '已离开'), ('refused', '没有通过'), ('withdrawn', '没有加入')], max_length=12, verbose_name='状态')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='申请时间')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='加入日期')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='离开日期')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team_memberships', to=settings.AUTH_USER_MODEL, verbose_name='成员')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='teams.team', verbose_name='团队')),
            ],
            options={
                'verbose_name': '团队成员',
                'ordering': ['asked_at', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='team',
            index=models.Index(condition=models.Q(('ends_on__isnull', True)), fields=['area', 'kind'], name='team_open_in_area'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['outings', 'schooling', 'health', 'hardship', 'elderly', 'repairs', 'law', 'computers', 'environment', 'safety', 'arts', 'sports', 'reading', 'other'])), name='team_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['open', 'request', 'invitation'])), name='team_way_known'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='team_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('area', 'name'), name='team_name_once_in_an_area', violation_error_message='这里已经有同名的团队。'),
        ),
        migrations.AddConstraint(
            model_name='teammembership',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'invited', 'joined', 'left', 'refused', 'withdrawn'])), name='team_membership_state_known'),
        ),
        migrations.AddConstraint(
            model_name='teammembership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['member', 'lead'])), name='team_membership_role_known'),
        ),
        migrations.AddConstraint(
            model_name='teammembership',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('requested', 'invited', 'joined'))), fields=('team', 'person'), name='team_membership_one_open'),
        ),
        migrations.AddConstraint(
            model_name='teammembership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('starts_on__isnull', False), ('state__in', ('joined', 'left'))), models.Q(models.Q(('state__in', ('joined', 'left')), _negated=True), ('starts_on__isnull', True)), _connector='OR'), name='team_membership_joined_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='teammembership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', False), ('state', 'left')), models.Q(models.Q(('state', 'left'), _negated=True), ('ends_on__isnull', True)), _connector='OR'), name='team_membership_left_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='teammembership',
            constraint=models.CheckConstraint(condition=models.Q(('role', 'member'), ('state__in', ('joined', 'left')), _connector='OR'), name='team_membership_lead_is_in'),
        ),
    ]
