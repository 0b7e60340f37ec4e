CREATE INDEX "audit_entries_ip" ON "audit_entries" USING btree ("ip","id") WHERE "audit_entries"."ip" is not null;--> statement-breakpoint
CREATE INDEX "audit_entries_resource" ON "audit_entries" USING btree ("resource_id","id") WHERE "audit_entries"."resource_id" is not null;--> statement-breakpoint
CREATE INDEX "care_relationships_giver" ON "care_relationships" USING btree ("created_by");