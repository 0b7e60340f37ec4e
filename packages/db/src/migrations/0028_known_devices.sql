CREATE TABLE "known_devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp (6) with time zone NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"user_agent" text,
	"ended_at" timestamp (6) with time zone,
	"end_reason" text,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lockdown_acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"requested_by" uuid NOT NULL,
	"people" uuid[] NOT NULL,
	"reason" "bytea" NOT NULL,
	"request_id" uuid,
	"session_id" uuid,
	"created_at" timestamp (6) with time zone NOT NULL,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attempt_counters" ADD COLUMN "run" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "attempt_counters" ADD COLUMN "last_at" timestamp (6) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "networks" text NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "browsers" text NOT NULL;--> statement-breakpoint
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "known_devices_token" ON "known_devices" USING btree ("token_hash","user_id") WHERE "known_devices"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "known_devices_user" ON "known_devices" USING btree ("user_id","ended_at");--> statement-breakpoint

-- By hand: rights by column, and a device that is known no more stays so.
GRANT SELECT, INSERT ON known_devices, lockdown_acts TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (used_at, expires_at, ended_at, end_reason, row_version, seal) ON known_devices TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (run, last_at) ON attempt_counters TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (networks, browsers) ON sessions TO chartward_app;
--> statement-breakpoint
GRANT SELECT (networks, browsers) ON sessions TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, user_id, token_hash, created_at, used_at, expires_at, ended_at, end_reason, row_version, seal)
  ON known_devices TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT (id, requested_by, people, reason, request_id, session_id, created_at, row_version, seal)
  ON lockdown_acts TO chartward_auditor;
--> statement-breakpoint
CREATE FUNCTION known_devices_stay_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'a device that is known no more stays so' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER known_devices_stay_ended BEFORE UPDATE ON known_devices
  FOR EACH ROW EXECUTE FUNCTION known_devices_stay_ended();
