CREATE TABLE "custom_roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"in_force" integer,
	"retired_at" timestamp (6) with time zone,
	"retired_by" uuid,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "custom_roles_retired" CHECK ("custom_roles"."retired_at" is null or "custom_roles"."in_force" is null)
);
--> statement-breakpoint
CREATE TABLE "role_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"version" integer NOT NULL,
	"based_on" integer,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"statements" text NOT NULL,
	"author_id" uuid NOT NULL,
	"reason" "bytea" NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "role_versions_number" CHECK ("role_versions"."version" > 0)
);
--> statement-breakpoint
ALTER TABLE "role_assignments" ADD COLUMN "role_version" integer;--> statement-breakpoint
CREATE UNIQUE INDEX "custom_roles_name" ON "custom_roles" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "role_versions_version" ON "role_versions" USING btree ("role","version");--> statement-breakpoint
CREATE INDEX "role_assignments_custom" ON "role_assignments" USING btree ("role") WHERE "role_assignments"."role_version" is not null;--> statement-breakpoint

-- By hand: a version is written once, and a role changes its version in force and its end alone. An
-- assignment is moved from one version of its role to another, never to another role.
GRANT SELECT, INSERT ON custom_roles, role_versions TO chartward_app;--> statement-breakpoint
GRANT UPDATE (in_force, retired_at, retired_by, row_version, seal) ON custom_roles TO chartward_app;--> statement-breakpoint
GRANT UPDATE (role_version) ON role_assignments TO chartward_app;--> statement-breakpoint
GRANT SELECT (id, name, created_by, in_force, retired_at, retired_by, row_version, seal) ON custom_roles TO chartward_auditor;--> statement-breakpoint
GRANT SELECT (id, role, version, based_on, title, description, statements, author_id, reason, row_version, seal) ON role_versions TO chartward_auditor;--> statement-breakpoint
GRANT SELECT (role_version) ON role_assignments TO chartward_auditor;
