CREATE TABLE "audit_gaps" (
	"process" uuid NOT NULL,
	"number" bigint NOT NULL,
	"since" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"named_at" timestamp (6) with time zone,
	CONSTRAINT "audit_gaps_process_number_pk" PRIMARY KEY("process","number")
);
--> statement-breakpoint
CREATE TABLE "audit_writers" (
	"process" uuid PRIMARY KEY NOT NULL,
	"seen" "int8multirange" NOT NULL,
	"settled" bigint NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_writers_settled" CHECK ("audit_writers"."settled" >= 0)
);
--> statement-breakpoint

-- By hand. Kept by the sequencer alone; the console counts what is missing, and the auditor compares.
GRANT SELECT, INSERT, UPDATE (seen, settled, updated_at) ON audit_writers TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (named_at), DELETE ON audit_gaps TO chartward_sequencer;
--> statement-breakpoint
GRANT SELECT ON audit_writers, audit_gaps TO chartward_app, chartward_auditor;
