DROP INDEX "users_email";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "address_key" text NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("address_key");