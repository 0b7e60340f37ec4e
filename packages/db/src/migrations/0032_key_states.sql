ALTER TABLE "system_keys" DROP COLUMN "retired_at";--> statement-breakpoint

-- By hand. A key goes from state to state as KEY_STATES of the schema says, whoever writes; what it is and for whom stays. Its
-- wrapped bytes change with the KEK alone that they are wrapped under (of a KEK with its provider's key, as often as that
-- changes), and are gone once it is destroyed. When a state began the database says itself: whoever could set that back would
-- have a key destroyed before its time. Who reads other tables here names their schema first: a temporary table of the writer's
-- must not be taken for one of them.
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
  -- The application shreds; any other way a patient's key goes by the login of rotations.
  IF owned AND NEW.state NOT IN (OLD.state, 'destroyed') AND NOT pg_has_role('chartward_rekey', 'USAGE') THEN
    RAISE EXCEPTION 'this login only destroys keys of patients' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.state = OLD.state THEN
    RAISE EXCEPTION 'the time of a state is when it began' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- A process that stood still since the key was retired has looked by then which keys there are. Of a patient see below.
  IF NOT owned AND OLD.state = 'disabled' AND NEW.state = 'destroyed' AND OLD.state_at > clock_timestamp() - interval '24 hours' THEN
    RAISE EXCEPTION 'a key is destroyed a day after it was retired' USING ERRCODE = 'restrict_violation';
  END IF;
  NEW.state_at := clock_timestamp();
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
CREATE FUNCTION kek_takes_keys() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
-- Who does not see every patient's rows must not take those that are hidden for none.
CREATE FUNCTION sees_all_rows() RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT NOT row_security_active('patient_keys')
    OR coalesce(current_setting('chartward.rows', true), '') = '*' AND pg_has_role('chartward_app', 'USAGE')
$$;
--> statement-breakpoint
CREATE FUNCTION kek_is_free() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT sees_all_rows() THEN
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
CREATE FUNCTION patient_key_in_use(patient uuid, key uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM record_versions WHERE patient_id = patient AND key IN (envelope_key(identity), envelope_key(contact),
      envelope_key(clinical), envelope_key(narrative), envelope_key(billing), envelope_key(unmapped)))
    OR EXISTS (SELECT FROM chart_segments WHERE patient_id = patient AND envelope_key(content) = key)
    OR EXISTS (SELECT FROM care_lists WHERE patient_id = patient AND envelope_key(content) = key)
    OR EXISTS (SELECT FROM patient_accounts WHERE patient_id = patient AND envelope_key(content) = key)
$$;
--> statement-breakpoint
CREATE FUNCTION patient_key_is_free() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- A shred is of the key in force, and of those before it once there is none in force: the patient's records are to stay unread.
  IF NEW.state = 'destroyed' AND (OLD.state IN ('pending', 'primary')
      OR NOT EXISTS (SELECT FROM patient_keys WHERE patient_id = OLD.patient_id AND state IN ('pending', 'primary'))) THEN
    RETURN NEW;
  END IF;
  IF OLD.state = 'decrypt-only' AND NEW.state = 'destroyed' THEN
    RAISE EXCEPTION 'a key is disabled before it is destroyed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.state = 'destroyed' AND OLD.state_at > clock_timestamp() - interval '24 hours' THEN
    RAISE EXCEPTION 'a key is destroyed a day after it was retired' USING ERRCODE = 'restrict_violation';
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
-- Whether anything stands that was made with a key of the system: `USES` of apps/api/src/services/keys/uses.ts, which a test holds
-- this to, with a line for each column. Of what is not there it says yes. Tables of later migrations are looked for when it runs.
CREATE FUNCTION system_key_in_use(of_purpose text, of_key uuid, of_version integer) RETURNS boolean LANGUAGE plpgsql STABLE
  SET search_path = public, pg_temp AS $$
