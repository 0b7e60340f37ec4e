-- A key that somebody adds is pending, and the next of its kind: of an earlier state, or far ahead, it would keep processes from their
-- start and rotations from theirs, and none but the owner could take it away. The first ones an installation makes at once.
CREATE FUNCTION key_is_born() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE latest integer;
BEGIN
  -- Whoever owns the table restores keys as they were.
  IF (SELECT relowner FROM pg_class WHERE oid = TG_RELID) = current_user::regrole THEN
    RETURN NEW;
  END IF;
  IF TG_TABLE_NAME = 'keks' THEN
    SELECT max(version) INTO latest FROM keks;
  ELSE
    SELECT max(version) INTO latest FROM system_keys WHERE purpose = NEW.purpose;
  END IF;
  IF latest IS NOT NULL AND (NEW.state <> 'pending' OR NEW.version <> latest + 1) THEN
    RAISE EXCEPTION 'a key that is added is pending, and the next of its kind' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER keks_born BEFORE INSERT ON keks FOR EACH ROW EXECUTE FUNCTION key_is_born();
--> statement-breakpoint
CREATE TRIGGER system_keys_born BEFORE INSERT ON system_keys FOR EACH ROW EXECUTE FUNCTION key_is_born();
