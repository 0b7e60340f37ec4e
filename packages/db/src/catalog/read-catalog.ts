import type { Connection } from '../database.ts'
import { DATABASE_ROLES } from '../embedded/server.ts'

/** What PostgreSQL's catalog says of one object: its kind and name, and all that is compared of it. */
export interface CatalogRow {
  /** `trigger public.audit_entries.audit_entries_append_only` */
  readonly object: string
  readonly definition: string
}

/** What would let a login slip by the triggers, the policies or the schema, were it set for it. */
const TELLING_SETTINGS = [
  'session_replication_role',
  'search_path',
  'row_security',
  'role',
  'session_preload_libraries',
  'local_preload_libraries',
  'default_transaction_read_only',
]

/**
 * All that the migrations have made of the database but rows: tables, columns, constraints, indexes,
 * triggers, rules, policies, functions, their owners and grants, and what our logins are and belong to. Of
 * the job queue's schema, which its library makes, what nobody may add to it. Any login may ask.
 */
export const readCatalog = async ({ sql }: Pick<Connection, 'sql'>): Promise<CatalogRow[]> => {
  const roles = sql`any(${[...DATABASE_ROLES]}::text[])`
  // Who owns the database is an installation's own name.
  const rows = await sql<{ object: string; definition: string }[]>`
    with
    owner as (select datdba as oid from pg_database where datname = current_database()),
    role as (
      select oid, case when oid = (select oid from owner) or rolname = 'pg_database_owner' then 'owner' else rolname::text end as name
      from pg_roles
      union all select 0, 'everybody'
    ),
    space as (
      select n.oid, n.nspname as name, n.nspname = 'pgboss' as queue, n.nspowner, n.nspacl from pg_namespace n
      where n.nspname in ('public', 'drizzle', 'pgboss')
    ),
    relation as (
      select c.*, s.queue, s.name || '.' || c.relname as name from pg_class c join space s on s.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    ),
    routine as (
      select p.*, s.queue, s.name || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
      from pg_proc p join space s on s.oid = p.pronamespace
    ),
    granted as (
      select 'schema ' || name as object, queue, (aclexplode(nspacl)).* from space
      union all
      select 'table ' || name, queue, (aclexplode(relacl)).* from relation
      union all
      select 'column ' || r.name || '.' || a.attname, r.queue, (aclexplode(a.attacl)).*
      from relation r join pg_attribute a on a.attrelid = r.oid where a.attacl is not null
      union all
      select 'function ' || name, queue, (aclexplode(coalesce(proacl, acldefault('f', proowner)))).* from routine
    )
    select 'schema ' || s.name as object, 'owner ' || r.name as definition
    from space s join role r on r.oid = s.nspowner where not s.queue or r.name <> 'owner'
    union all
    select 'table ' || c.name, concat_ws(', ', 'kind ' || c.relkind::text, 'owner ' || r.name, 'persistence ' || c.relpersistence::text,
      case when c.relrowsecurity then 'row security' end, case when c.relforcerowsecurity then 'forced' end,
      'partition ' || pg_get_expr(c.relpartbound, c.oid), 'of ' || (select inhparent::regclass::text from pg_inherits where inhrelid = c.oid))
    from relation c join role r on r.oid = c.relowner where not c.queue or r.name <> 'owner'
    union all
    select 'column ' || c.name || '.' || a.attname, concat_ws(', ', format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then 'not null' end, 'default ' || pg_get_expr(d.adbin, d.adrelid),
      'identity ' || nullif(a.attidentity::text, ''), 'generated ' || nullif(a.attgenerated::text, ''))
    from relation c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where not c.queue
    union all
    select 'constraint ' || c.name || '.' || k.conname, pg_get_constraintdef(k.oid) || case when k.convalidated then '' else ', not validated' end
    from relation c join pg_constraint k on k.conrelid = c.oid where k.contype <> 'n' and not c.queue
    union all
    select 'index ' || c.name || '.' || i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ', not valid' end
    from relation c join pg_index i on i.indrelid = c.oid where not c.queue
    union all
    select 'trigger ' || c.name || '.' || t.tgname, pg_get_triggerdef(t.oid) || ', enabled ' || t.tgenabled::text
    from relation c join pg_trigger t on t.tgrelid = c.oid where not t.tgisinternal or t.tgenabled <> 'O'
    union all
    select 'rule ' || c.name || '.' || w.rulename, pg_get_ruledef(w.oid) || ', enabled ' || w.ev_enabled::text
    from relation c join pg_rewrite w on w.ev_class = c.oid where w.rulename <> '_RETURN'
    union all
    select 'view ' || c.name, pg_get_viewdef(c.oid) from relation c where c.relkind in ('v', 'm') and not c.queue
    union all
    select 'policy ' || c.name || '.' || p.polname, concat_ws(', ', 'for ' || p.polcmd::text, case when p.polpermissive then 'permissive' else 'restrictive' end,
      'to ' || (select string_agg(r.name, ' ' order by r.name) from role r where r.oid = any(p.polroles)),
      'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
    from relation c join pg_policy p on p.polrelid = c.oid
    union all
    select 'function ' || p.name, 'owner ' || r.name || ', ' || case when p.prokind in ('f', 'p') then pg_get_functiondef(p.oid) else p.prokind::text end
    from routine p join role r on r.oid = p.proowner where not p.queue or r.name <> 'owner'
    union all
    select 'grant on ' || g.object || ' to ' || r.name,
      string_agg(g.privilege_type || case when g.is_grantable then ' with grant option' else '' end, ', ' order by g.privilege_type)
    from granted g join role r on r.oid = g.grantee
    where r.name <> 'owner' and not (g.queue and r.name = 'chartward_app') group by g.object, r.name
    union all
    select 'default grant to ' || r.name, string_agg(g.privilege_type, ', ' order by g.privilege_type)
    from pg_default_acl d cross join lateral aclexplode(d.defaclacl) g join role r on r.oid = g.grantee
    where r.name <> 'owner' and (d.defaclnamespace = 0 or d.defaclnamespace in (select oid from space)) group by r.name
    union all
    select 'event trigger ' || e.evtname, e.evtevent || ' ' || e.evtfoid::regproc::text || ', enabled ' || e.evtenabled::text from pg_event_trigger e
    union all
    select 'login ' || r.rolname, concat_ws(', ', case when r.rolsuper then 'superuser' end, case when r.rolcreaterole then 'makes roles' end,
      case when r.rolcreatedb then 'makes databases' end, case when r.rolreplication then 'replicates' end,
      case when r.rolbypassrls then 'sees all rows' end, case when r.oid = (select oid from owner) then 'owns the database' end)
    from pg_roles r where r.rolname = ${roles}
    union all
    select 'membership of ' || member.rolname || ' in ' || r.name, ''
    from pg_auth_members m join pg_roles member on member.oid = m.member and member.rolname = ${roles} join role r on r.oid = m.roleid
    union all
    select 'setting ' || split_part(one.setting, '=', 1) || ' of ' || coalesce(r.name, 'everybody'), one.setting
    from pg_db_role_setting s cross join lateral unnest(s.setconfig) as one (setting) left join role r on r.oid = s.setrole and s.setrole <> 0
    where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
      and (s.setrole = 0 or r.name = ${roles}) and split_part(one.setting, '=', 1) = any(${TELLING_SETTINGS}::text[])
    union all
    select 'setting ' || name || ' of the server', reset_val from pg_settings
    where name in ('session_replication_role', 'row_security')`
  return rows.map(({ object, definition }) => ({ object, definition }))
}
