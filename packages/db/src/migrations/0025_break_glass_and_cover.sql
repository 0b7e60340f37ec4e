CREATE TABLE "break_glass_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"assignment_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"reason" "bytea" NOT NULL,
	"starts_at" timestamp (6) with time zone NOT NULL,
	"ends_at" timestamp (6) with time zone NOT NULL,
	"ended_at" timestamp (6) with time zone,
	"ended_by" uuid,
	"end_reason" text,
	"verdict" text,
	"note" "bytea",
	"reviewed_by" uuid,
	"reviewed_at" timestamp (6) with time zone,
	"escalated" smallint DEFAULT 0 NOT NULL,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "break_glass_two_people" CHECK ("break_glass_grants"."reviewed_by" is null or "break_glass_grants"."reviewed_by" <> "break_glass_grants"."user_id"),
	CONSTRAINT "break_glass_reviewed" CHECK (("break_glass_grants"."verdict" is null) = ("break_glass_grants"."reviewed_by" is null) and ("break_glass_grants"."verdict" is null) = ("break_glass_grants"."reviewed_at" is null)
        and ("break_glass_grants"."ended_at" is null) = ("break_glass_grants"."end_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "covers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"covered_user" uuid NOT NULL,
	"given_by" uuid NOT NULL,
	"places" jsonb NOT NULL,
	"receivers" uuid[] NOT NULL,
	"reason" "bytea" NOT NULL,
	"starts_at" timestamp (6) with time zone NOT NULL,
	"ends_at" timestamp (6) with time zone NOT NULL,
	"ended_at" timestamp (6) with time zone,
	"ended_by" uuid,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "break_glass_grants_user" ON "break_glass_grants" USING btree ("user_id","patient_id");--> statement-breakpoint
CREATE INDEX "break_glass_grants_waiting" ON "break_glass_grants" USING btree ("starts_at") WHERE "break_glass_grants"."verdict" is null;--> statement-breakpoint
CREATE INDEX "covers_covered" ON "covers" USING btree ("covered_user");--> statement-breakpoint
CREATE INDEX "covers_receivers" ON "covers" USING gin ("receivers");--> statement-breakpoint
-- By hand, from here on: rights by column, and an end and a verdict that are said once.
GRANT SELECT, INSERT ON break_glass_grants TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (ended_at, ended_by, end_reason, verdict, note, reviewed_by, reviewed_at, escalated, row_version, seal) ON break_glass_grants TO chartward_app;
--> statement-breakpoint
GRANT SELECT (id, patient_id, user_id, assignment_id, cause, reason, starts_at, ends_at, ended_at, ended_by, end_reason, verdict, note, reviewed_by, reviewed_at, row_version, seal) ON break_glass_grants TO chartward_auditor;
--> statement-breakpoint
CREATE FUNCTION break_glass_said_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.ended_by, NEW.end_reason) IS DISTINCT FROM (OLD.ended_at, OLD.ended_by, OLD.end_reason) THEN
    RAISE EXCEPTION 'a use of break-glass that has ended stays ended' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.verdict IS NOT NULL AND (NEW.verdict, NEW.note, NEW.reviewed_by, NEW.reviewed_at) IS DISTINCT FROM (OLD.verdict, OLD.note, OLD.reviewed_by, OLD.reviewed_at) THEN
    RAISE EXCEPTION 'a use of break-glass is reviewed once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER break_glass_said_once BEFORE UPDATE ON break_glass_grants FOR EACH ROW EXECUTE FUNCTION break_glass_said_once();
--> statement-breakpoint
GRANT SELECT, INSERT ON covers TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (ended_at, ended_by, row_version, seal) ON covers TO chartward_app;
--> statement-breakpoint
GRANT SELECT (id, covered_user, given_by, places, receivers, reason, starts_at, ends_at, ended_at, ended_by, row_version, seal) ON covers TO chartward_auditor;
