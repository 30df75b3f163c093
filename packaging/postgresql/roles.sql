-- Three roles for the registry of a Kreis. Run in its database by its owner or a superuser, as often as you like:
--   psql -d register -v migrator=kim_migrate -v importer=kim_import -v reader=kim_figures -f roles.sql
-- Before that, make the roles with passwords of your own (CREATE ROLE kim_import LOGIN PASSWORD …; and so on).
--   migrator  makes and changes the tables; the first office of a new version of KIMdesk connects as this one
--   importer  reads bundles in and answers; cannot change tables
--   reader    reads what figures are counted of; no name, no free text, no address, no key, no file
\set ON_ERROR_STOP on
BEGIN;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I, %I, %I', current_database(), :'migrator', :'importer', :'reader') \gexec
SELECT format('GRANT TEMPORARY ON DATABASE %I TO %I', current_database(), :'importer') \gexec
GRANT USAGE, CREATE ON SCHEMA public TO :"migrator";
GRANT USAGE ON SCHEMA public TO :"importer", :"reader";
REVOKE CREATE ON SCHEMA public FROM :"importer", :"reader";

SELECT format('ALTER TABLE %I OWNER TO %I', tablename, :'migrator')
FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'registry\_%' \gexec
SELECT format('REVOKE ALL ON %I FROM PUBLIC, %I, %I', tablename, :'importer', :'reader')
FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'registry\_%' \gexec
SELECT format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO %I', tablename, :'importer')
FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'registry\_%' AND tablename <> 'registry_version' \gexec
GRANT SELECT ON registry_version TO :"importer";
SELECT format('GRANT USAGE, SELECT ON SEQUENCE %I TO %I', sequencename, :'importer')
FROM pg_sequences WHERE schemaname = 'public' AND sequencename LIKE 'registry\_%' \gexec
ALTER DEFAULT PRIVILEGES FOR ROLE :"migrator" IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"importer";
ALTER DEFAULT PRIVILEGES FOR ROLE :"migrator" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"importer";

-- What the reader sees, column by column; what is not named here it does not see. Identities are random numbers.
CREATE TEMPORARY TABLE readable (kind text, names text) ON COMMIT DROP;
INSERT INTO readable VALUES
    ('case', 'ags opened_on status phase closed_on closing_reason'),
    ('person', 'age_band sex arrived_on'),
    ('member', 'case_id person_id role since until'),
    ('phase_entry', 'case_id phase round state started_on finished_on'),
    ('phase_event', 'case_id phase event at'),
    ('goal', 'case_id number life_domain due_on priority level level_client level_case_manager state version signed_on'),
    ('measure', 'case_id goal_id regime starts_on due_on follow_up_on state gap'),
    ('referral', 'case_id service service_version state prepared_on sent_on answered_on answer_due_on'),
    ('regime_spell', 'case_id person_id lane regime starts_on ends_on expected'),
    ('regime_change', 'case_id person_id from_regime to_regime changes_on done_on'),
    ('contact', 'case_id held_on minutes form status interpreter interpreter_minutes'),
    ('follow_up', 'case_id kind due_on done_on'),
    ('finding', 'case_id kind life_domain ags frequency state noted_on phase');
SELECT format(
    'GRANT SELECT (id, shared, epoch, received_seq, %s) ON %I TO %I',
    (SELECT string_agg(format('%I', each), ', ') FROM unnest(string_to_array(names, ' ')) AS each),
    'registry_' || kind, :'reader'
) FROM readable \gexec
COMMIT;
