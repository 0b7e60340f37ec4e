-- Where imported data came from and how far it is trusted, keys that are bound to their patient, and whom a list has shown.

-- A patient's key is wrapped together with the patient's id from here on, and a source id's token with its source's name: what
-- was stored before fits neither, and reading past that would be worse than stopping. Nothing before this was released.
ALTER TABLE patient_keys NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
DO $$
BEGIN
  IF EXISTS (SELECT FROM patient_keys) THEN
    RAISE EXCEPTION 'this database was filled by a version before the first release: start with an empty one and import again'
      USING ERRCODE = 'feature_not_supported';
  END IF;
END $$;
--> statement-breakpoint
ALTER TABLE patient_keys FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE TABLE "audit_entry_patients" (
	"entry_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	CONSTRAINT "audit_entry_patients_patient_id_entry_id_pk" PRIMARY KEY("patient_id","entry_id")
);
--> statement-breakpoint
ALTER TABLE "directory_entries" ADD COLUMN "trusted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "source" text DEFAULT 'main' NOT NULL;--> statement-breakpoint
ALTER TABLE "source_ids" ADD COLUMN "trusted" boolean NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_entry_patients_entry" ON "audit_entry_patients" USING btree ("entry_id");--> statement-breakpoint
CREATE UNIQUE INDEX "patient_keys_primary" ON "patient_keys" USING btree ("patient_id") WHERE "patient_keys"."state" = 'primary';
--> statement-breakpoint

GRANT SELECT, INSERT ON audit_entry_patients TO chartward_app;
--> statement-breakpoint
GRANT SELECT ON audit_entry_patients TO chartward_auditor;
--> statement-breakpoint
CREATE TRIGGER audit_entry_patients_append_only BEFORE UPDATE OR DELETE ON audit_entry_patients
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_entry_patients_no_truncate BEFORE TRUNCATE ON audit_entry_patients
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint

-- The integrity sweep compares MACs: it has no use for ciphertexts, and its login no sight of them.
REVOKE SELECT ON record_versions FROM chartward_auditor;
--> statement-breakpoint
GRANT SELECT (patient_id, record_id, version, entry_id, mac) ON record_versions TO chartward_auditor;
