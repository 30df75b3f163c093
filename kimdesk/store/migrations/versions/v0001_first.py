"""The first schema: records, what the store keeps about them, search, change numbers.

Written out in full, because the schema of a vault that exists does not follow later changes of the code.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

RECORDS = (
    "person",
    "kim_case",
    "consent",
    "contact",
    "finding",
    "follow_up",
    "goal",
    "measure",
    "member",
    "phase_entry",
    "phase_event",
    "referral",
    "regime_spell",
    "residence_spell",
)
OTHERS = ("audit", "change", "draft", "setting", "tombstone", "case_row", "due", "person_key", "search_doc")

TABLES = """
    CREATE TABLE audit (
        seq INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, kind TEXT NOT
        NULL, record_id TEXT NOT NULL, case_id TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT
        NULL, PRIMARY KEY (seq)
    );
    CREATE INDEX audit_case ON audit (case_id, seq);
    CREATE TABLE change (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, record_id TEXT NOT NULL,
        case_id TEXT NOT NULL, op TEXT NOT NULL, UNIQUE (record_id) ON CONFLICT REPLACE
    );
    CREATE TABLE draft (
        key TEXT NOT NULL, body TEXT NOT NULL, based_on_rev INTEGER NOT NULL, saved_at TEXT NOT NULL,
        PRIMARY KEY (key)
    );
    CREATE TABLE kim_case (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, file_number TEXT NOT NULL, ags TEXT
        NOT NULL, opened_on TEXT NOT NULL, status TEXT NOT NULL, phase TEXT NOT NULL, legal_basis TEXT
        NOT NULL, worker TEXT NOT NULL, closed_on TEXT, closing_reason TEXT NOT NULL, retain_until TEXT,
        PRIMARY KEY (id)
    );
    CREATE TABLE person (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, family_name TEXT NOT NULL,
        given_names TEXT NOT NULL, birth_name TEXT NOT NULL, call_name TEXT NOT NULL, alias TEXT NOT
        NULL, original_name TEXT NOT NULL, single_name INTEGER NOT NULL, birth_date TEXT,
        birth_fictitious INTEGER NOT NULL, birth_place TEXT NOT NULL, birth_country TEXT NOT NULL, sex
        TEXT NOT NULL, nationalities TEXT NOT NULL, languages TEXT NOT NULL, street TEXT NOT NULL,
        postcode TEXT NOT NULL, city TEXT NOT NULL, arrived_on TEXT, phone TEXT NOT NULL, email TEXT NOT
        NULL, safe_contact TEXT NOT NULL, address_blocked INTEGER NOT NULL, protected INTEGER NOT NULL,
        azr_number TEXT NOT NULL, PRIMARY KEY (id)
    );
    CREATE TABLE search_doc (
        number INTEGER NOT NULL, record_id TEXT NOT NULL, case_id TEXT NOT NULL, digest TEXT NOT NULL,
        PRIMARY KEY (number), UNIQUE (record_id)
    );
    CREATE TABLE setting (
        key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key)
    );
    CREATE TABLE tombstone (
        record_id TEXT NOT NULL, kind TEXT NOT NULL, case_id TEXT NOT NULL, rev INTEGER NOT NULL, reason
        TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (record_id)
    );
    CREATE TABLE case_row (
        status TEXT NOT NULL, sort_name TEXT NOT NULL, case_id TEXT NOT NULL, number INTEGER NOT NULL,
        name TEXT NOT NULL, file_number TEXT NOT NULL, client_id TEXT NOT NULL, phase TEXT NOT NULL, ags
        TEXT NOT NULL, regime TEXT NOT NULL, protected INTEGER NOT NULL, next_due TEXT NOT NULL,
        next_rule TEXT NOT NULL, next_facts TEXT NOT NULL, last_contact TEXT NOT NULL, changed INTEGER
        NOT NULL, updated TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (status, sort_name, case_id),
        UNIQUE (case_id), UNIQUE (number), FOREIGN KEY (case_id) REFERENCES kim_case (id)
    ) WITHOUT ROWID;
    CREATE INDEX case_row_by_due ON case_row (status, next_due, case_id);
    CREATE INDEX case_row_by_update ON case_row (status, updated, case_id);
    CREATE TABLE consent (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, recipient
        TEXT NOT NULL, recipient_name TEXT NOT NULL, purpose TEXT NOT NULL, kinds TEXT NOT NULL,
        special_categories TEXT NOT NULL, level TEXT NOT NULL, necessity TEXT NOT NULL,
        refusal_consequences TEXT NOT NULL, mutual INTEGER NOT NULL, form TEXT NOT NULL, given_on TEXT,
        valid_until TEXT, withdrawn_on TEXT, language TEXT NOT NULL, interpreter TEXT NOT NULL, PRIMARY
        KEY (id), FOREIGN KEY (case_id) REFERENCES kim_case (id)
    );
    CREATE INDEX consent_case_id ON consent (case_id);
    CREATE TABLE contact (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, held_on TEXT
        NOT NULL, minutes INTEGER, form TEXT NOT NULL, status TEXT NOT NULL, participants TEXT NOT NULL,
        language TEXT NOT NULL, interpreter TEXT NOT NULL, content TEXT NOT NULL, next_steps TEXT NOT
        NULL, follow_up_on TEXT, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES kim_case (id)
    );
    CREATE INDEX contact_case_id ON contact (case_id);
    CREATE TABLE due (
        case_id TEXT NOT NULL, kind TEXT NOT NULL, record_id TEXT NOT NULL, rule TEXT NOT NULL, due_on
        TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (case_id, kind, record_id, rule), FOREIGN KEY
        (case_id) REFERENCES kim_case (id)
    ) WITHOUT ROWID;
    CREATE INDEX due_by_rule ON due (rule, due_on, case_id);
    CREATE TABLE finding (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, title TEXT
        NOT NULL, kind TEXT NOT NULL, life_domain TEXT NOT NULL, agencies TEXT NOT NULL, transition TEXT
        NOT NULL, ags TEXT NOT NULL, frequency INTEGER NOT NULL, effects TEXT NOT NULL, proposal TEXT
        NOT NULL, state TEXT NOT NULL, noted_on TEXT, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES
        kim_case (id)
    );
    CREATE INDEX finding_case_id ON finding (case_id);
    CREATE TABLE follow_up (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, kind TEXT
        NOT NULL, title TEXT NOT NULL, reason TEXT NOT NULL, due_on TEXT NOT NULL, time TEXT NOT NULL,
        place TEXT NOT NULL, done_on TEXT, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES kim_case
        (id)
    );
    CREATE INDEX follow_up_case_id ON follow_up (case_id);
    CREATE TABLE goal (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, number
        INTEGER NOT NULL, text TEXT NOT NULL, life_domain TEXT NOT NULL, smart TEXT NOT NULL, indicator
        TEXT NOT NULL, baseline TEXT NOT NULL, due_on TEXT, priority INTEGER NOT NULL, by_client TEXT
        NOT NULL, by_case_manager TEXT NOT NULL, by_others TEXT NOT NULL, gas_minus_2 TEXT NOT NULL,
        gas_minus_1 TEXT NOT NULL, gas_0 TEXT NOT NULL, gas_plus_1 TEXT NOT NULL, gas_plus_2 TEXT NOT
        NULL, level INTEGER, level_client INTEGER, level_case_manager INTEGER, state TEXT NOT NULL,
        version INTEGER NOT NULL, signed_on TEXT, interpreter TEXT NOT NULL, PRIMARY KEY (id), FOREIGN
        KEY (case_id) REFERENCES kim_case (id)
    );
    CREATE INDEX goal_case_id ON goal (case_id);
    CREATE TABLE measure (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, goal_id TEXT
        NOT NULL, title TEXT NOT NULL, regime TEXT NOT NULL, agency TEXT NOT NULL, agency_person TEXT
        NOT NULL, agency_file_number TEXT NOT NULL, starts_on TEXT, due_on TEXT, follow_up_on TEXT,
        requires TEXT NOT NULL, state TEXT NOT NULL, fallback TEXT NOT NULL, gap INTEGER NOT NULL, note
        TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES kim_case (id)
    );
    CREATE INDEX measure_case_id ON measure (case_id);
    CREATE TABLE member (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, person_id
        TEXT NOT NULL, role TEXT NOT NULL, relation TEXT NOT NULL, since TEXT, until TEXT, PRIMARY KEY
        (id), FOREIGN KEY (case_id) REFERENCES kim_case (id), FOREIGN KEY (person_id) REFERENCES person
        (id)
    );
    CREATE INDEX member_case_id ON member (case_id);
    CREATE INDEX member_person_id ON member (person_id);
    CREATE TABLE person_key (
        person_id TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (person_id, key), FOREIGN KEY
        (person_id) REFERENCES person (id)
    );
    CREATE INDEX person_key_by_key ON person_key (key, person_id);
    CREATE TABLE phase_entry (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, phase TEXT
        NOT NULL, round INTEGER NOT NULL, state TEXT NOT NULL, form TEXT NOT NULL, version INTEGER NOT
        NULL, answers TEXT NOT NULL, started_on TEXT, finished_on TEXT, PRIMARY KEY (id), FOREIGN KEY
        (case_id) REFERENCES kim_case (id)
    );
    CREATE INDEX phase_entry_case_id ON phase_entry (case_id);
    CREATE TABLE phase_event (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, phase TEXT
        NOT NULL, event TEXT NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES kim_case (id)
    );
    CREATE INDEX phase_event_case_id ON phase_event (case_id);
    CREATE TABLE referral (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, service TEXT
        NOT NULL, service_version INTEGER NOT NULL, agency TEXT NOT NULL, agency_person TEXT NOT NULL,
        purpose TEXT NOT NULL, warm INTEGER NOT NULL, state TEXT NOT NULL, consent_id TEXT NOT NULL,
        override_reason TEXT NOT NULL, prepared_on TEXT, sent_on TEXT, answered_on TEXT, answer_due_on
        TEXT, reject_reason TEXT NOT NULL, result TEXT NOT NULL, note TEXT NOT NULL, checklist TEXT NOT
        NULL, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES kim_case (id)
    );
    CREATE INDEX referral_case_id ON referral (case_id);
    CREATE TABLE regime_spell (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, person_id
        TEXT NOT NULL, lane TEXT NOT NULL, regime TEXT NOT NULL, starts_on TEXT, ends_on TEXT, expected
        INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES
        kim_case (id), FOREIGN KEY (person_id) REFERENCES person (id)
    );
    CREATE INDEX regime_spell_case_id ON regime_spell (case_id);
    CREATE INDEX regime_spell_person_id ON regime_spell (person_id);
    CREATE TABLE residence_spell (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, person_id
        TEXT NOT NULL, status TEXT NOT NULL, paragraph TEXT NOT NULL, valid_from TEXT, valid_until TEXT,
        employment TEXT NOT NULL, residence_rule TEXT NOT NULL, expected INTEGER NOT NULL, note TEXT NOT
        NULL, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES kim_case (id), FOREIGN KEY (person_id)
        REFERENCES person (id)
    );
    CREATE INDEX residence_spell_case_id ON residence_spell (case_id);
    CREATE INDEX residence_spell_person_id ON residence_spell (person_id);
