ALTER TABLE "system_keys" DROP COLUMN "retired_at";--> statement-breakpoint

-- By hand. A key goes from state to state as KEY_STATES of the schema says, whoever writes; what it is and for whom stays. Its
-- wrapped bytes change with the KEK alone that they are wrapped under (of a KEK with its provider's key, as often as that
-- changes), and are gone once it is destroyed.
CREATE FUNCTION keys_move_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owned boolean := TG_TABLE_NAME = 'patient_keys';
BEGIN
  IF NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at THEN
    RAISE EXCEPTION 'what a key is stays' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('pending', 'primary'), ('pending', 'destroyed'), ('primary', 'decrypt-only'),
      ('decrypt-only', 'disabled'), ('disabled', 'decrypt-only'), ('disabled', 'destroyed')) THEN
    -- A shred: the patient's key in force first, then those before it.
    IF NOT owned OR NEW.state <> 'destroyed' THEN
      RAISE EXCEPTION 'a key does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  IF (NEW.state_at < OLD.state_at) OR (NEW.state = OLD.state AND NEW.state_at <> OLD.state_at) THEN
    RAISE EXCEPTION 'the time of a state is when it began' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keks_move_on BEFORE UPDATE ON keks FOR EACH ROW
  WHEN (OLD.state <> NEW.state OR OLD.id <> NEW.id OR OLD.created_at <> NEW.created_at OR OLD.state_at <> NEW.state_at)
  EXECUTE FUNCTION keys_move_on();
--> statement-breakpoint
CREATE TRIGGER system_keys_move_on BEFORE UPDATE ON system_keys FOR EACH ROW
  WHEN (OLD.state <> NEW.state OR OLD.id <> NEW.id OR OLD.created_at <> NEW.created_at OR OLD.state_at <> NEW.state_at)
  EXECUTE FUNCTION keys_move_on();
--> statement-breakpoint
CREATE TRIGGER patient_keys_move_on BEFORE UPDATE ON patient_keys FOR EACH ROW
  WHEN (OLD.state <> NEW.state OR OLD.id <> NEW.id OR OLD.created_at <> NEW.created_at OR OLD.state_at <> NEW.state_at)
  EXECUTE FUNCTION keys_move_on();
--> statement-breakpoint
CREATE FUNCTION keys_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a wrapped key changes with its KEK, or is destroyed' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER system_keys_stay BEFORE UPDATE ON system_keys FOR EACH ROW
  WHEN (OLD.purpose <> NEW.purpose OR OLD.version <> NEW.version OR (OLD.wrapped <> NEW.wrapped AND NEW.state <> 'destroyed'
    AND (OLD.kek_id = NEW.kek_id OR length(OLD.wrapped) <> length(NEW.wrapped))))
  EXECUTE FUNCTION keys_stay();
--> statement-breakpoint
CREATE TRIGGER patient_keys_stay BEFORE UPDATE ON patient_keys FOR EACH ROW
  WHEN (OLD.patient_id <> NEW.patient_id OR (OLD.wrapped <> NEW.wrapped AND NEW.state <> 'destroyed'
    AND (OLD.kek_id = NEW.kek_id OR length(OLD.wrapped) <> length(NEW.wrapped))))
  EXECUTE FUNCTION keys_stay();
--> statement-breakpoint
CREATE TRIGGER keks_stay BEFORE UPDATE ON keks FOR EACH ROW
  WHEN (OLD.version <> NEW.version OR (OLD.state = 'destroyed' AND OLD.wrapped <> NEW.wrapped))
  EXECUTE FUNCTION keys_stay();
