"""The tables of duplicates (重复题表), made on first use.

For readers: ``duplicate_groups``, ``duplicate_members``, ``duplicate_offers``, ``duplicate_conflicts``. For the work itself:
``duplicate_forms``: which text a question has. ``duplicate_texts``: the different texts. ``duplicate_bands``: the keys under which
alike texts meet. ``duplicate_edges``: texts that were found to be one question. ``duplicate_seen``: the sources as they were.
"""

from __future__ import annotations

from sqlite_utils import Database

VERSION = "1"
"""Of the forms and keys; a bank with another version is grouped anew."""

TABLES = (
    "create table if not exists duplicate_seen(source_id integer primary key, content text)",
    "create table if not exists duplicate_texts(id integer primary key, content integer not null unique)",
    "create table if not exists duplicate_forms(question_id integer primary key, source_id integer not null, text_id integer not null)",
    "create index if not exists duplicate_forms_text on duplicate_forms(text_id)",
    "create index if not exists duplicate_forms_source on duplicate_forms(source_id)",
    "create table if not exists duplicate_bands(key integer, text_id integer, primary key (key, text_id)) without rowid",
    "create table if not exists duplicate_edges(a integer, b integer, relation text, similarity real, primary key (a, b)) without rowid",
    "create index if not exists duplicate_edges_b on duplicate_edges(b)",
    "create table if not exists duplicate_groups(id integer primary key, kind text not null, "
    "canonical_question_id integer not null references questions(id), size integer not null)",
    "create index if not exists duplicate_groups_kind on duplicate_groups(kind)",
    "create table if not exists duplicate_members(question_id integer primary key references questions(id), "
    "group_id integer not null references duplicate_groups(id), relation text not null, similarity real not null, label_map text)",
    "create index if not exists duplicate_members_group on duplicate_members(group_id)",
    "create table if not exists duplicate_offers(question_id integer not null references questions(id), field text not null, "
    "value text not null, from_question_id integer not null references questions(id), copies integer not null, "
    "primary key (question_id, field)) without rowid",
    "create index if not exists duplicate_offers_from on duplicate_offers(from_question_id)",
    "create table if not exists duplicate_conflicts(group_id integer not null references duplicate_groups(id), "
    "question_id integer not null references questions(id), other_question_id integer not null references questions(id), "
    "answer text not null, other_answer text not null, primary key (group_id, question_id, other_question_id)) without rowid",
)
# A page that a person corrects is the same import with other words: what was seen of it no longer counts.
WATCHED = {
    "duplicates_edited": "after update of stem, options_text, material, type, answer, explanation on questions",
    "duplicates_deleted": "after delete on questions",
}
ALL = (
    "duplicate_conflicts", "duplicate_offers", "duplicate_members", "duplicate_groups", "duplicate_edges", "duplicate_bands",
    "duplicate_forms", "duplicate_texts", "duplicate_seen",
)


def prepare(db: Database) -> None:
    """Make the tables where they are missing; throw away the ones of another version of the keys."""
    (now,) = db.execute("select count(*) from sqlite_master where type = 'table' and name = 'duplicate_seen'").fetchone()
    if now:
        row = db.execute("select value from meta where key = 'duplicates_version'").fetchone()
        if row is None or row[0] != VERSION:
            clear(db)
            now = 0
    if not now:
        for statement in TABLES:
            db.conn.execute(statement)
        for name, event in WATCHED.items():
            db.conn.execute(
                f"create trigger if not exists {name} {event} begin update duplicate_seen set content = null "
                "where source_id = (select source_id from documents where id = old.document_id); end"
            )
        db.conn.execute(
            "insert into meta(key, value) values ('duplicates_version', ?) on conflict(key) do update set value = excluded.value", [VERSION]
        )


def clear(db: Database) -> None:
    """Forget all groups and keys."""
    for trigger in WATCHED:
        db.conn.execute(f"drop trigger if exists {trigger}")
    for table in ALL:
        db.conn.execute(f"drop table if exists {table}")


def ready(db: Database) -> bool:
    """Whether the bank was ever grouped."""
    (now,) = db.execute("select count(*) from sqlite_master where type = 'table' and name = 'duplicate_groups'").fetchone()
    return bool(now)
