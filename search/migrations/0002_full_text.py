"""The full-text index, kept in step with ``search_indexentry`` by the database itself.

SQLite: an FTS5 table over three columns, fed by triggers. The tokenizer is ``ascii``, which takes every character beyond
ASCII as part of a token: our own segments, and nothing else, are the tokens (``unicode61`` would split at characters
newer than Unicode 6.1). A later migration that makes SQLite rebuild ``search_indexentry`` drops its triggers and has to
create them again; ``manage.py search`` and ``/readyz`` say so when they are missing.

PostgreSQL: generated columns. ``term_vector`` takes the terms as they are, without a parser and without positions;
``word_vector`` serves only to rank.
"""

from django.db import migrations

FORWARDS = {
    "sqlite": [
        """
        CREATE VIRTUAL TABLE search_fulltext USING fts5(
            terms, title_words, body_words,
            content='search_indexentry', content_rowid='id', tokenize='ascii'
        )
        """,
        """
        CREATE TRIGGER search_entry_added AFTER INSERT ON search_indexentry BEGIN
            INSERT INTO search_fulltext(rowid, terms, title_words, body_words)
            VALUES (new.id, new.terms, new.title_words, new.body_words);
        END
        """,
        """
        CREATE TRIGGER search_entry_removed AFTER DELETE ON search_indexentry BEGIN
            INSERT INTO search_fulltext(search_fulltext, rowid, terms, title_words, body_words)
            VALUES ('delete', old.id, old.terms, old.title_words, old.body_words);
        END
        """,
        """
        CREATE TRIGGER search_entry_changed AFTER UPDATE OF id, terms, title_words, body_words ON search_indexentry BEGIN
            INSERT INTO search_fulltext(search_fulltext, rowid, terms, title_words, body_words)
            VALUES ('delete', old.id, old.terms, old.title_words, old.body_words);
            INSERT INTO search_fulltext(rowid, terms, title_words, body_words)
            VALUES (new.id, new.terms, new.title_words, new.body_words);
        END
        """,
        "INSERT INTO search_fulltext(search_fulltext) VALUES ('rebuild')",
    ],
    "postgresql": [
        """
        ALTER TABLE search_indexentry
            ADD COLUMN term_vector tsvector
                GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED,
            ADD COLUMN word_vector tsvector
                GENERATED ALWAYS AS (
                    setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', body_words), 'D')
                ) STORED
        """,
        "CREATE INDEX search_term_vector ON search_indexentry USING gin (term_vector)",
    ],
}

BACKWARDS = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS search_entry_changed",
        "DROP TRIGGER IF EXISTS search_entry_removed",
        "DROP TRIGGER IF EXISTS search_entry_added",
        "DROP TABLE IF EXISTS search_fulltext",
    ],
    "postgresql": [
        "DROP INDEX IF EXISTS search_term_vector",
        "ALTER TABLE search_indexentry DROP COLUMN IF EXISTS word_vector, DROP COLUMN IF EXISTS term_vector",
    ],
}


def add_full_text(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove_full_text(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(add_full_text, remove_full_text)]
