ALTER TABLE "directory_entries" ADD COLUMN "key_version" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "directory_entries" ADD COLUMN "npi_key_version" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "source_ids" ADD COLUMN "key_version" smallint DEFAULT 1 NOT NULL;