ALTER TABLE "source_bases" ADD COLUMN "owner" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "source_bases" ADD COLUMN "row_version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "source_bases" ADD COLUMN "seal" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "source_bases" DROP COLUMN "tag";
--> statement-breakpoint

-- By hand: what an auditor compares with the log.
GRANT SELECT (id, owner, source, token, key_version, is_first, row_version, seal) ON source_bases TO chartward_auditor;
