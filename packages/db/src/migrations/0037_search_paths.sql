-- What a trigger reads is this schema's, whoever writes: a login that may make temporary tables could otherwise put one in the
-- place of a table, or of a type, and have the trigger find nothing in it.
ALTER FUNCTION backups_move_on() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION break_glass_said_once() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION chart_segment_resealed() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION factor_resets_move_on() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION keys_move_on() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION keys_stay() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION known_devices_stay_ended() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION legal_holds_move_on() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION no_role_of_a_patient() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION passkeys_stay_disabled() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION patient_accounts_move_on() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION people_changes_move_on() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION record_version_resealed() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION refuse_follower_back() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION refuse_for_shredded() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION refuse_key_for_shredded() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION refuse_mode_change() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION refuse_rewrite() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION refuse_unless_shredded() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION shreds_move_on() SET search_path = public, pg_temp;--> statement-breakpoint
ALTER FUNCTION works_move_on() SET search_path = public, pg_temp;
