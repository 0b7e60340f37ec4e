CREATE TABLE "people_change_lines" (
	"change_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"outcome" text NOT NULL,
	"user_id" uuid,
	"at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "people_change_lines_change_id_line_pk" PRIMARY KEY("change_id","line")
);
--> statement-breakpoint
CREATE TABLE "people_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"content" "bytea",
	"sha256" "bytea" NOT NULL,
	"lines" integer NOT NULL,
	"reason" "bytea",
	"approval_id" uuid,
	"work_id" uuid,
	"plan" "bytea",
	"plan_hash" "bytea",
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "department" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "manager_id" uuid;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "employee_number" text;--> statement-breakpoint
ALTER TABLE "people_change_lines" ADD CONSTRAINT "people_change_lines_change_id_people_changes_id_fk" FOREIGN KEY ("change_id") REFERENCES "public"."people_changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_changes_asker" ON "people_changes" USING btree ("asked_by","id");--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_manager_id_users_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "users_employee_number" ON "users" USING btree (lower("employee_number"));--> statement-breakpoint
CREATE INDEX "users_manager" ON "users" USING btree ("manager_id") WHERE "users"."manager_id" is not null;--> statement-breakpoint

-- By hand: rights by column. What was asked for is written once and only forgotten; what was agreed on stays.
GRANT UPDATE (display_name, department, manager_id, employee_number) ON users TO chartward_app;--> statement-breakpoint
GRANT SELECT (department, manager_id, employee_number) ON users TO chartward_auditor;--> statement-breakpoint
GRANT SELECT, INSERT ON people_changes, people_change_lines TO chartward_app;--> statement-breakpoint
GRANT UPDATE (content, reason, approval_id, work_id, plan, plan_hash, row_version, seal) ON people_changes TO chartward_app;--> statement-breakpoint
GRANT SELECT (id, kind, asked_by, sha256, lines, reason, approval_id, work_id, plan_hash, row_version, seal) ON people_changes TO chartward_auditor;--> statement-breakpoint
CREATE FUNCTION people_changes_move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.content IS NOT NULL AND NEW.content IS DISTINCT FROM OLD.content THEN
    RAISE EXCEPTION 'what was asked for is written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.plan IS NOT NULL AND (NEW.plan IS DISTINCT FROM OLD.plan OR NEW.plan_hash IS DISTINCT FROM OLD.plan_hash)
    OR OLD.approval_id IS NOT NULL AND NEW.approval_id IS DISTINCT FROM OLD.approval_id
    OR OLD.work_id IS NOT NULL AND NEW.work_id IS DISTINCT FROM OLD.work_id THEN
    RAISE EXCEPTION 'what was agreed on stays' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER people_changes_move_on BEFORE UPDATE ON people_changes FOR EACH ROW EXECUTE FUNCTION people_changes_move_on();
