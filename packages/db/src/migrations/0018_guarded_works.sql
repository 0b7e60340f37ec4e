-- Long work: rights by column, and a state that only moves on.
GRANT SELECT, INSERT ON works TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (state, attempt, started_at, ended_at, cancel_asked_at, cancel_asked_by, result, failure, phase, done, total, phase_at, heartbeat, row_version, seal) ON works TO chartward_app;
--> statement-breakpoint
GRANT SELECT (id, kind, subject_id, asked_by, asked_at, slot, state, attempt, started_at, ended_at, cancel_asked_at, cancel_asked_by, result, failure, row_version, seal) ON works TO chartward_auditor;
--> statement-breakpoint
CREATE FUNCTION works_move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('done', 'failed', 'cancelled') THEN
    RAISE EXCEPTION 'work that has ended stays as it ended' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.state = 'running' AND NEW.state = 'waiting' OR OLD.state = 'waiting' AND NEW.state = 'done' THEN
    RAISE EXCEPTION 'work goes from waiting to running to its end' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.attempt < OLD.attempt OR OLD.cancel_asked_at IS NOT NULL AND NEW.cancel_asked_at IS DISTINCT FROM OLD.cancel_asked_at THEN
    RAISE EXCEPTION 'what has been said of work is not taken back' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER works_move_on BEFORE UPDATE ON works FOR EACH ROW EXECUTE FUNCTION works_move_on();
