-- The logins and the database of one installation. Run once, by a superuser, before the first `chartward migrate`:
--   psql -h DB -U postgres -f logins.sql
-- then give each login a password of its own, typed and never written: \password chartward_owner, and so on.
-- docs/deploy.md says what each login is for.

CREATE ROLE chartward_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION CONNECTION LIMIT 10;
CREATE ROLE chartward_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION;
CREATE ROLE chartward_sequencer LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION CONNECTION LIMIT 10;
CREATE ROLE chartward_auditor LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION CONNECTION LIMIT 10;
CREATE ROLE chartward_rekey LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION CONNECTION LIMIT 10;
-- What the application may, and to put keys and ciphertexts in the place of others: for rotations alone.
GRANT chartward_app TO chartward_rekey;
CREATE ROLE chartward_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION CONNECTION LIMIT 5;

-- Searched by bytes: the order of rows must not change with the operating system's collations.
CREATE DATABASE chartward OWNER chartward_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';

REVOKE ALL ON DATABASE chartward FROM PUBLIC;
-- The import stages rows in temporary tables; nobody else needs any.
GRANT CONNECT, TEMPORARY ON DATABASE chartward TO chartward_app, chartward_rekey;
GRANT CONNECT ON DATABASE chartward TO chartward_sequencer, chartward_auditor, chartward_backup;

-- Set by the application too; here they hold behind a pooler, which forwards no such setting.
ALTER ROLE chartward_app SET statement_timeout = '60s';
ALTER ROLE chartward_app SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE chartward_rekey SET statement_timeout = '60s';
ALTER ROLE chartward_rekey SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE chartward_sequencer SET statement_timeout = '60s';
ALTER ROLE chartward_sequencer SET idle_in_transaction_session_timeout = '60s';

-- Statements and their parameters stay out of the server's log. Only a superuser may set these for others.
ALTER DATABASE chartward SET log_min_error_statement = 'panic';
ALTER DATABASE chartward SET log_parameter_max_length = 0;
ALTER DATABASE chartward SET log_parameter_max_length_on_error = 0;
ALTER DATABASE chartward SET log_error_verbosity = 'terse';
ALTER DATABASE chartward SET log_statement = 'none';
ALTER DATABASE chartward SET log_min_duration_statement = -1;
