"""The tables of duplicates (重复题表), made on first use.

For readers: ``duplicate_groups``, ``duplicate_members``, ``duplicate_offers``, ``duplicate_conflicts``. For the work itself:
``duplicate_forms``: which text a question has. ``duplicate_texts``: the different texts. ``duplicate_bands``: the keys under which
alike texts meet. ``duplicate_edges``: texts that were found to be one question. ``duplicate_changed``: sources to look at again.
"""

from __future__ import annotations

from sqlite_utils import Database

VERSION = "3"
"""Of the forms and keys; a bank with another version is grouped anew."""

TABLES = (
    "create table duplicate_changed(source_id integer primary key)",
    "create table duplicate_texts(id integer primary key, content integer not null unique)",
    "create table duplicate_forms(question_id integer primary key, source_id integer not null, text_id integer not null)",
    "create index duplicate_forms_text on duplicate_forms(text_id)",
    "create index duplicate_forms_source on duplicate_forms(source_id)",
    "create table duplicate_bands(key integer, text_id integer, primary key (key, text_id)) without rowid",
    "create table duplicate_edges(a integer, b integer, relation text, similarity real, primary key (a, b)) without rowid",
    "create index duplicate_edges_b on duplicate_edges(b)",
    "create table duplicate_groups(id integer primary key, kind text not null, "
    "canonical_question_id integer not null references questions(id), size integer not null)",
    "create index duplicate_groups_kind on duplicate_groups(kind)",
    "create table duplicate_members(question_id integer primary key references questions(id), "
    "group_id integer not null references duplicate_groups(id), relation text not null, similarity real not null, label_map text)",
    "create index duplicate_members_group on duplicate_members(group_id)",
    "create table duplicate_offers(question_id integer not null references questions(id), field text not null, "
    "value text not null, from_question_id integer not null references questions(id), copies integer not null, "
    "primary key (question_id, field)) without rowid",
    "create index duplicate_offers_from on duplicate_offers(from_question_id)",
    "create table duplicate_conflicts(group_id integer not null references duplicate_groups(id), "
    "question_id integer not null references questions(id), other_question_id integer not null references questions(id), "
    "answer text not null, other_answer text not null, primary key (group_id, question_id, other_question_id)) without rowid",
)
# What an import or a person does to a page is noted as it happens, so that an update need not look through all pages for it.
_PAGE_OF = "select source_id from documents where id = old.document_id"
WATCHED = {
    "duplicates_imported": ("after insert on sources", "values (new.id)"),
    "duplicates_read_anew": ("after update of content on sources", "values (new.id)"),
    "duplicates_forgotten": ("after delete on sources", "values (old.id)"),
    "duplicates_edited": ("after update of stem, options_text, material, type, answer, explanation on questions", _PAGE_OF),
    "duplicates_deleted": ("after delete on questions", _PAGE_OF),
}


def prepare(db: Database, *, again: bool = False) -> bool:
    """Make the tables, with every page to be looked at, where they are missing, of another version of the keys, or wanted ``again``.

    Returns whether they are new.
    """
    if ready(db) and not again:
        row = db.execute("select value from meta where key = 'duplicates_version'").fetchone()
        if row is not None and row[0] == VERSION:
            return False
    conn = db.conn
    for kind, name in db.execute(
        "select type, name from sqlite_master where type = 'trigger' and name like 'duplicates\\_%' escape '\\' or "
        "type = 'table' and name like 'duplicate\\_%' escape '\\'"
    ).fetchall():
        conn.execute(f"drop {kind} {name}")
    for statement in TABLES:
        conn.execute(statement)
    for name, (event, which) in WATCHED.items():
        conn.execute(f"create trigger {name} {event} begin insert or ignore into duplicate_changed(source_id) {which}; end")
    conn.execute("insert into duplicate_changed select id from sources")
    conn.execute("insert into meta(key, value) values ('duplicates_version', ?) on conflict(key) do update set value = excluded.value",
                 [VERSION])
    return True


def ready(db: Database) -> bool:
    """Whether the bank was ever grouped."""
    (now,) = db.execute("select count(*) from sqlite_master where type = 'table' and name = 'duplicate_groups'").fetchone()
    return bool(now)
