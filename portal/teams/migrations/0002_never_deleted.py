from django.db import migrations

# On SQLite a later migration that rebuilds the table (AlterField and its like) drops its trigger: run the forward
# statements again at its end. tests/portal/teams/test_actions.py notices when it is gone.


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            """
            CREATE FUNCTION teams_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'teams are ended, never deleted' USING ERRCODE = 'restrict_violation';
            END;
            $$
            """
        )
        schema_editor.execute(
            "CREATE TRIGGER teams_team_kept BEFORE DELETE ON teams_team FOR EACH ROW EXECUTE FUNCTION teams_refuse_delete()"
        )
    else:
        schema_editor.execute(
            "CREATE TRIGGER teams_team_kept BEFORE DELETE ON teams_team "
            "BEGIN SELECT RAISE(ABORT, 'teams are ended, never deleted'); END"
        )


def allow(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute("DROP TRIGGER teams_team_kept" + (" ON teams_team" if is_postgresql else ""))
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION teams_refuse_delete()")


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_teams")]

    operations = [migrations.RunPython(refuse, allow)]
