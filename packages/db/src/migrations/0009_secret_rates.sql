CREATE TABLE "secret_rates" (
	"subject" text PRIMARY KEY NOT NULL,
	"minute" timestamp (6) with time zone NOT NULL,
	"tried" integer NOT NULL
);
--> statement-breakpoint

-- By hand: rights by column. The application counts and forgets; nobody else has anything to do with it.
GRANT SELECT, INSERT, DELETE ON secret_rates TO chartward_app;--> statement-breakpoint
GRANT UPDATE (minute, tried) ON secret_rates TO chartward_app;