"""

SEARCH = """
    CREATE VIRTUAL TABLE search_name USING fts5(
        words, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='1 2 3'
    );
    CREATE VIRTUAL TABLE search_text USING fts5(
        words, content='', contentless_delete=1, detail=none, tokenize='ascii'
    );
"""

CHANGE = """
    CREATE TRIGGER {table}_{event} AFTER {event} ON {table} BEGIN
        INSERT INTO change(kind, record_id, case_id, op) VALUES ('{kind}', {row}.id, {case}, '{op}');
    END
"""


def upgrade() -> None:
    """Make everything."""
    for script in (TABLES, SEARCH):
        for statement in filter(str.strip, script.split(";")):
            op.execute(statement)
    for table in RECORDS:
        for event, row, what in (
            ("INSERT", "NEW", "put"),
            ("UPDATE", "NEW", "put"),
            ("DELETE", "OLD", "remove"),
        ):
            op.execute(_trigger(table, event, row, what))


def _trigger(table: str, event: str, row: str, what: str) -> str:
    kind = table.removeprefix("kim_")
    case = {"person": "''", "kim_case": f"{row}.id"}.get(table, f"{row}.case_id")
    return CHANGE.format(table=table, event=event, kind=kind, row=row, case=case, op=what)


def downgrade() -> None:
    """Drop everything."""
    for table in ("search_text", "search_name", *reversed(OTHERS), *reversed(RECORDS)):
        op.execute(f"DROP TABLE {table}")
