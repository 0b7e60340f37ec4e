CREATE TABLE "care_due" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token" "bytea" NOT NULL,
	"written_by" bigint DEFAULT (pg_current_xact_id()::text)::bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "care_lists" (
	"patient_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"content" "bytea" NOT NULL,
	"digest" "bytea" NOT NULL,
	"standing" text NOT NULL,
	"narrowed" boolean NOT NULL,
	"looked_up" bigint NOT NULL,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "care_lists_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "care_tokens" (
	"patient_id" uuid NOT NULL,
	"token" "bytea" NOT NULL,
	CONSTRAINT "care_tokens_patient_id_token_pk" PRIMARY KEY("patient_id","token")
);
--> statement-breakpoint
DROP INDEX "care_relationships_imported";--> statement-breakpoint
ALTER TABLE "care_relationships" ADD COLUMN "narrowed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "care_tokens_token" ON "care_tokens" USING btree ("token");
--> statement-breakpoint

-- By hand from here: rights by column, and rows of patients by name.
GRANT SELECT, INSERT ON care_lists TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (content, digest, standing, narrowed, looked_up, row_version, seal) ON care_lists TO chartward_app;
--> statement-breakpoint
GRANT SELECT (patient_id, id, digest, standing, narrowed, row_version, seal) ON care_lists TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON care_tokens, care_due TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (narrowed) ON care_relationships TO chartward_app;
--> statement-breakpoint
GRANT SELECT (narrowed) ON care_relationships TO chartward_auditor;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['care_lists', 'care_tokens'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY in_scope ON %I FOR ALL TO chartward_app USING (row_in_scope(patient_id)) WITH CHECK (row_in_scope(patient_id))',
      name);
  END LOOP;
  CREATE POLICY sweep ON care_lists FOR SELECT TO chartward_auditor USING (true);
END $$;
