CREATE TABLE "approvals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"payload" jsonb NOT NULL,
	"requested_by" uuid NOT NULL,
	"reason" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"decided_by" uuid,
	"decision_reason" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp (6) with time zone,
	"expires_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "approvals_two_people" CHECK ("approvals"."decided_by" is null or "approvals"."decided_by" <> "approvals"."requested_by")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid NOT NULL,
	"at" timestamp (6) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"session_id" uuid,
	"request_id" uuid,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"resource_type" text NOT NULL,
	"resource_id" text,
	"patient_id" uuid,
	"ip" text,
	"bytes" "bytea" NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	"mac" "bytea" NOT NULL,
	CONSTRAINT "audit_entries_id_pk" PRIMARY KEY("id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"size" bigint DEFAULT 0 NOT NULL,
	"frontier" "bytea" NOT NULL,
	"root" "bytea" NOT NULL,
	"checkpoint" text,
	"checkpoint_size" bigint,
	"signed_at" timestamp (6) with time zone,
	"updated_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "audit_head_single" CHECK ("audit_head"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "audit_hourly" (
	"hour" timestamp (6) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "audit_hourly_hour_actor_id_action_outcome_pk" PRIMARY KEY("hour","actor_id","action","outcome")
);
--> statement-breakpoint
CREATE TABLE "audit_leaves" (
	"index" bigint PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	CONSTRAINT "audit_leaves_entryId_unique" UNIQUE("entry_id")
);
--> statement-breakpoint
CREATE TABLE "audit_nodes" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_nodes_level_index_pk" PRIMARY KEY("level","index")
);
--> statement-breakpoint
CREATE TABLE "audit_notes" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_pending_0" (
	"entry_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_pending_1" (
	"entry_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_pending_2" (
	"entry_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_pending_cursor" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"current" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "audit_pending_cursor_single" CHECK ("audit_pending_cursor"."id" = 1 and "audit_pending_cursor"."current" between 0 and 2)
);
--> statement-breakpoint
CREATE TABLE "audit_quarantine" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"problem" text NOT NULL,
	"found_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "export_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"requested_by" uuid NOT NULL,
	"purpose" text NOT NULL,
	"profile" text NOT NULL,
	"resource_types" text[] NOT NULL,
	"as_of" timestamp (6) with time zone NOT NULL,
	"status" text NOT NULL,
	"approval_id" uuid,
	"failure" text,
	"manifest" jsonb,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"built_at" timestamp (6) with time zone,
	"expires_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "release_chunks" (
	"export_id" uuid NOT NULL,
	"format" text NOT NULL,
	"sequence" integer NOT NULL,
	"bytes" bigint NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "release_chunks_export_id_format_sequence_pk" PRIMARY KEY("export_id","format","sequence")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"mode" text NOT NULL,
	"log_origin" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"initialised_at" timestamp (6) with time zone,
	CONSTRAINT "installation_single" CHECK ("installation"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "keks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "patient_keys" (
	"patient_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"kek_id" uuid NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "system_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"version" integer NOT NULL,
	"kek_id" uuid NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "care_relationships" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"practitioner_id" uuid,
	"user_id" uuid,
	"kind" text NOT NULL,
	"trusted" boolean NOT NULL,
	"starts_at" timestamp (6) with time zone NOT NULL,
	"ends_at" timestamp (6) with time zone,
	"created_by" uuid,
	"ended_by" uuid,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "care_relationships_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "directory_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"source_token" "bytea" NOT NULL,
	"npi_token" "bytea",
	"content_tag" "bytea",
	"content" "bytea",
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "patients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_tokens" (
	"patient_id" uuid NOT NULL,
	"field" text NOT NULL,
	"key_version" smallint NOT NULL,
	"token" "bytea" NOT NULL,
	CONSTRAINT "search_tokens_patient_id_field_key_version_token_pk" PRIMARY KEY("patient_id","field","key_version","token")
);
--> statement-breakpoint
CREATE TABLE "source_ids" (
	"patient_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"token" "bytea" NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "source_ids_patient_id_record_id_pk" PRIMARY KEY("patient_id","record_id")
);
--> statement-breakpoint
CREATE TABLE "record_versions" (
	"patient_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"authored_at" timestamp (6) with time zone NOT NULL,
	"author" text NOT NULL,
	"entry_id" uuid NOT NULL,
	"identity" "bytea",
	"contact" "bytea",
	"clinical" "bytea",
	"narrative" "bytea",
	"billing" "bytea",
	"unmapped" "bytea",
	"digests" "bytea" NOT NULL,
	"integrity_key_id" uuid NOT NULL,
	"previous_mac" "bytea",
	"mac" "bytea" NOT NULL,
	CONSTRAINT "record_versions_patient_id_record_id_version_pk" PRIMARY KEY("patient_id","record_id","version")
);
--> statement-breakpoint
CREATE TABLE "records" (
	"patient_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resource_type" text NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "records_patient_id_id_pk" PRIMARY KEY("patient_id","id")
);
--> statement-breakpoint
CREATE TABLE "attempt_counters" (
	"subject" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_started_at" timestamp (6) with time zone NOT NULL,
	"locked_until" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"user_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"last_active_at" timestamp (6) with time zone NOT NULL,
	"idle_expires_at" timestamp (6) with time zone NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"factor_at" timestamp (6) with time zone,
	"ip" text,
	"user_agent" text,
	"ended_at" timestamp (6) with time zone,
	"ended_by" uuid,
	"end_reason" text
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"invited_by" uuid,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"accepted_at" timestamp (6) with time zone,
	"revoked_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "passwords" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp (6) with time zone
);
--> statement-breakpoint
CREATE TABLE "role_assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"reason" text NOT NULL,
	"granted_by" uuid,
	"approval_id" uuid,
	"starts_at" timestamp (6) with time zone NOT NULL,
	"ends_at" timestamp (6) with time zone,
	"ended_by" uuid,
	"end_reason" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "totp_factors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"secret" "bytea" NOT NULL,
	"last_step" bigint,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp (6) with time zone,
	"disabled" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"display_name" text NOT NULL,
	"status" text NOT NULL,
	"practitioner_id" uuid,
	"patient_id" uuid,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (6) with time zone,
	"deactivated_at" timestamp (6) with time zone
);
--> statement-breakpoint
ALTER TABLE "release_chunks" ADD CONSTRAINT "release_chunks_export_id_export_requests_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."export_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_keys" ADD CONSTRAINT "patient_keys_kek_id_keks_id_fk" FOREIGN KEY ("kek_id") REFERENCES "public"."keks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "system_keys" ADD CONSTRAINT "system_keys_kek_id_keks_id_fk" FOREIGN KEY ("kek_id") REFERENCES "public"."keks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passwords" ADD CONSTRAINT "passwords_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_assignments" ADD CONSTRAINT "role_assignments_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_factors" ADD CONSTRAINT "totp_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approvals_status" ON "approvals" USING btree ("status","kind");--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_patient" ON "audit_entries" USING btree ("patient_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("action","id");--> statement-breakpoint
CREATE INDEX "audit_entries_request" ON "audit_entries" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "audit_hourly_actor" ON "audit_hourly" USING btree ("actor_id","hour");--> statement-breakpoint
CREATE INDEX "export_requests_requester" ON "export_requests" USING btree ("requested_by","id");--> statement-breakpoint
CREATE INDEX "patient_keys_patient" ON "patient_keys" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "patient_keys_kek" ON "patient_keys" USING btree ("kek_id");--> statement-breakpoint
CREATE UNIQUE INDEX "system_keys_purpose" ON "system_keys" USING btree ("purpose","version");--> statement-breakpoint
CREATE UNIQUE INDEX "care_relationships_imported" ON "care_relationships" USING btree ("patient_id","practitioner_id","kind") WHERE "care_relationships"."practitioner_id" is not null;--> statement-breakpoint
CREATE INDEX "care_relationships_practitioner" ON "care_relationships" USING btree ("practitioner_id");--> statement-breakpoint
CREATE INDEX "care_relationships_user" ON "care_relationships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "directory_entries_source" ON "directory_entries" USING btree ("source_token");--> statement-breakpoint
CREATE INDEX "directory_entries_npi" ON "directory_entries" USING btree ("npi_token");--> statement-breakpoint
CREATE INDEX "search_tokens_token" ON "search_tokens" USING btree ("field","token");--> statement-breakpoint
CREATE UNIQUE INDEX "source_ids_token" ON "source_ids" USING btree ("token");--> statement-breakpoint
CREATE INDEX "record_versions_entry" ON "record_versions" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "records_type" ON "records" USING btree ("patient_id","resource_type","id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id","ended_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invitations_user" ON "invitations" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "passwords_user" ON "passwords" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "recovery_codes_user" ON "recovery_codes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "role_assignments_user" ON "role_assignments" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "totp_factors_user" ON "totp_factors" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "users_practitioner" ON "users" USING btree ("practitioner_id");