CREATE TABLE "key_rotations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"purpose" text,
	"subject_id" uuid,
	"slot" text NOT NULL,
	"cause" text NOT NULL,
	"asked_by" uuid,
	"reason" "bytea",
	"state" text NOT NULL,
	"phase" text NOT NULL,
	"to_key" uuid,
	"started_at" timestamp (6) with time zone NOT NULL,
	"phase_at" timestamp (6) with time zone NOT NULL,
	"ended_at" timestamp (6) with time zone,
	"worked_ms" bigint DEFAULT 0 NOT NULL,
	"done" bigint DEFAULT 0 NOT NULL,
	"skipped" bigint DEFAULT 0 NOT NULL,
	"total" bigint,
	"blocked" text,
	CONSTRAINT "key_rotations_end" CHECK (("key_rotations"."ended_at" is not null) = ("key_rotations"."state" = 'done'))
);
--> statement-breakpoint
ALTER TABLE "keks" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "keks" ADD COLUMN "state_at" timestamp (6) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "keks" ADD COLUMN "used_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "patient_keys" ADD COLUMN "state_at" timestamp (6) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "system_keys" ADD COLUMN "state_at" timestamp (6) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "system_keys" ADD COLUMN "used_at" timestamp (6) with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "key_rotations_slot" ON "key_rotations" USING btree ("slot") WHERE "key_rotations"."state" <> 'done';--> statement-breakpoint
CREATE UNIQUE INDEX "keks_version" ON "keks" USING btree ("version");--> statement-breakpoint
CREATE UNIQUE INDEX "keks_primary" ON "keks" USING btree ("state") WHERE "keks"."state" = 'primary';--> statement-breakpoint
CREATE INDEX "patient_keys_changed" ON "patient_keys" USING btree ("state_at") WHERE "patient_keys"."state_at" > "patient_keys"."created_at";--> statement-breakpoint
CREATE UNIQUE INDEX "system_keys_primary" ON "system_keys" USING btree ("purpose") WHERE "system_keys"."state" = 'primary';--> statement-breakpoint
ALTER TABLE "keks" ADD CONSTRAINT "keks_destroyed" CHECK (("keks"."state" = 'destroyed') = (length("keks"."wrapped") = 0));--> statement-breakpoint
ALTER TABLE "patient_keys" ADD CONSTRAINT "patient_keys_destroyed" CHECK (("patient_keys"."state" = 'destroyed') = (length("patient_keys"."wrapped") = 0));--> statement-breakpoint
ALTER TABLE "system_keys" ADD CONSTRAINT "system_keys_destroyed" CHECK (("system_keys"."state" = 'destroyed') = (length("system_keys"."wrapped") = 0));