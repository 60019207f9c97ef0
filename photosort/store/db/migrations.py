"""The library's format, one named function a change. Each has its row in docs/library-format.md.

A migration that was released is never edited: what it made lies on people's disks. Add another one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from photosort.errors import EnvironmentProblem, LibraryTooNew
from photosort.sentences import Sentence

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from sqlite_utils import Database

    Migration = Callable[[Database], None]

_SET = "photosort"
# What the steps to the tables of 0.1 were called before its release. A library that has taken all of them
# has what `version_0_1` makes; one that has taken only some was made by no released version.
_BEFORE_0_1 = frozenset(
    (
        "first_library",
        "places_and_album_suggestions",
        "keyword_files",
        "looks",
        "album_titles",
        "history_sentences",
        "not_duplicates",
    )
)


class Steps:
    """Migrations in their order, as sqlite-utils takes them.

    sqlite-utils is imported to run one and not to see that none is pending: that import takes 0.17 s of each start.

    Attributes:
        functions: each migration; its name is the one that the library remembers.
    """

    def __init__(self) -> None:
        self.functions: list[Migration] = []

    def __call__(self) -> Callable[[Migration], Migration]:
        """Adds the function below to the end."""

        def add(step: Migration) -> Migration:
            self.functions.append(step)
            return step

        return add


_migrations = Steps()


def names() -> tuple[str, ...]:
    """All migrations this version knows, oldest first."""
    return tuple(step.__name__ for step in _migrations.functions)


def pending(connection: sqlite3.Connection, library: Path) -> list[str]:
    """Names of the migrations that the library still needs, oldest first.

    Raises:
        LibraryTooNew: the library has one that this version does not know.
        EnvironmentProblem: it was made before version 0.1 and lacks some of its tables.
    """
    applied = _applied(connection, library)
    unknown = [name for name in applied if name not in names()]
    if unknown:
        raise LibraryTooNew(
            Sentence(
                "{library} was written by a newer version of Photosort; update Photosort to open it.",
                library=library,
            ),
            f"unknown migrations: {', '.join(unknown)}",
        )
    return [name for name in names() if name not in applied]


def _applied(connection: sqlite3.Connection, library: Path) -> list[str]:
    """Names from the table in which sqlite-utils keeps them; those from before 0.1 count as one."""
    there = "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
    if connection.execute(there).fetchone() is None:
        return []
    sql = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid"
    applied = [row[0] for row in connection.execute(sql, [_SET])]
    early = _BEFORE_0_1.intersection(applied)
    if not early:
        return applied
    if early != _BEFORE_0_1:
        raise EnvironmentProblem(
            Sentence(
                "{library} was made by a trial version of Photosort from before 0.1; "
                "move it away and index your folders again.",
                library=library,
            ),
            f"migrations: {', '.join(applied)}",
        )
    return [version_0_1.__name__, *(name for name in applied if name not in early)]


def check_current(connection: sqlite3.Connection, library: Path) -> None:
    """Makes sure that a library that is only read needs no migration.

    Raises:
        LibraryTooNew: a newer version wrote it.
        EnvironmentProblem: an older version wrote it.
    """
    if pending(connection, library):
        raise EnvironmentProblem(
            Sentence(
                "{library} was written by an older version of Photosort; open it once where it may be written.",
                library=library,
            )
        )


def apply(db: Database, waiting: Collection[str]) -> None:
    """Runs the migrations of these names, each together with its record."""
    from sqlite_utils import Migrations

    steps = Migrations(_SET)
    for step in _migrations.functions:
        if step.__name__ in waiting:
            steps()(step)
    steps.apply(db)


@_migrations()
def version_0_1(db: Database) -> None:
    """Everything that version 0.1 keeps.

    In SQL: sqlite-utils 4.2 makes no AUTOINCREMENT (ids of deleted photos are never used again), no table WITHOUT ROWID,
    no deferred foreign key, no partial index, and a full-text index only of one table's own columns.

    Paths are BLOBs of the bytes that the file system uses, because SQLite's TEXT cannot hold names that
    are not UTF-8. Nothing that can be undone is deleted by a cascade: the history would not see it.
    """
    db.executescript(
        """
        CREATE TABLE meta (
            key TEXT PRIMARY KEY,
            value
        ) WITHOUT ROWID;
        INSERT INTO meta VALUES ('vectors_stamp', 0), ('words_version', 1);

        CREATE TABLE roots (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            path BLOB NOT NULL UNIQUE,
            volume TEXT NOT NULL DEFAULT '',
            marker TEXT NOT NULL DEFAULT '',
            online INTEGER NOT NULL DEFAULT 1,
            added_at TEXT NOT NULL,
            removed_at TEXT
        );

        CREATE TABLE folders (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            root_id INTEGER NOT NULL REFERENCES roots (id),
            relative BLOB NOT NULL,
            UNIQUE (root_id, relative)
        );

        CREATE TABLE contents (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            quick_key BLOB NOT NULL,
            sha256 BLOB UNIQUE,
            size_bytes INTEGER NOT NULL,
            pixel_hash BLOB,
            metadata TEXT NOT NULL DEFAULT '{}',
            from_preview INTEGER NOT NULL DEFAULT 0,
            decoded_at TEXT,
            -- A byte a look in the order of `domain.looks.Look`; NULL until the picture is decoded again.
            looks BLOB
        );
        CREATE INDEX contents_quick_key ON contents (quick_key);
        CREATE INDEX contents_pixel_hash ON contents (pixel_hash) WHERE pixel_hash IS NOT NULL;

        CREATE TABLE photos (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            main_file_id INTEGER REFERENCES files (id) DEFERRABLE INITIALLY DEFERRED,
            kind TEXT NOT NULL DEFAULT 'photo',
            kind_source TEXT NOT NULL DEFAULT 'file',
            taken_at TEXT,
            taken_sort INTEGER,
            offset_min INTEGER,
            taken_source TEXT,
            latitude REAL,
            longitude REAL,
            altitude_m REAL,
            camera_make TEXT,
            camera_model TEXT,
            lens TEXT,
            exposure_s REAL,
            f_number REAL,
            iso INTEGER,
            focal_mm REAL,
            width INTEGER,
            height INTEGER,
            rating INTEGER CHECK (rating BETWEEN -1 AND 5),
            rating_source TEXT,
            label TEXT,
            title TEXT,
            caption TEXT,
            more TEXT NOT NULL DEFAULT '{}',
            flag TEXT CHECK (flag IN ('pick', 'discard')),
            user_kind TEXT,
            user_taken_at TEXT,
            user_offset_min INTEGER,
            user_latitude REAL,
            user_longitude REAL,
            user_rating INTEGER CHECK (user_rating BETWEEN -1 AND 5),
            user_label TEXT,
            user_title TEXT,
            user_caption TEXT,
            grouping_pinned INTEGER NOT NULL DEFAULT 0,
            added_at TEXT NOT NULL
        );
        CREATE INDEX photos_main_file ON photos (main_file_id);

        CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            folder_id INTEGER NOT NULL REFERENCES folders (id),
            name BLOB NOT NULL,
            size_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            role TEXT NOT NULL DEFAULT 'original'
                CHECK (role IN ('original', 'raw', 'motion', 'edited')),
            state TEXT NOT NULL DEFAULT 'present'
                CHECK (state IN ('present', 'missing', 'offline', 'unreadable')),
            reason TEXT NOT NULL DEFAULT '',
            content_id INTEGER REFERENCES contents (id),
            photo_id INTEGER REFERENCES photos (id) DEFERRABLE INITIALLY DEFERRED,
            sidecar BLOB,
            sidecar_mtime_ns INTEGER,
            sidecar_metadata TEXT,
            name_date TEXT,
            UNIQUE (folder_id, name)
        );
        CREATE INDEX files_photo ON files (photo_id);
        CREATE INDEX files_content ON files (content_id);
        CREATE INDEX files_unreadable ON files (state) WHERE state = 'unreadable';

        CREATE TABLE encoders (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            version TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            dims TEXT NOT NULL,
            stored_spaces TEXT NOT NULL,
            added_at TEXT NOT NULL
        );

        -- A rowid table: in a WITHOUT ROWID table a vector of 512 float16 no longer fits beside its key
        -- and every row takes an overflow page of its own.
        CREATE TABLE vectors (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            content_id INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
            encoder_id INTEGER NOT NULL REFERENCES encoders (id) ON DELETE CASCADE,
            space TEXT NOT NULL CHECK (space IN ('semantic', 'visual')),
            view TEXT NOT NULL DEFAULT 'whole',
            data BLOB NOT NULL,
            UNIQUE (encoder_id, space, view, content_id)
        );
        CREATE INDEX vectors_content ON vectors (content_id);

        CREATE TABLE centres (
            encoder_id INTEGER NOT NULL REFERENCES encoders (id) ON DELETE CASCADE,
            space TEXT NOT NULL CHECK (space IN ('semantic', 'visual')),
            version TEXT NOT NULL,
            count INTEGER NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (encoder_id, space)
        );

        CREATE TABLE text_vectors (
            encoder_id INTEGER NOT NULL REFERENCES encoders (id) ON DELETE CASCADE,
            text_hash BLOB NOT NULL,
            data BLOB NOT NULL,
            UNIQUE (encoder_id, text_hash)
        );

        CREATE TABLE tags (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            parent_id INTEGER REFERENCES tags (id) DEFERRABLE INITIALLY DEFERRED,
            prompt TEXT NOT NULL DEFAULT '',
            aliases TEXT NOT NULL DEFAULT '[]',
            sentences TEXT NOT NULL DEFAULT '[]',
            descriptors TEXT NOT NULL DEFAULT '[]',
            often INTEGER NOT NULL DEFAULT 1,
            packs TEXT NOT NULL DEFAULT '[]',
            is_group INTEGER NOT NULL DEFAULT 0,
            hand_only INTEGER NOT NULL DEFAULT 0,
            origin TEXT NOT NULL CHECK (origin IN ('shipped', 'user', 'imported')),
            edited INTEGER NOT NULL DEFAULT 0,
            enabled INTEGER NOT NULL DEFAULT 1
        );
        CREATE INDEX tags_parent ON tags (parent_id);

        -- Only what a person or a file decided; suggestions are derived and live outside the library.
        CREATE TABLE photo_tags (
            photo_id INTEGER NOT NULL REFERENCES photos (id),
            tag_id INTEGER NOT NULL REFERENCES tags (id),
            state TEXT NOT NULL CHECK (state IN ('confirmed', 'rejected', 'imported')),
            origin TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (tag_id, photo_id)
        ) WITHOUT ROWID;
        CREATE INDEX photo_tags_photo ON photo_tags (photo_id);

        CREATE TABLE albums (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('event', 'theme', 'manual', 'smart')),
            name TEXT NOT NULL,
            name_pinned INTEGER NOT NULL DEFAULT 0,
            parent_id INTEGER REFERENCES albums (id) DEFERRABLE INITIALLY DEFERRED,
            cover_photo_id INTEGER REFERENCES photos (id),
            query TEXT,
            cutoff REAL,
            why TEXT NOT NULL DEFAULT '[]',
            names TEXT NOT NULL DEFAULT '[]',
            position REAL NOT NULL DEFAULT 0,
            hidden INTEGER NOT NULL DEFAULT 0,
            created_at TEXT NOT NULL,
            -- JSON of `domain.albums.Title`; `why` and `names` hold JSON of `Evidence` and `Title`.
            title TEXT
        );
        CREATE INDEX albums_parent ON albums (parent_id);

        CREATE TABLE album_photos (
            album_id INTEGER NOT NULL REFERENCES albums (id),
            photo_id INTEGER NOT NULL REFERENCES photos (id),
            added_by TEXT NOT NULL CHECK (added_by IN ('user', 'machine')),
            pinned INTEGER NOT NULL DEFAULT 0,
            excluded INTEGER NOT NULL DEFAULT 0,
            position REAL NOT NULL DEFAULT 0,
            PRIMARY KEY (album_id, photo_id)
        ) WITHOUT ROWID;
        CREATE INDEX album_photos_photo ON album_photos (photo_id);

        CREATE TABLE saved_searches (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            query TEXT NOT NULL,
            cutoff REAL,
            created_at TEXT NOT NULL
        );

        CREATE TABLE settings (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE history (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            action TEXT NOT NULL,
            actor TEXT NOT NULL,
            undone_at TEXT,
            tables TEXT NOT NULL,
            changes BLOB NOT NULL,
            -- JSON of `Sentence.parts`, so that the window shows it in its language; `action` is English.
            sentence TEXT
        );

        -- What Photosort wrote into the sidecar of a file, so that it takes out no more than that.
        CREATE TABLE keyword_files (
            file_id INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
            keywords TEXT NOT NULL DEFAULT '[]',
            rating INTEGER,
            made INTEGER NOT NULL DEFAULT 0,
            conflicts TEXT NOT NULL DEFAULT '[]'
        );

        -- Pairs of photos that a person marked as no duplicates; the smaller id comes first.
        CREATE TABLE not_duplicates (
            one_id INTEGER NOT NULL REFERENCES photos (id),
            other_id INTEGER NOT NULL REFERENCES photos (id),
            PRIMARY KEY (one_id, other_id)
        ) WITHOUT ROWID;

        CREATE TABLE leases (
            name TEXT PRIMARY KEY,
            pid INTEGER NOT NULL,
            process_started REAL NOT NULL,
            host TEXT NOT NULL,
            taken_at TEXT NOT NULL,
            heartbeat REAL NOT NULL
        ) WITHOUT ROWID;

        CREATE VIRTUAL TABLE words USING fts5 (
            name, tags, caption, folder, metadata,
            tokenize = 'unicode61 remove_diacritics 2',
            prefix = '2 3 4'
        );
        INSERT INTO words (words, rank) VALUES ('rank', 'bm25(10.0, 5.0, 5.0, 3.0, 1.0)');

        -- Photos whose row in `words` is out of date. Triggers fill it, so no way of changing a photo
        -- (undo, another process) can forget to.
        CREATE TABLE words_stale (photo_id INTEGER PRIMARY KEY);
        CREATE TRIGGER words_photo_new AFTER INSERT ON photos BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (new.id);
        END;
        CREATE TRIGGER words_photo_gone AFTER DELETE ON photos BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (old.id);
        END;
        CREATE TRIGGER words_photo AFTER UPDATE OF
            title, caption, label, camera_make, camera_model, lens, kind, more ON photos
        WHEN (new.title, new.caption, new.label, new.camera_make, new.camera_model, new.lens,
              new.kind, new.more)
            IS NOT (old.title, old.caption, old.label, old.camera_make, old.camera_model, old.lens,
                    old.kind, old.more)
        BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (new.id);
        END;
        CREATE TRIGGER words_file_new AFTER INSERT ON files WHEN new.photo_id IS NOT NULL BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (new.photo_id);
        END;
        CREATE TRIGGER words_file AFTER UPDATE OF folder_id, name, photo_id ON files
        WHEN (new.folder_id, new.name, new.photo_id)
            IS NOT (old.folder_id, old.name, old.photo_id)
        BEGIN
            INSERT OR IGNORE INTO words_stale SELECT old.photo_id WHERE old.photo_id IS NOT NULL;
            INSERT OR IGNORE INTO words_stale SELECT new.photo_id WHERE new.photo_id IS NOT NULL;
        END;
        CREATE TRIGGER words_file_gone AFTER DELETE ON files WHEN old.photo_id IS NOT NULL BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (old.photo_id);
        END;
        CREATE TRIGGER words_tag_new AFTER INSERT ON photo_tags BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (new.photo_id);
        END;
        CREATE TRIGGER words_tag AFTER UPDATE OF state ON photo_tags BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (new.photo_id);
        END;
        CREATE TRIGGER words_tag_gone AFTER DELETE ON photo_tags BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (old.photo_id);
        END;
        CREATE TRIGGER words_tag_name AFTER UPDATE OF name, aliases, parent_id ON tags
        WHEN (new.name, new.aliases, new.parent_id) IS NOT (old.name, old.aliases, old.parent_id)
        BEGIN
            INSERT OR IGNORE INTO words_stale
                SELECT photo_id FROM photo_tags WHERE tag_id = new.id
                    OR EXISTS (SELECT 1 FROM tags WHERE parent_id = new.id);
        END;

        -- What the derived vector files are made from. Their stamp changes with any of it.
        CREATE TRIGGER stamp_vector_new AFTER INSERT ON vectors BEGIN
            UPDATE meta SET value = value + 1 WHERE key = 'vectors_stamp';
        END;
        CREATE TRIGGER stamp_vector AFTER UPDATE ON vectors BEGIN
            UPDATE meta SET value = value + 1 WHERE key = 'vectors_stamp';
        END;
        CREATE TRIGGER stamp_vector_gone AFTER DELETE ON vectors BEGIN
            UPDATE meta SET value = value + 1 WHERE key = 'vectors_stamp';
        END;
        CREATE TRIGGER stamp_photo_new AFTER INSERT ON photos
        WHEN new.main_file_id IS NOT NULL BEGIN
            UPDATE meta SET value = value + 1 WHERE key = 'vectors_stamp';
        END;
        CREATE TRIGGER stamp_photo AFTER UPDATE OF main_file_id ON photos
        WHEN new.main_file_id IS NOT old.main_file_id BEGIN
            UPDATE meta SET value = value + 1 WHERE key = 'vectors_stamp';
        END;
        CREATE TRIGGER stamp_photo_gone AFTER DELETE ON photos BEGIN
            UPDATE meta SET value = value + 1 WHERE key = 'vectors_stamp';
        END;
        CREATE TRIGGER stamp_file AFTER UPDATE OF content_id ON files
        WHEN new.content_id IS NOT old.content_id BEGIN
            UPDATE meta SET value = value + 1 WHERE key = 'vectors_stamp';
        END;

        -- Derived from the coordinates beside them; a row whose coordinates are not the photo's is out of date.
        CREATE TABLE photo_places (
            photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
            latitude REAL NOT NULL,
            longitude REAL NOT NULL,
            country TEXT NOT NULL,
            region TEXT NOT NULL,
            town TEXT NOT NULL
        );
        CREATE TRIGGER words_place_new AFTER INSERT ON photo_places BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (new.photo_id);
        END;
        CREATE TRIGGER words_place_gone AFTER DELETE ON photo_places BEGIN
            INSERT OR IGNORE INTO words_stale VALUES (old.photo_id);
        END;

        -- `data` is JSON: the photos that would join and leave, and for a new album what it would be.
        CREATE TABLE album_suggestions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            album_id INTEGER REFERENCES albums (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
            kind TEXT NOT NULL,
            data TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'applied', 'dismissed')),
            made_at TEXT NOT NULL
        );
        """
    )


@_migrations()
def drop_leases(db: Database) -> None:
    """Index runs hold a file instead of a row."""
    db.table("leases").drop()


# Ids are never reused, those of removed files included, so the counter goes along.
_WITH_REPLACED = (
    """
    CREATE TABLE files_new (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        folder_id INTEGER NOT NULL REFERENCES folders (id),
        name BLOB NOT NULL,
        size_bytes INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        role TEXT NOT NULL DEFAULT 'original'
            CHECK (role IN ('original', 'raw', 'motion', 'edited')),
        state TEXT NOT NULL DEFAULT 'present'
            CHECK (state IN ('present', 'missing', 'offline', 'unreadable')),
        reason TEXT NOT NULL DEFAULT '',
        content_id INTEGER REFERENCES contents (id),
        photo_id INTEGER REFERENCES photos (id) DEFERRABLE INITIALLY DEFERRED,
        sidecar BLOB,
        sidecar_mtime_ns INTEGER,
        sidecar_metadata TEXT,
        name_date TEXT,
        changed_ns INTEGER,
        replaced INTEGER NOT NULL DEFAULT 0,
        UNIQUE (folder_id, name, replaced)
    )
    """,
    """
    INSERT INTO files_new SELECT id, folder_id, name, size_bytes, mtime_ns, role, state, reason, content_id,
        photo_id, sidecar, sidecar_mtime_ns, sidecar_metadata, name_date, NULL, 0 FROM files
    """,
    """
    UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'files')
        WHERE name = 'files_new' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'files')
    """,
    """
    DROP TABLE files
    """,
    """
    ALTER TABLE files_new RENAME TO files
    """,
    """
    CREATE INDEX files_replaced ON files (replaced) WHERE replaced <> 0
    """,
)


@_migrations()
def replaced_files(db: Database) -> None:
    """A file keeps its path when another picture takes it, and files know when anything about them changed.

    `replaced` is 0, or the file's own id where another picture lies at its path: those two may share a path.
    `changed_ns` is the file system's change time, which programs cannot put back, or NULL.
    """
    kept = db.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'files' AND sql IS NOT NULL AND type <> 'table'"
    ).fetchall()
    for sql in _WITH_REPLACED:
        db.execute(sql)
    for (sql,) in kept:
        db.execute(sql)


@_migrations()
def file_times_are_no_dates(db: Database) -> None:
    """The time of a file is often that of a copy: a photo of which no more is known has no date."""
    db.execute(
        "UPDATE photos SET taken_at = NULL, taken_sort = NULL, taken_source = NULL"
        " WHERE taken_source = 'mtime'"
    )


@_migrations()
def districts(db: Database) -> None:
    """Districts of towns, and other names of countries; every place is named again, by better rules."""
    places = db.table("photo_places")
    places.add_column("district", str, not_null_default="")
    places.add_column("also", str, not_null_default="")
    places.delete_where()


@_migrations()
def dates_and_places_in_keyword_files(db: Database) -> None:
    """Dates and places that Photosort wrote beside a file, as JSON: property to what it is now and was before."""
    db.table("keyword_files").add_column("facts", str, not_null_default="{}")


@_migrations()
def unfinished_keyword_files(db: Database) -> None:
    """What is to be written into keyword files is noted before and crossed out after, so that the next start finishes it."""
    for sql in (
        # Changes that keyword files have not followed yet.
        """CREATE TABLE changes_to_follow (
            history_id INTEGER PRIMARY KEY REFERENCES history (id) ON DELETE CASCADE,
            taken_back INTEGER NOT NULL
        )""",
        # Photos whose keyword files are being brought up to date, and how; some may be gone by then.
        """CREATE TABLE keyword_files_due (
            photo_id INTEGER PRIMARY KEY,
            wish TEXT NOT NULL
        )""",
        # The keyword file that is about to change, and what is ours in it once it did.
        """CREATE TABLE keyword_files_begun (
            file_id INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
            name BLOB NOT NULL,
            written TEXT NOT NULL
        )""",
    ):
        db.execute(sql)


@_migrations()
def forgotten_photos(db: Database) -> None:
    """Ids of the photos that were forgotten for good, so that copies of the library forget them when they are seen."""
    # A copy that forgot something has the table already.
    db.execute("CREATE TABLE IF NOT EXISTS forgotten (photo_id INTEGER PRIMARY KEY)")


@_migrations()
def rotated_files(db: Database) -> None:
    """The EXIF orientation that the user gave a file by rotating its photo, or NULL."""
    db.table("files").add_column("user_orientation", int)


@_migrations()
def stacked_photos(db: Database) -> None:
    """What the user stacked: a photo's stack (0: it is to stand alone), its place in it, and whether it is on top."""
    db.execute(
        """CREATE TABLE stacked_photos (
            photo_id INTEGER PRIMARY KEY REFERENCES photos (id),
            stack INTEGER NOT NULL,
            place INTEGER NOT NULL DEFAULT 0,
            on_top INTEGER NOT NULL DEFAULT 0
        )"""
    )
