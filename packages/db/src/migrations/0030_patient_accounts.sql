CREATE TABLE "patient_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"account_token" "bytea" NOT NULL,
	"content" "bytea" NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"opened_at" timestamp (6) with time zone,
	"ended_at" timestamp (6) with time zone,
	"ended_by" uuid,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "kind" text DEFAULT 'workforce' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "patient_accounts_account" ON "patient_accounts" USING btree ("account_token");--> statement-breakpoint
CREATE UNIQUE INDEX "patient_accounts_patient" ON "patient_accounts" USING btree ("patient_id") WHERE "patient_accounts"."state" <> 'ended';--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "patient_id";--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_patient_says_nothing" CHECK ("users"."kind" <> 'patient' or ("users"."email" = '' and "users"."address_key" like 'patient/%'
        and "users"."display_name" = 'A patient' and "users"."practitioner_id" is null and "users"."department" is null
        and "users"."manager_id" is null and "users"."employee_number" is null));--> statement-breakpoint

-- By hand: rights by column. What an account is never changes, whose it is stands in one ciphertext that is written once, and
-- one that has ended stays so.
GRANT SELECT (kind) ON users TO chartward_auditor;--> statement-breakpoint
GRANT SELECT, INSERT ON patient_accounts TO chartward_app;--> statement-breakpoint
GRANT UPDATE (state, opened_at, ended_at, ended_by, row_version, seal) ON patient_accounts TO chartward_app;--> statement-breakpoint
GRANT SELECT (id, patient_id, account_token, content, state, created_at, opened_at, ended_at, ended_by, row_version, seal) ON patient_accounts TO chartward_auditor;--> statement-breakpoint
ALTER TABLE patient_accounts ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE patient_accounts FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY in_scope ON patient_accounts FOR ALL TO chartward_app USING (row_in_scope(patient_id)) WITH CHECK (row_in_scope(patient_id));--> statement-breakpoint
CREATE POLICY sweep ON patient_accounts FOR SELECT TO chartward_auditor USING (true);--> statement-breakpoint
CREATE FUNCTION patient_accounts_move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('requested', 'open'), ('requested', 'ended'), ('open', 'ended')) THEN
    RAISE EXCEPTION 'an account of a patient does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER patient_accounts_move_on BEFORE UPDATE ON patient_accounts FOR EACH ROW EXECUTE FUNCTION patient_accounts_move_on();--> statement-breakpoint
-- A patient's account has what the patient may see and nothing else.
CREATE FUNCTION no_role_of_a_patient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM users u WHERE u.id = NEW.user_id AND u.kind = 'patient') THEN
    RAISE EXCEPTION 'no role is assigned to the account of a patient' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER role_assignments_of_workforce BEFORE INSERT OR UPDATE OF user_id ON role_assignments FOR EACH ROW EXECUTE FUNCTION no_role_of_a_patient();
