CREATE TABLE "source_bases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"token" "bytea" NOT NULL,
	"key_version" smallint NOT NULL,
	"is_first" boolean NOT NULL,
	"tag" "bytea" NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "directory_entries" ADD COLUMN "earlier" "bytea" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "source_ids" ADD COLUMN "earlier" "bytea" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "source_bases_token" ON "source_bases" USING btree ("source","token");--> statement-breakpoint
CREATE UNIQUE INDEX "source_bases_first" ON "source_bases" USING btree ("source") WHERE "source_bases"."is_first";
--> statement-breakpoint

-- By hand: rights by column. A base is noted once; what was sent before grows with what is stored.
GRANT SELECT, INSERT ON source_bases TO chartward_app;--> statement-breakpoint
GRANT UPDATE (earlier) ON source_ids TO chartward_app;--> statement-breakpoint
GRANT UPDATE (earlier) ON directory_entries TO chartward_app;
