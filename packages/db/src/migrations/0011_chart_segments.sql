CREATE TABLE "chart_segments" (
	"patient_id" uuid NOT NULL,
	"resource_type" text NOT NULL,
	"field_class" text NOT NULL,
	"number" integer NOT NULL,
	"base" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"integrity_key_id" uuid NOT NULL,
	"mac" "bytea" NOT NULL,
	CONSTRAINT "chart_segments_patient_id_resource_type_field_class_number_pk" PRIMARY KEY("patient_id","resource_type","field_class","number")
);
--> statement-breakpoint

-- By hand. The application adds segments of a chart's index and reads them; nobody changes or deletes one, and the auditor, who
-- holds no patient's key, sees none.
GRANT SELECT, INSERT ON chart_segments TO chartward_app;
--> statement-breakpoint
ALTER TABLE chart_segments ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE chart_segments FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY in_scope ON chart_segments FOR ALL TO chartward_app USING (row_in_scope(patient_id)) WITH CHECK (row_in_scope(patient_id));
--> statement-breakpoint
CREATE TRIGGER chart_segments_append_only BEFORE UPDATE OR DELETE ON chart_segments FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER chart_segments_no_truncate BEFORE TRUNCATE ON chart_segments FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
