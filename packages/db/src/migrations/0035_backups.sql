CREATE TABLE "backup_drills" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" uuid NOT NULL,
	"backup_id" uuid NOT NULL,
	"started_at" timestamp (6) with time zone NOT NULL,
	"finished_at" timestamp (6) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"result" jsonb NOT NULL,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "backups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" uuid NOT NULL,
	"kind" text NOT NULL,
	"place" text NOT NULL,
	"started_at" timestamp (6) with time zone NOT NULL,
	"finished_at" timestamp (6) with time zone,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"deleted_at" timestamp (6) with time zone,
	"state" text NOT NULL,
	"failure" text,
	"bytes" bigint,
	"rows" bigint,
	"sha256" "bytea",
	"log_size" bigint,
	"log_root" "bytea",
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "backups_state" CHECK (("backups"."state" = 'failed') = ("backups"."failure" is not null) and ("backups"."state" = 'deleted') = ("backups"."deleted_at" is not null)
        and ("backups"."state" = 'running') = ("backups"."finished_at" is null)),
	CONSTRAINT "backups_keys_expire" CHECK ("backups"."kind" = 'logical' or "backups"."expires_at" <= "backups"."started_at" + interval '35 days')
);
--> statement-breakpoint
CREATE INDEX "backup_drills_finished" ON "backup_drills" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "backups_kind" ON "backups" USING btree ("kind","started_at");