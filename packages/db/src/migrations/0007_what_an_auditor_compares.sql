ALTER TABLE "keks" ADD COLUMN "wrapped_hash" "bytea" GENERATED ALWAYS AS (sha256(wrapped)) STORED;--> statement-breakpoint
ALTER TABLE "patient_keys" ADD COLUMN "wrapped_hash" "bytea" GENERATED ALWAYS AS (sha256(wrapped)) STORED;--> statement-breakpoint
ALTER TABLE "system_keys" ADD COLUMN "wrapped_hash" "bytea" GENERATED ALWAYS AS (sha256(wrapped)) STORED;--> statement-breakpoint
ALTER TABLE "record_versions" ADD COLUMN "classes" smallint GENERATED ALWAYS AS ((identity is not null)::int + 2 * (contact is not null)::int + 4 * (clinical is not null)::int
        + 8 * (narrative is not null)::int + 16 * (billing is not null)::int + 32 * (unmapped is not null)::int) STORED;
--> statement-breakpoint

-- By hand. The integrity sweep compares every row with what the log committed to, and reads no ciphertext, no wrapped key and
-- nothing that a person has typed.
GRANT SELECT (authored_at, author, digests, integrity_key_id, previous_mac, classes) ON record_versions TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, source) ON patients TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (patient_id, record_id) ON source_ids TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (patient_id, id, kek_id, state, wrapped_hash) ON patient_keys TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, purpose, version, kek_id, state, wrapped_hash) ON system_keys TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, provider, state, wrapped_hash) ON keks TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, type, source_token, key_version, npi_token, npi_key_version, content_tag, trusted) ON directory_entries
  TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (entry_id) ON audit_notes TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, manifest) ON export_requests TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (export_id, format, sequence, bytes) ON release_chunks TO chartward_auditor;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['patients', 'source_ids', 'patient_keys'] LOOP
    EXECUTE format('CREATE POLICY sweep ON %I FOR SELECT TO chartward_auditor USING (true)', name);
  END LOOP;
END $$;
--> statement-breakpoint

-- How much of the log the hourly counts hold: a number, without sight of anybody's cursor.
CREATE FUNCTION audit_hourly_size() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(max(next_index), 0) FROM log_followers WHERE name = 'roll-up'
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION audit_hourly_size() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION audit_hourly_size() TO chartward_app, chartward_auditor;
