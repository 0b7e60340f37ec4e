ALTER TABLE "approvals" ALTER COLUMN "reason" SET DATA TYPE bytea USING convert_to("reason", 'UTF8');--> statement-breakpoint
ALTER TABLE "approvals" ALTER COLUMN "decision_reason" SET DATA TYPE bytea USING convert_to("decision_reason", 'UTF8');--> statement-breakpoint
ALTER TABLE "export_requests" ALTER COLUMN "purpose" SET DATA TYPE bytea USING convert_to("purpose", 'UTF8');--> statement-breakpoint
ALTER TABLE "role_assignments" ALTER COLUMN "reason" SET DATA TYPE bytea USING convert_to("reason", 'UTF8');--> statement-breakpoint
ALTER TABLE "role_assignments" ALTER COLUMN "end_reason" SET DATA TYPE bytea USING convert_to("end_reason", 'UTF8');--> statement-breakpoint
ALTER TABLE "care_relationships" ADD COLUMN "under_giver" boolean DEFAULT false NOT NULL;
--> statement-breakpoint

-- By hand. The auditor compares it with what its entry says.
GRANT SELECT (under_giver) ON care_relationships TO chartward_auditor;
