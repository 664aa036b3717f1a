from django.db import migrations

# On SQLite a later migration that rebuilds the table (AlterField and its like) drops these triggers: run the forward
# statements again at its end. tests/portal/points/test_ledger.py notices when they are gone.
FORWARD = {
    "postgresql": [
        """
        CREATE FUNCTION points_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'points_entry is append-only';
        END;
        $$
        """,
        """
        CREATE TRIGGER points_entry_append_only BEFORE UPDATE OR DELETE ON points_entry
        FOR EACH ROW EXECUTE FUNCTION points_entry_refuse()
        """,
    ],
    "sqlite": [
        """
        CREATE TRIGGER points_entry_never_updated BEFORE UPDATE ON points_entry
        BEGIN SELECT RAISE(ABORT, 'points_entry is append-only'); END
        """,
        """
        CREATE TRIGGER points_entry_never_deleted BEFORE DELETE ON points_entry
        BEGIN SELECT RAISE(ABORT, 'points_entry is append-only'); END
        """,
    ],
}
BACKWARD = {
    "postgresql": [
        "DROP TRIGGER points_entry_append_only ON points_entry",
        "DROP FUNCTION points_entry_refuse()",
    ],
    "sqlite": ["DROP TRIGGER points_entry_never_updated", "DROP TRIGGER points_entry_never_deleted"],
}


def refuse(apps, schema_editor):
    for statement in FORWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    for statement in BACKWARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("points", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
