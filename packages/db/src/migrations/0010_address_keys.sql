DROP INDEX "users_email";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "address_key" text NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("address_key");
--> statement-breakpoint

-- By hand: what an account is found by is part of what its row says, which the auditor checks.
GRANT SELECT (address_key) ON users TO chartward_auditor;