--> statement-breakpoint
-- Nothing is wrapped under a KEK that is not to be used any more. The lock makes whoever retires it wait, and look again.
CREATE FUNCTION kek_takes_keys() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE named integer; usable integer;
BEGIN
  SELECT count(DISTINCT kek_id) INTO named FROM written WHERE state <> 'destroyed';
  SELECT count(*) INTO usable FROM (
    SELECT FROM keks WHERE id IN (SELECT kek_id FROM written WHERE state <> 'destroyed') AND state IN ('primary', 'decrypt-only') FOR SHARE) k;
  IF usable < named THEN
    RAISE EXCEPTION 'this KEK is retired' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['patient_keys', 'system_keys'] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION kek_takes_keys()',
      name || '_kek', name);
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION kek_takes_keys()',
      name || '_rewrapped', name);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION kek_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Who does not see every patient's keys must not take those that are hidden for none.
  IF row_security_active('patient_keys') AND coalesce(current_setting('chartward.rows', true), '') <> '*' THEN
    RAISE EXCEPTION 'whoever retires a KEK looks at all patients'' keys' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT FROM patient_keys WHERE kek_id = OLD.id AND state <> 'destroyed')
    OR EXISTS (SELECT FROM system_keys WHERE kek_id = OLD.id AND state <> 'destroyed') THEN
    RAISE EXCEPTION 'keys are wrapped under this KEK' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keks_free BEFORE UPDATE ON keks FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND NEW.state IN ('disabled', 'destroyed')) EXECUTE FUNCTION kek_is_free();
--> statement-breakpoint
-- The key that an envelope names: 16 bytes behind version and algorithm.
CREATE FUNCTION envelope_key(envelope bytea) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT encode(substring(envelope FROM 3 FOR 16), 'hex')::uuid
$$;
--> statement-breakpoint
-- What is sealed with one of a patient's keys, of whatever still stands.
CREATE FUNCTION patient_key_in_use(patient uuid, key uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM record_versions WHERE patient_id = patient AND key IN (envelope_key(identity), envelope_key(contact),
      envelope_key(clinical), envelope_key(narrative), envelope_key(billing), envelope_key(unmapped)))
    OR EXISTS (SELECT FROM chart_segments WHERE patient_id = patient AND envelope_key(content) = key)
    OR EXISTS (SELECT FROM care_lists WHERE patient_id = patient AND envelope_key(content) = key)
    OR EXISTS (SELECT FROM patient_accounts WHERE patient_id = patient AND envelope_key(content) = key)
$$;
--> statement-breakpoint
CREATE FUNCTION patient_key_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A shred is of the key in force, and of those before it once there is none in force: the patient's records are to stay unread.
  IF NEW.state = 'destroyed' AND (OLD.state IN ('pending', 'primary')
      OR NOT EXISTS (SELECT FROM patient_keys WHERE patient_id = OLD.patient_id AND state IN ('pending', 'primary'))) THEN
    RETURN NEW;
  END IF;
  IF OLD.state = 'decrypt-only' AND NEW.state = 'destroyed' THEN
    RAISE EXCEPTION 'a key is disabled before it is destroyed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF patient_key_in_use(OLD.patient_id, OLD.id) THEN
    RAISE EXCEPTION 'records are sealed with this key' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER patient_keys_free BEFORE UPDATE ON patient_keys FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND NEW.state IN ('disabled', 'destroyed')) EXECUTE FUNCTION patient_key_is_free();
--> statement-breakpoint

-- Versions and segments stay append-only but for one thing: an envelope may come to be sealed with another of the patient's keys
-- that is in force. Its length, and all else, is what it was; what it says is held to its digest at each reading.
CREATE FUNCTION resealed_with_key_in_force(patient uuid, before bytea, later bytea) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT before IS NOT DISTINCT FROM later OR coalesce(length(before) = length(later)
    AND substring(before FROM 1 FOR 2) = substring(later FROM 1 FOR 2) AND envelope_key(before) <> envelope_key(later)
    AND EXISTS (SELECT FROM patient_keys WHERE patient_id = patient AND id = envelope_key(later) AND state = 'primary'), false)
$$;
--> statement-breakpoint
CREATE FUNCTION record_version_resealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.patient_id, NEW.record_id, NEW.version, NEW.authored_at, NEW.author, NEW.entry_id, NEW.digests, NEW.integrity_key_id, NEW.mac)
      IS DISTINCT FROM (OLD.patient_id, OLD.record_id, OLD.version, OLD.authored_at, OLD.author, OLD.entry_id, OLD.digests,
        OLD.integrity_key_id, OLD.mac)
    OR NEW.previous_mac IS DISTINCT FROM OLD.previous_mac
    OR NOT (resealed_with_key_in_force(OLD.patient_id, OLD.identity, NEW.identity)
      AND resealed_with_key_in_force(OLD.patient_id, OLD.contact, NEW.contact)
      AND resealed_with_key_in_force(OLD.patient_id, OLD.clinical, NEW.clinical)
      AND resealed_with_key_in_force(OLD.patient_id, OLD.narrative, NEW.narrative)
      AND resealed_with_key_in_force(OLD.patient_id, OLD.billing, NEW.billing)
      AND resealed_with_key_in_force(OLD.patient_id, OLD.unmapped, NEW.unmapped)) THEN
    RAISE EXCEPTION 'record_versions is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DROP TRIGGER record_versions_append_only ON record_versions;
