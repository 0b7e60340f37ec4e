CREATE TABLE "account_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"email" text,
	"asked_by" uuid,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (6) with time zone NOT NULL,
	"used_at" timestamp (6) with time zone,
	"revoked_at" timestamp (6) with time zone,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL,
	CONSTRAINT "account_links_email" CHECK (("account_links"."email" is not null) = ("account_links"."purpose" = 'address'))
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"kind" text NOT NULL,
	"notice_id" uuid,
	"asked_at" timestamp (6) with time zone NOT NULL,
	"content" "bytea",
	"state" text NOT NULL,
	"settled_at" timestamp (6) with time zone,
	"failure" text,
	CONSTRAINT "mails_settled" CHECK (("mails"."state" = 'waiting') = ("mails"."settled_at" is null) and ("mails"."state" = 'waiting') = ("mails"."content" is not null)
        and ("mails"."state" = 'undeliverable') = ("mails"."failure" is not null))
);
--> statement-breakpoint
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_links_token" ON "account_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "account_links_user" ON "account_links" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "mails_user" ON "mails" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "mails_notice" ON "mails" USING btree ("notice_id");--> statement-breakpoint

-- By hand: rights by column. A link is used up or withdrawn; of a mail it is said once what became of it, and
-- whose it is where that was not known. Name and address of an account can be changed from now on.
GRANT SELECT, INSERT ON account_links TO chartward_app;--> statement-breakpoint
GRANT UPDATE (used_at, revoked_at, row_version, seal) ON account_links TO chartward_app;--> statement-breakpoint
GRANT SELECT ON account_links TO chartward_auditor;--> statement-breakpoint
GRANT SELECT, INSERT ON mails TO chartward_app;--> statement-breakpoint
GRANT UPDATE (user_id, kind, content, state, settled_at, failure) ON mails TO chartward_app;--> statement-breakpoint
GRANT UPDATE (email, address_key, display_name) ON users TO chartward_app;
