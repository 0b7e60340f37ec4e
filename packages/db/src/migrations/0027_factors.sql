CREATE TABLE "factor_resets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"opens_at" timestamp (6) with time zone NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"token_hash" "bytea",
	"session_id" uuid,
	"used_at" timestamp (6) with time zone,
	"ended_at" timestamp (6) with time zone,
	"ended_by" uuid,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"session_id" uuid,
	"challenge" "bytea" NOT NULL,
	"user_handle" "bytea",
	"expires_at" timestamp (6) with time zone NOT NULL,
	"mac" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"credential_id" "bytea" NOT NULL,
	"public_key" "bytea" NOT NULL,
	"user_handle" "bytea" NOT NULL,
	"sign_count" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"backup_eligible" boolean NOT NULL,
	"backed_up" boolean NOT NULL,
	"name" "bytea" NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (6) with time zone,
	"disabled" boolean DEFAULT false NOT NULL,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "passwords" ALTER COLUMN "hash" SET DATA TYPE bytea USING convert_to("hash", 'UTF8');--> statement-breakpoint
ALTER TABLE "factor_resets" ADD CONSTRAINT "factor_resets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "factor_resets_token" ON "factor_resets" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "factor_resets_user" ON "factor_resets" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("user_id");
--> statement-breakpoint
-- By hand, from here on. A credential, whose it is and what it was made of are written once.
GRANT SELECT, INSERT ON passkeys TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (sign_count, backed_up, name, last_used_at, disabled, row_version, seal) ON passkeys TO chartward_app;
--> statement-breakpoint
GRANT SELECT ON passkeys TO chartward_auditor;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON passkey_challenges TO chartward_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON factor_resets TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (token_hash, session_id, used_at, ended_at, ended_by, row_version, seal) ON factor_resets TO chartward_app;
--> statement-breakpoint
GRANT SELECT ON factor_resets TO chartward_auditor;
--> statement-breakpoint
-- Hashes are sealed: another key in force means that they are sealed anew.
GRANT UPDATE (hash, row_version, seal) ON passwords TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (hash) ON recovery_codes TO chartward_app;
--> statement-breakpoint
CREATE FUNCTION passkeys_stay_disabled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.disabled AND NOT NEW.disabled THEN
    RAISE EXCEPTION 'a passkey that was taken away stays so' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.sign_count < OLD.sign_count THEN
    RAISE EXCEPTION 'the count of a passkey only rises' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER passkeys_stay_disabled BEFORE UPDATE ON passkeys FOR EACH ROW EXECUTE FUNCTION passkeys_stay_disabled();
--> statement-breakpoint
CREATE FUNCTION factor_resets_move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.used_at IS NOT NULL OR OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'a reset that has ended stays as it ended' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER factor_resets_move_on BEFORE UPDATE ON factor_resets FOR EACH ROW EXECUTE FUNCTION factor_resets_move_on();