--> statement-breakpoint
CREATE TRIGGER record_versions_append_only BEFORE DELETE ON record_versions FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER record_versions_resealed BEFORE UPDATE ON record_versions FOR EACH ROW EXECUTE FUNCTION record_version_resealed();
--> statement-breakpoint
CREATE FUNCTION chart_segment_resealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.patient_id, NEW.resource_type, NEW.field_class, NEW.number, NEW.base, NEW.integrity_key_id, NEW.mac)
      IS DISTINCT FROM (OLD.patient_id, OLD.resource_type, OLD.field_class, OLD.number, OLD.base, OLD.integrity_key_id, OLD.mac)
    OR NOT resealed_with_key_in_force(OLD.patient_id, OLD.content, NEW.content) THEN
    RAISE EXCEPTION 'chart_segments is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DROP TRIGGER chart_segments_append_only ON chart_segments;
--> statement-breakpoint
CREATE TRIGGER chart_segments_append_only BEFORE DELETE ON chart_segments FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER chart_segments_resealed BEFORE UPDATE ON chart_segments FOR EACH ROW EXECUTE FUNCTION chart_segment_resealed();
--> statement-breakpoint
-- A note, an entry of the directory and a factor's secret likewise, with another key of their purpose.
CREATE FUNCTION audit_note_resealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.entry_id <> OLD.entry_id OR length(NEW.content) <> length(OLD.content)
    OR substring(NEW.content FROM 1 FOR 2) <> substring(OLD.content FROM 1 FOR 2) OR envelope_key(NEW.content) = envelope_key(OLD.content)
    OR NOT EXISTS (SELECT FROM system_keys WHERE id = envelope_key(NEW.content) AND purpose = 'audit-notes' AND state = 'primary') THEN
    RAISE EXCEPTION 'audit_notes is append-only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_notes_resealed BEFORE UPDATE ON audit_notes FOR EACH ROW EXECUTE FUNCTION audit_note_resealed();
--> statement-breakpoint

-- The login that makes anew what was made with an earlier key: what the application may, and besides to change ciphertexts,
-- wrapped keys and nothing else, within what the triggers above let pass. The application itself can do neither.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chartward_rekey') THEN
    BEGIN
      CREATE ROLE chartward_rekey NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END IF;
  IF NOT pg_has_role('chartward_rekey', 'chartward_app', 'USAGE') THEN
    GRANT chartward_app TO chartward_rekey;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'the role chartward_rekey is missing, or is no member of chartward_app: run its lines of deploy/postgresql/logins.sql as a superuser'
    USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
GRANT UPDATE (state, state_at, used_at) ON keks, system_keys TO chartward_app;
--> statement-breakpoint
-- A shred: the triggers let the wrapped bytes go with the state alone.
GRANT UPDATE (state, state_at, wrapped) ON patient_keys TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (wrapped) ON keks TO chartward_rekey;
--> statement-breakpoint
GRANT UPDATE (kek_id, wrapped) ON system_keys, patient_keys TO chartward_rekey;
--> statement-breakpoint
GRANT UPDATE (identity, contact, clinical, narrative, billing, unmapped) ON record_versions TO chartward_rekey;
--> statement-breakpoint
GRANT UPDATE (content) ON chart_segments, audit_notes, patient_accounts TO chartward_rekey;
--> statement-breakpoint
GRANT UPDATE (secret) ON totp_factors TO chartward_rekey;
--> statement-breakpoint
GRANT SELECT, INSERT ON key_rotations TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (state, phase, phase_at, ended_at, worked_ms, done, skipped, total, blocked) ON key_rotations TO chartward_app;
--> statement-breakpoint
GRANT SELECT (version, state_at) ON keks TO chartward_auditor;
