-- How far each follower of the audit log has seen it.

CREATE TABLE "log_followers" (
	"login" text DEFAULT current_user NOT NULL,
	"name" text NOT NULL,
	"next_index" bigint DEFAULT 0 NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "log_followers_login_name_pk" PRIMARY KEY("login","name"),
	CONSTRAINT "log_followers_next" CHECK ("log_followers"."next_index" >= 0)
);
--> statement-breakpoint

-- A login follows under its own name: what the sequencer's login has seen is no other login's to read, to move or to forestall.
ALTER TABLE log_followers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_rows ON log_followers FOR ALL TO chartward_app, chartward_sequencer
  USING (login = current_user) WITH CHECK (login = current_user);
--> statement-breakpoint
-- A row begins at the log's first entry: its other columns are the database's own to fill.
GRANT SELECT, INSERT (name), UPDATE (next_index, updated_at) ON log_followers TO chartward_app, chartward_sequencer;
--> statement-breakpoint

-- Moved back, or begun again, a follower would see twice what it has seen.
CREATE FUNCTION refuse_follower_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.next_index >= OLD.next_index AND NEW.login = OLD.login AND NEW.name = OLD.name THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a follower of the log only goes forward' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER log_followers_forward BEFORE UPDATE OR DELETE ON log_followers
  FOR EACH ROW EXECUTE FUNCTION refuse_follower_back();
--> statement-breakpoint
CREATE TRIGGER log_followers_no_truncate BEFORE TRUNCATE ON log_followers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_follower_back();
