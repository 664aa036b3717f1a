from django.db import migrations

# On SQLite a later migration that rebuilds one of these tables (AlterField and its like) drops its trigger: run the
# forward statements again at its end. tests/portal/organisations/test_places.py notices when they are gone.
TABLES = ("organisations_area", "organisations_unit", "organisations_post", "organisations_areachange")


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            """
            CREATE FUNCTION organisations_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'organisations are ended, never deleted' USING ERRCODE = 'restrict_violation';
            END;
            $$
            """
        )
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION organisations_refuse_delete()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'organisations are ended, never deleted'); END"
            )


def allow(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_kept" + (f" ON {table}" if is_postgresql else ""))
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION organisations_refuse_delete()")


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_area_changes_and_imports")]

    operations = [migrations.RunPython(refuse, allow)]
