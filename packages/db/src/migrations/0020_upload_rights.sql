-- By hand: an upload is written once; its pieces come and go. No auditor sees a piece.
GRANT SELECT, INSERT ON uploads TO chartward_app;--> statement-breakpoint
GRANT SELECT (id, uploaded_by, source, request_id, bytes, sha256, row_version, seal) ON uploads TO chartward_auditor;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON upload_pieces TO chartward_app;
