"""Where words rest that nobody may read in the database."""

from django.db import connection


def tables_saying(words: str) -> list[str]:
    """Return the tables that hold ``words`` in plain in any column; ASCII alone, since JSON may escape the rest."""
    assert words.isascii()
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(words in str(row) for row in cursor.fetchall()):
                found.append(table)
    return found
