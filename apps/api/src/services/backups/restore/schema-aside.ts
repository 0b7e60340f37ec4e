import type { Transaction } from '@chartward/db'

/**
 * What stands in the way of loading rows, or makes it slow: taken out by `setAside` in the restore's
 * transaction, and put back as it was by what that gives.
 */
export const setAside = async ({ sql }: Transaction): Promise<() => Promise<void>> => {
  const back: string[] = []
  const aside = async (statement: string, undo: string): Promise<void> => {
    await sql.unsafe(statement)
    back.unshift(undo)
  }
  const found = await sql<{ kind: string; aside: string; back: string }[]>`
    with relation as (
      select oid, format('%I.%I', 'public', relname) as name, relkind, relrowsecurity from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    )
    select '1' as kind, format('alter table %s drop constraint %I', r.name, k.conname) as aside,
      format('alter table %s add constraint %I %s', r.name, k.conname, pg_get_constraintdef(k.oid)) as back
    from pg_constraint k join relation r on r.oid = k.conrelid where k.contype = 'f'
    union all
    select '2', format('alter table %s drop constraint %I', r.name, k.conname),
      format('alter table %s add constraint %I %s', r.name, k.conname, pg_get_constraintdef(k.oid))
    from pg_constraint k join relation r on r.oid = k.conrelid where k.contype = 'u'
    union all
    select '3', format('drop index public.%I', c.relname), pg_get_indexdef(i.indexrelid)
    from pg_index i join relation r on r.oid = i.indrelid and r.relkind = 'r' join pg_class c on c.oid = i.indexrelid
    where not i.indisprimary and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype = 'u')
    union all
    select '4', format('alter table %s disable trigger %I', r.name, t.tgname),
      format('alter table %s enable trigger %I', r.name, t.tgname)
    from pg_trigger t join relation r on r.oid = t.tgrelid where not t.tgisinternal and t.tgenabled = 'O'
    union all
    select '5', format('alter table %s disable row level security', r.name), format('alter table %s enable row level security', r.name)
    from relation r where r.relrowsecurity
    order by 1`
  for (const one of found) await aside(one.aside, one.back)
  return async () => {
    for (const statement of back) await sql.unsafe(statement)
  }
}