DECLARE named bytea := uuid_send(of_key);
BEGIN
  RETURN CASE of_purpose
    WHEN 'factor-secrets' THEN
      EXISTS (SELECT FROM totp_factors WHERE substring(secret FROM 3 FOR 16) = named)
    WHEN 'credential-hashes' THEN
      EXISTS (SELECT FROM passwords WHERE substring(hash FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM recovery_codes WHERE substring(hash FROM 3 FOR 16) = named)
    WHEN 'audit-notes' THEN
      EXISTS (SELECT FROM audit_notes WHERE substring(content FROM 3 FOR 16) = named)
    WHEN 'reasons' THEN
      EXISTS (SELECT FROM role_assignments WHERE substring(reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM role_assignments WHERE substring(end_reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM role_versions WHERE substring(reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM approvals WHERE substring(reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM approvals WHERE substring(decision_reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM export_requests WHERE substring(purpose FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM break_glass_grants WHERE substring(reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM break_glass_grants WHERE substring(note FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM covers WHERE substring(reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM people_changes WHERE substring(reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM passkeys WHERE substring(name FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM lockdown_acts WHERE substring(reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM legal_holds WHERE substring(reason FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM key_rotations WHERE substring(reason FROM 3 FOR 16) = named)
    WHEN 'directory' THEN
      EXISTS (SELECT FROM directory_entries WHERE substring(content FROM 3 FOR 16) = named)
    WHEN 'exports' THEN
      EXISTS (SELECT FROM release_chunks WHERE substring(content FROM 3 FOR 16) = named)
    WHEN 'uploads' THEN
      EXISTS (SELECT FROM upload_pieces WHERE substring(content FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM people_changes WHERE substring(content FROM 3 FOR 16) = named)
      OR EXISTS (SELECT FROM people_changes WHERE substring(plan FROM 3 FOR 16) = named)
    WHEN 'mails' THEN
      EXISTS (SELECT FROM mails WHERE substring(content FROM 3 FOR 16) = named)
    WHEN 'integrity' THEN
      EXISTS (SELECT FROM record_versions WHERE integrity_key_id = of_key)
      OR EXISTS (SELECT FROM chart_segments WHERE integrity_key_id = of_key)
    WHEN 'row-seals' THEN
      EXISTS (SELECT FROM users WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM patient_accounts WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM invitations WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM account_links WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM passwords WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM totp_factors WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM passkeys WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM factor_resets WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM recovery_codes WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM sessions WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM known_devices WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM role_assignments WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM custom_roles WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM role_versions WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM care_relationships WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM break_glass_grants WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM covers WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM care_lists WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM source_bases WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM uploads WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM people_changes WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM approvals WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM export_requests WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM legal_holds WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM shreds WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM lockdown_acts WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM works WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM backups WHERE substring(seal FROM 2 FOR 16) = named)
      OR EXISTS (SELECT FROM backup_drills WHERE substring(seal FROM 2 FOR 16) = named)
    WHEN 'source-ids' THEN
      EXISTS (SELECT FROM source_ids WHERE key_version = of_version)
      OR EXISTS (SELECT FROM source_bases WHERE key_version = of_version)
      OR EXISTS (SELECT FROM directory_entries WHERE key_version = of_version)
    WHEN 'blind-index' THEN
      EXISTS (SELECT FROM search_tokens WHERE key_version = of_version)
      OR EXISTS (SELECT FROM claim_tokens WHERE key_version = of_version)
      OR EXISTS (SELECT FROM directory_entries WHERE npi_token IS NOT NULL AND npi_key_version = of_version)
    -- Says nowhere by which key it was made, and is gone in a day.
    WHEN 'attempt-counters' THEN false
    ELSE true
  END;
END $$;
--> statement-breakpoint
CREATE FUNCTION system_key_is_free() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT sees_all_rows() THEN
    RAISE EXCEPTION 'whoever retires a key looks at all that was made with it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.purpose = 'attempt-counters' AND OLD.state = 'decrypt-only' AND OLD.state_at > clock_timestamp() - interval '24 hours'
    OR system_key_in_use(OLD.purpose, OLD.id, OLD.version) THEN
    RAISE EXCEPTION 'something stands that was made with this key' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER system_keys_free BEFORE UPDATE ON system_keys FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND OLD.state <> 'pending' AND NEW.state IN ('disabled', 'destroyed')) EXECUTE FUNCTION system_key_is_free();
--> statement-breakpoint
-- A key goes out of force for another that comes into force with it, or nothing could be made any more.
CREATE FUNCTION key_has_successor() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE found boolean;
BEGIN
  IF TG_TABLE_NAME = 'keks' THEN
    found := EXISTS (SELECT FROM keks WHERE state = 'primary');
  ELSIF TG_TABLE_NAME = 'system_keys' THEN
    found := EXISTS (SELECT FROM system_keys WHERE purpose = NEW.purpose AND state = 'primary');
  ELSE
    found := EXISTS (SELECT FROM patient_keys WHERE patient_id = NEW.patient_id AND state = 'primary');
  END IF;
  IF NOT found THEN
    RAISE EXCEPTION 'no key took the place of the one that was in force' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['keks', 'system_keys', 'patient_keys'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER %I AFTER UPDATE ON %I DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
      WHEN (OLD.state = ''primary'' AND NEW.state = ''decrypt-only'') EXECUTE FUNCTION key_has_successor()', name || '_succeeded', name);
  END LOOP;
END $$;
--> statement-breakpoint

-- Versions and segments stay append-only but for one thing: an envelope may come to be sealed with another of the patient's keys
-- that is in force. Its length, and all else, is what it was; what it says is held to its digest at each reading.
CREATE FUNCTION resealed_with_key_in_force(patient uuid, before bytea, later bytea) RETURNS boolean LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
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
CREATE FUNCTION audit_note_resealed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
GRANT UPDATE (used_at) ON keks, system_keys TO chartward_app;
--> statement-breakpoint
-- A shred: the triggers let the wrapped bytes go with the state alone, and the application do nothing else.
GRANT UPDATE (state, wrapped) ON patient_keys TO chartward_app;
--> statement-breakpoint
GRANT UPDATE (state, wrapped) ON keks TO chartward_rekey;
--> statement-breakpoint
GRANT UPDATE (state, kek_id, wrapped) ON system_keys TO chartward_rekey;
--> statement-breakpoint
GRANT UPDATE (kek_id, wrapped) ON patient_keys TO chartward_rekey;
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
