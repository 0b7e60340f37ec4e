-- A month of the log in one place, and months of before the database was made: a demo's log begins with the
-- past that was made up for it.
CREATE FUNCTION audit_make_month(month timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  name text := 'audit_entries_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
BEGIN
  IF to_regclass('public.' || name) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF audit_entries FOR VALUES FROM (%L) TO (%L)',
    name, uuid_v7_floor(month), uuid_v7_floor((month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'));
  EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()',
    name || '_no_truncate', name);
  EXECUTE format('GRANT SELECT ON %I TO chartward_auditor', name);
  RETURN true;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION audit_make_month(timestamptz) FROM PUBLIC;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION audit_make_partitions(months_ahead integer DEFAULT 12) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  this_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
  made integer := 0;
BEGIN
  FOR step IN -1 .. greatest(least(months_ahead, 24), 2) LOOP
    IF audit_make_month((this_month + make_interval(months => step)) AT TIME ZONE 'UTC') THEN
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
-- From the month of `first` on, at most two years back. For the owner alone.
CREATE FUNCTION audit_make_earlier_partitions(first timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  this_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
  month timestamp := greatest(date_trunc('month', first AT TIME ZONE 'UTC'), this_month - interval '24 months');
  made integer := 0;
BEGIN
  WHILE month < this_month LOOP
    IF audit_make_month(month AT TIME ZONE 'UTC') THEN
      made := made + 1;
    END IF;
    month := month + interval '1 month';
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION audit_make_earlier_partitions(timestamptz) FROM PUBLIC;
