CREATE TABLE "upload_pieces" (
	"upload_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "upload_pieces_upload_id_sequence_pk" PRIMARY KEY("upload_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"uploaded_by" uuid NOT NULL,
	"source" text NOT NULL,
	"request_id" uuid NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" "bytea" NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"row_version" integer NOT NULL,
	"seal" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "uploads_uploader" ON "uploads" USING btree ("uploaded_by","id");