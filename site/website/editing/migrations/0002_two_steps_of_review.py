"""Two steps of review for everything: 初审 by a colleague, 终审 by a reviewer; never by whoever handed it in.

Only where nobody has touched review yet: there is no workflow, or just the one Wagtail makes, unused.
"""

from django.db import migrations

NAME, NAMES_BY_DEFAULT = "内容审核", ("内容审核", "Moderators approval")
STEPS = [("初审", ("编辑", "审核")), ("终审", ("审核",))]


def untouched(apps):
    """Return the workflow to fill: Wagtail's own as it came, or a new one; ``None`` where somebody made their own."""
    Workflow = apps.get_model("wagtailcore", "Workflow")
    workflows = list(Workflow.objects.all()[:2])
    if not workflows:
        return Workflow.objects.create(name=NAME)
    [workflow, *more] = workflows
    steps = list(apps.get_model("wagtailcore", "WorkflowTask").objects.filter(workflow=workflow))
    is_as_it_came = workflow.active and workflow.name in NAMES_BY_DEFAULT and len(steps) == 1
    is_used = apps.get_model("wagtailcore", "WorkflowState").objects.exists()
    if more or is_used or not is_as_it_came or steps[0].task.name not in NAMES_BY_DEFAULT:
        return None
    apps.get_model("wagtailcore", "Task").objects.filter(pk=steps[0].task_id).update(active=False)
    steps[0].delete()
    return workflow


def make(apps, schema_editor):
    if apps.get_model("editing", "OtherEyesTask").objects.exists():
        return
    workflow = untouched(apps)
    if workflow is None:
        return
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="editing", model="othereyestask"
    )
    for order, (name, groups) in enumerate(STEPS):
        task = apps.get_model("editing", "OtherEyesTask").objects.create(name=name, content_type=kind, active=True)
        task.groups.set(apps.get_model("auth", "Group").objects.filter(name__in=groups))
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=order
        )
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(page=root, defaults={"workflow": workflow})


def unmake(apps, schema_editor):
    """Give Wagtail's own step back its place; work under review goes on where it stands only if there is none."""
    tasks = apps.get_model("editing", "OtherEyesTask").objects.filter(name__in=[name for name, _ in STEPS])
    steps = apps.get_model("wagtailcore", "WorkflowTask").objects.filter(task__in=[task.task_ptr_id for task in tasks])
    workflow_ids = set(steps.values_list("workflow_id", flat=True))
    before = apps.get_model("wagtailcore", "Task").objects.filter(name__in=NAMES_BY_DEFAULT).first()
    steps.delete()
    apps.get_model("wagtailcore", "Task").objects.filter(pk__in=[task.task_ptr_id for task in tasks]).delete()
    if before:
        before.active = True
        before.save()
        for workflow_id in workflow_ids:
            apps.get_model("wagtailcore", "WorkflowTask").objects.create(
                workflow_id=workflow_id, task=before, sort_order=0
            )


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0001_initial"),
        ("home", "0004_editors_and_reviewers"),
        ("wagtailcore", "0048_add_default_workflows"),
    ]

    operations = [migrations.RunPython(make, unmake)]
