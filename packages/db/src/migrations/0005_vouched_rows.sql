CREATE TABLE "row_heads" (
	"kind" text NOT NULL,
	"id" uuid NOT NULL,
	"owner" uuid,
	"version" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"log_index" bigint NOT NULL,
	"mac" "bytea" NOT NULL,
	CONSTRAINT "row_heads_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "row_heads_state" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"next_index" bigint NOT NULL,
	"sum" "bytea" NOT NULL,
	"mac" "bytea" NOT NULL,
	CONSTRAINT "row_heads_state_single" CHECK ("row_heads_state"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "export_requests" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "export_requests" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "care_relationships" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "care_relationships" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "passwords" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "passwords" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "totp_factors" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "totp_factors" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "care_relationships_id" ON "care_relationships" USING btree ("id");--> statement-breakpoint
CREATE INDEX "row_heads_index" ON "row_heads" USING btree ("log_index");--> statement-breakpoint

-- What the log last said of each row: the sequencer's follower keeps it, and the application reads it.
GRANT SELECT, INSERT, DELETE ON row_heads TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON row_heads_state TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT ON row_heads, row_heads_state TO chartward_app, chartward_auditor;
--> statement-breakpoint

-- An auditor compares the rows that give somebody something with the entries that commit to them. Nothing in them
-- opens anything without a key that the database holds only wrapped.
GRANT SELECT (id, email, display_name, status, practitioner_id, patient_id, deactivated_at, row_version, seal) ON
  users TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, user_id, token_hash, invited_by, created_at, expires_at, accepted_at, revoked_at, row_version, seal)
  ON invitations TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, user_id, hash, created_at, row_version, seal) ON passwords TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, user_id, secret, last_step, created_at, confirmed_at, disabled, row_version, seal) ON totp_factors
  TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, user_id, hash, created_at, used_at, row_version, seal) ON recovery_codes TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, token_hash, user_id, stage, created_at, expires_at, factor_at, ended_at, ended_by, end_reason,
  last_active_at, idle_expires_at, row_version, seal) ON sessions TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, user_id, role, reason, granted_by, approval_id, starts_at, ends_at, ended_by, end_reason,
  row_version, seal) ON role_assignments TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, patient_id, practitioner_id, user_id, kind, trusted, starts_at, ends_at, created_by, ended_by,
  row_version, seal) ON care_relationships TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, kind, subject_id, payload, requested_by, reason, status, decided_by, decision_reason, created_at,
  decided_at, expires_at, row_version, seal) ON approvals TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, requested_by, purpose, profile, resource_types, as_of, status, approval_id, failure, manifest,
  built_at, expires_at, row_version, seal) ON export_requests TO chartward_auditor;
--> statement-breakpoint

-- By column: what a row is about, and what a key is wrapped as, is written once and never changed.
REVOKE UPDATE ON users, invitations, role_assignments, totp_factors, recovery_codes, sessions, attempt_counters,
  approvals, patient_keys, system_keys, keks, directory_entries, care_relationships, source_ids, records,
  export_requests, installation FROM chartward_app;
--> statement-breakpoint
GRANT UPDATE (status, practitioner_id, last_seen_at, deactivated_at, row_version, seal) ON users TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (accepted_at, revoked_at, row_version, seal) ON invitations TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (ends_at, ended_by, end_reason, row_version, seal) ON role_assignments TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (last_step, confirmed_at, disabled, row_version, seal) ON totp_factors TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (used_at, row_version, seal) ON recovery_codes TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (token_hash, stage, last_active_at, idle_expires_at, factor_at, ended_at, ended_by, end_reason, row_version,
  seal) ON sessions TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (failures, window_started_at, locked_until) ON attempt_counters TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (status, decided_by, decision_reason, decided_at, row_version, seal) ON approvals TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (npi_token, npi_key_version, content_tag, content, trusted, updated_at) ON directory_entries
  TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (trusted, starts_at, ends_at, ended_by, row_version, seal) ON care_relationships TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (token, key_version, content, trusted) ON source_ids TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (version) ON records TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (status, as_of, manifest, built_at, expires_at, failure, row_version, seal) ON export_requests
  TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (initialised_at) ON installation TO chartward_app;
