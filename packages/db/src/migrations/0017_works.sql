CREATE TABLE "works" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp (6) with time zone NOT NULL,
	"slot" text,
	"state" text NOT NULL,
	"attempt" integer NOT NULL,
	"started_at" timestamp (6) with time zone,
	"ended_at" timestamp (6) with time zone,
	"cancel_asked_at" timestamp (6) with time zone,
	"cancel_asked_by" uuid,
	"result" jsonb,
	"failure" text,
	"phase" text,
	"done" bigint DEFAULT 0 NOT NULL,
	"total" bigint,
	"phase_at" timestamp (6) with time zone,
	"heartbeat" timestamp (6) with time zone,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "works_end" CHECK (("works"."ended_at" is not null) = ("works"."state" in ('done', 'failed', 'cancelled'))
        and ("works"."result" is not null) = ("works"."state" = 'done')
        and ("works"."failure" is not null) = ("works"."state" = 'failed'))
);
--> statement-breakpoint
CREATE INDEX "works_kind" ON "works" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "works_asker" ON "works" USING btree ("asked_by","id");--> statement-breakpoint
CREATE UNIQUE INDEX "works_slot" ON "works" USING btree ("slot") WHERE "works"."state" in ('waiting', 'running');