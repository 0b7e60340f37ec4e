-- Rights on legal holds and shreds, and what the database itself keeps of a patient whose keys were destroyed.

GRANT SELECT, INSERT ON legal_holds, shreds TO chartward_app;--> statement-breakpoint
GRANT UPDATE (lift_asked_by, lifted_by, lifted_at, row_version, seal) ON legal_holds TO chartward_app;--> statement-breakpoint
GRANT UPDATE (state, decided_by, decided_at, destroyed, final_at, final_is_bound, ledger_index, ledger_hash, certificate,
  row_version, seal) ON shreds TO chartward_app;--> statement-breakpoint
GRANT SELECT ON legal_holds, shreds TO chartward_auditor;--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['legal_holds', 'shreds'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY in_scope ON %I FOR ALL TO chartward_app USING (row_in_scope(patient_id)) WITH CHECK (row_in_scope(patient_id))', name);
    EXECUTE format('CREATE POLICY sweep ON %I FOR SELECT TO chartward_auditor USING (true)', name);
  END LOOP;
END $$;--> statement-breakpoint

-- Tokens of names are made as they were planned: what they are planned for is fixed with all else that an installation is.
CREATE OR REPLACE FUNCTION refuse_mode_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.mode, NEW.log_origin, NEW.planned_patients, NEW.name_bits)
      IS DISTINCT FROM (OLD.mode, OLD.log_origin, OLD.planned_patients, OLD.name_bits) THEN
    RAISE EXCEPTION 'the mode of an installation is fixed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint

-- A hold that was lifted stays so, and who set it why is written once.
CREATE FUNCTION legal_holds_move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.lifted_at IS NOT NULL THEN
    RAISE EXCEPTION 'a legal hold that was lifted stays as it is' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER legal_holds_move_on BEFORE UPDATE ON legal_holds FOR EACH ROW EXECUTE FUNCTION legal_holds_move_on();--> statement-breakpoint

-- What was destroyed stays so; where its line in the ledger stands, and its certificate, are written once.
CREATE FUNCTION shreds_move_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'requested' AND (NEW.state, NEW.decided_by, NEW.decided_at, NEW.destroyed, NEW.final_at, NEW.final_is_bound)
      IS DISTINCT FROM (OLD.state, OLD.decided_by, OLD.decided_at, OLD.destroyed, OLD.final_at, OLD.final_is_bound)
    OR OLD.ledger_hash IS NOT NULL AND (NEW.ledger_index, NEW.ledger_hash) IS DISTINCT FROM (OLD.ledger_index, OLD.ledger_hash)
    OR OLD.certificate IS NOT NULL AND NEW.certificate IS DISTINCT FROM OLD.certificate THEN
    RAISE EXCEPTION 'what is said of a destruction is written once' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER shreds_move_on BEFORE UPDATE ON shreds FOR EACH ROW EXECUTE FUNCTION shreds_move_on();--> statement-breakpoint

-- A patient has been shredded where there were keys and every one of them is destroyed.
CREATE FUNCTION patient_is_shredded(patient uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT count(*) > 0 AND bool_and(state = 'destroyed') FROM patient_keys WHERE patient_id = patient
$$;--> statement-breakpoint

-- Nothing is written for such a patient any more. Whoever writes for a patient shares a lock that a shred takes alone: it waits
-- for those who were first, and deletes what they wrote; those who come later wait for it, and are refused. Record versions and
-- segments of a chart need none of their own: none comes without a row of `records`.
CREATE FUNCTION refuse_for_shredded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE patient uuid;
BEGIN
  FOR patient IN SELECT DISTINCT patient_id FROM written ORDER BY patient_id LOOP
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('shred ' || patient, 0));
    IF patient_is_shredded(patient) THEN
      RAISE EXCEPTION 'nothing is written for a patient whose keys were destroyed' USING ERRCODE = 'CW410';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['records', 'search_tokens', 'claim_tokens', 'source_ids', 'care_lists', 'care_tokens',
    'patient_accounts', 'legal_holds'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_shredded()',
      name || '_not_for_shredded', name);
  END LOOP;
END $$;--> statement-breakpoint
CREATE TRIGGER records_no_version_for_shredded AFTER UPDATE ON records REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_for_shredded();--> statement-breakpoint

-- A new key would make one of them a patient again.
CREATE FUNCTION refuse_key_for_shredded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('shred ' || NEW.patient_id, 0));
  IF patient_is_shredded(NEW.patient_id) THEN
    RAISE EXCEPTION 'nothing is written for a patient whose keys were destroyed' USING ERRCODE = 'CW410';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER patient_keys_not_for_shredded BEFORE INSERT ON patient_keys FOR EACH ROW EXECUTE FUNCTION refuse_key_for_shredded();--> statement-breakpoint

-- What a patient is known again by, and the segments of a chart, go with the patient's keys and never before.
CREATE FUNCTION refuse_unless_shredded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT patient_is_shredded(OLD.patient_id) THEN
    RAISE EXCEPTION '% is deleted with the keys of its patient alone', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$;--> statement-breakpoint
GRANT DELETE ON source_ids, chart_segments TO chartward_app;--> statement-breakpoint
DROP TRIGGER chart_segments_append_only ON chart_segments;--> statement-breakpoint
CREATE TRIGGER chart_segments_append_only BEFORE DELETE ON chart_segments FOR EACH ROW EXECUTE FUNCTION refuse_unless_shredded();--> statement-breakpoint
CREATE TRIGGER source_ids_deleted BEFORE DELETE ON source_ids FOR EACH ROW EXECUTE FUNCTION refuse_unless_shredded();
