CREATE TABLE "claim_tokens" (
	"patient_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key_version" smallint NOT NULL,
	"token" "bytea" NOT NULL,
	CONSTRAINT "claim_tokens_patient_id_record_id_kind_token_pk" PRIMARY KEY("patient_id","record_id","kind","token")
);
--> statement-breakpoint
CREATE INDEX "claim_tokens_token" ON "claim_tokens" USING btree ("kind","token","record_id");