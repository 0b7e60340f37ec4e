-- What the database itself refuses, whatever the application asks: roles and grants, append-only tables, row-level
-- security on patient rows, and the audit log's partitions and queue.

-- Roles. They are given logins by whoever runs the server (docs/deploy.md); nothing here needs a superuser but this.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['chartward_app', 'chartward_sequencer', 'chartward_auditor'] LOOP
    -- Where the roles were made beforehand, the owner of the database needs no right to make any.
    CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = name);
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO chartward_app, chartward_sequencer, chartward_auditor;
--> statement-breakpoint
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO chartward_app;
--> statement-breakpoint
GRANT UPDATE ON users, invitations, role_assignments, totp_factors, recovery_codes, sessions, attempt_counters,
  approvals, patient_keys, system_keys, keks, directory_entries, care_relationships, source_ids, records,
  export_requests, installation TO chartward_app;
--> statement-breakpoint
GRANT DELETE ON attempt_counters, search_tokens, release_chunks TO chartward_app;
--> statement-breakpoint
REVOKE INSERT ON audit_pending_0, audit_pending_1, audit_pending_2, audit_pending_cursor, audit_leaves, audit_nodes,
  audit_head, audit_quarantine, audit_hourly FROM chartward_app;
--> statement-breakpoint
GRANT SELECT ON audit_entries TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT, DELETE, TRUNCATE ON audit_pending_0, audit_pending_1, audit_pending_2 TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT, UPDATE ON audit_pending_cursor TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT, INSERT ON audit_leaves, audit_nodes, audit_quarantine TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON audit_hourly TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT, UPDATE ON audit_head TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT ON installation TO chartward_sequencer, chartward_auditor;
--> statement-breakpoint
GRANT SELECT ON audit_entries, audit_leaves, audit_nodes, audit_head, audit_quarantine, audit_hourly,
  audit_pending_0, audit_pending_1, audit_pending_2, record_versions, records TO chartward_auditor;
--> statement-breakpoint

-- Append-only: the grants already refuse the application; these triggers refuse whoever holds more than it does.
CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['audit_entries', 'audit_leaves', 'audit_nodes', 'audit_quarantine', 'record_versions'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()',
      name || '_append_only', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()',
      name || '_no_truncate', name);
  END LOOP;
END $$;
--> statement-breakpoint

-- What an installation is, is written once: a demo can't become a production database.
CREATE FUNCTION refuse_mode_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.mode <> OLD.mode OR NEW.log_origin <> OLD.log_origin THEN
    RAISE EXCEPTION 'the mode of an installation is fixed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER installation_mode BEFORE UPDATE ON installation FOR EACH ROW EXECUTE FUNCTION refuse_mode_change();
--> statement-breakpoint

-- Row-level security, the second line behind the Scope. A transaction names the patients it may touch; with nothing
-- named, nothing is visible. '*' is for verbs whose Scope covers all patients, and for import and export builds.
CREATE FUNCTION row_in_scope(patient uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE coalesce(current_setting('chartward.rows', true), '')
    WHEN '' THEN false
    WHEN '*' THEN true
    ELSE patient = ANY (string_to_array(current_setting('chartward.rows', true), ',')::uuid[])
  END
$$;
--> statement-breakpoint
DO $$
DECLARE name text; col text;
BEGIN
  FOREACH name IN ARRAY ARRAY['patients', 'records', 'record_versions', 'search_tokens', 'source_ids', 'patient_keys'] LOOP
    col := CASE name WHEN 'patients' THEN 'id' ELSE 'patient_id' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY in_scope ON %I FOR ALL TO chartward_app USING (row_in_scope(%I)) WITH CHECK (row_in_scope(%I))',
      name, col, col);
  END LOOP;
  -- The integrity sweep reads headers and MACs of all patients; it holds no key and can open no envelope.
  CREATE POLICY sweep ON record_versions FOR SELECT TO chartward_auditor USING (true);
  CREATE POLICY sweep ON records FOR SELECT TO chartward_auditor USING (true);
END $$;
--> statement-breakpoint

-- The audit log's months: ranges of UUIDv7 ids, whose first 48 bits are the time in milliseconds (RFC 9562 section 5.7).
CREATE FUNCTION uuid_v7_floor(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;
--> statement-breakpoint
CREATE FUNCTION audit_make_partitions(months_ahead integer DEFAULT 12) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  month timestamptz := date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - interval '1 month';
  last_month timestamptz := month + make_interval(months => greatest(least(months_ahead, 24), 2) + 1);
  name text;
  made integer := 0;
BEGIN
  WHILE month <= last_month LOOP
    name := 'audit_entries_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
    IF to_regclass('public.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF audit_entries FOR VALUES FROM (%L) TO (%L)',
        name, uuid_v7_floor(month), uuid_v7_floor((month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'));
      EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()',
        name || '_no_truncate', name);
      EXECUTE format('GRANT SELECT ON %I TO chartward_auditor', name);
      made := made + 1;
    END IF;
    month := (month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC';
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
CREATE FUNCTION audit_months_ahead() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)::integer FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
  WHERE inhparent = 'public.audit_entries'::regclass
    AND relname > 'audit_entries_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION audit_make_partitions(integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION audit_make_partitions(integer) TO chartward_app, chartward_sequencer;
--> statement-breakpoint
SELECT audit_make_partitions(12);
--> statement-breakpoint

-- Each appended entry is queued for the sequencer in the same transaction, and only so: nobody can append unqueued.
CREATE FUNCTION audit_enqueue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CASE (SELECT current FROM audit_pending_cursor)
    WHEN 0 THEN INSERT INTO audit_pending_0 SELECT id FROM appended;
    WHEN 1 THEN INSERT INTO audit_pending_1 SELECT id FROM appended;
    ELSE INSERT INTO audit_pending_2 SELECT id FROM appended;
  END CASE;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_entries_enqueue AFTER INSERT ON audit_entries
  REFERENCING NEW TABLE AS appended FOR EACH STATEMENT EXECUTE FUNCTION audit_enqueue();
--> statement-breakpoint
INSERT INTO audit_pending_cursor DEFAULT VALUES;
--> statement-breakpoint
-- The root of the empty tree is SHA-256 of nothing (RFC 9162 section 2.1.1).
INSERT INTO audit_head (frontier, root, updated_at) VALUES ('', sha256(''), now());
