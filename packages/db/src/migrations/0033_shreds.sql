CREATE TABLE "legal_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp (6) with time zone NOT NULL,
	"reason" "bytea" NOT NULL,
	"lift_asked_by" uuid,
	"lifted_by" uuid,
	"lifted_at" timestamp (6) with time zone,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "legal_holds_lifted" CHECK (("legal_holds"."lifted_at" is null) = ("legal_holds"."lifted_by" is null) and ("legal_holds"."lifted_at" is null) = ("legal_holds"."lift_asked_by" is null)
        and ("legal_holds"."lifted_by" is null or "legal_holds"."lifted_by" <> "legal_holds"."lift_asked_by"))
);
--> statement-breakpoint
CREATE TABLE "shreds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"state" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp (6) with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp (6) with time zone,
	"destroyed" text,
	"final_at" timestamp (6) with time zone,
	"final_is_bound" boolean,
	"ledger_index" integer,
	"ledger_hash" "bytea",
	"certificate" text,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "shreds_two_people" CHECK (("shreds"."state" = 'requested' and "shreds"."decided_by" is null)
        or ("shreds"."state" = 'done' and "shreds"."decided_by" is not null and "shreds"."decided_by" <> "shreds"."requested_by")
        or "shreds"."state" = 'ended'),
	CONSTRAINT "shreds_done" CHECK (("shreds"."state" = 'done') = ("shreds"."destroyed" is not null and "shreds"."final_at" is not null and "shreds"."final_is_bound" is not null)
        and ("shreds"."ledger_index" is null) = ("shreds"."ledger_hash" is null))
);
--> statement-breakpoint
ALTER TABLE "installation" ADD COLUMN "planned_patients" integer DEFAULT 1000000 NOT NULL;--> statement-breakpoint
ALTER TABLE "installation" ADD COLUMN "name_bits" smallint DEFAULT 16 NOT NULL;--> statement-breakpoint
CREATE INDEX "legal_holds_patient" ON "legal_holds" USING btree ("patient_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shreds_patient" ON "shreds" USING btree ("patient_id") WHERE "shreds"."state" <> 'ended';--> statement-breakpoint
CREATE INDEX "shreds_done" ON "shreds" USING btree ("decided_at") WHERE "shreds"."state" = 'done';