CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"word" text NOT NULL,
	"at" timestamp (6) with time zone NOT NULL,
	"ip" text,
	"user_agent" text,
	"role" text
);
--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notices_user" ON "notices" USING btree ("user_id","id");--> statement-breakpoint

-- By hand: a notice is written once and stays as it is. Nobody else has anything to do with it.
GRANT SELECT, INSERT ON notices TO chartward_app;
