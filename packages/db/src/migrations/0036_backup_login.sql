-- The login that backups are made with: reads what is backed up, all patients' rows of it, and nothing that opens anything. No
-- key tables, no extracts, no queues: apps/api/src/services/backups/tables.ts says of each table what becomes of it.
DO $$
BEGIN
  -- Where the role was made beforehand, the owner of the database needs no right to make any.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chartward_backup') THEN
    CREATE ROLE chartward_backup NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;--> statement-breakpoint
GRANT USAGE ON SCHEMA public, drizzle TO chartward_backup;--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO chartward_backup;--> statement-breakpoint
GRANT SELECT ON
  account_links, approvals, audit_entries, audit_entry_patients, audit_gaps, audit_head, audit_hourly, audit_leaves, audit_nodes,
  audit_notes, audit_pending_0, audit_pending_1, audit_pending_2, audit_quarantine, audit_writers, backup_drills, backups,
  break_glass_grants, care_due, care_lists, care_relationships, care_tokens, chart_segments, claim_tokens, covers, custom_roles,
  directory_entries, export_requests, factor_resets, installation, invitations, known_devices, legal_holds, lockdown_acts, log_followers,
  notices, passkeys, passwords, patient_accounts, patients, people_change_lines, people_changes, record_versions, records,
  recovery_codes, role_assignments, role_versions, row_heads, row_heads_state, search_tokens, sessions, shreds, source_bases, source_ids,
  totp_factors, uploads, users, works
  TO chartward_backup;--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
    AND has_table_privilege('chartward_backup', oid, 'SELECT') LOOP
    EXECUTE format('CREATE POLICY backup ON %I FOR SELECT TO chartward_backup USING (true)', name);
  END LOOP;
END $$;--> statement-breakpoint
GRANT SELECT, INSERT ON backups, backup_drills TO chartward_app;--> statement-breakpoint
GRANT UPDATE (finished_at, deleted_at, state, failure, bytes, rows, sha256, log_size, log_root, row_version, seal) ON backups TO chartward_app;--> statement-breakpoint
GRANT SELECT ON backups, backup_drills TO chartward_auditor;--> statement-breakpoint
-- What decides whether a key may be destroyed says the same for good: when a copy was begun and when it expires is written once.
CREATE FUNCTION backups_move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.owner, NEW.kind, NEW.started_at, NEW.expires_at) IS DISTINCT FROM (OLD.id, OLD.owner, OLD.kind, OLD.started_at, OLD.expires_at) THEN
    RAISE EXCEPTION 'what a backup is does not change' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('running', 'made'), ('running', 'failed'), ('made', 'deleted')) THEN
    RAISE EXCEPTION 'a backup does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER backups_move_on BEFORE UPDATE ON backups FOR EACH ROW EXECUTE FUNCTION backups_move_on();--> statement-breakpoint
CREATE TRIGGER backups_no_delete BEFORE DELETE ON backups FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER backups_no_truncate BEFORE TRUNCATE ON backups FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();--> statement-breakpoint
CREATE TRIGGER backup_drills_append_only BEFORE UPDATE OR DELETE ON backup_drills FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
