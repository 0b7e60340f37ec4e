import { test } from 'vitest'
import { hashToken } from '@chartward/crypto'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp } from '../testing/test-app.ts'
import { findSignedIn } from './sessions.ts'
test('perf', async () => {
  const t = await createTestApp()
  const tokens: string[] = []
  for (let i = 0; i < 300; i++) tokens.push((await signInAs(t.app, ['nurse', 'billing'])).token)
  const hashes = tokens.map((x) => hashToken(x).toString('hex'))
  const { sql } = t.app.db
  await sql`analyze`
  const now = t.app.clock().toISOString()
  const h = (i: number) => hashes[i % 300] ?? ''
  const variants: Record<string, (i: number) => Promise<unknown>> = {
    bare: async (i) => await sql`select * from sessions where token_hash = ${h(i)}`,
    cols: async (i) => await sql`select id, user_id, stage, created_at, factor_at, idle_expires_at, expires_at from sessions where token_hash = ${h(i)} and ended_at is null`,
    join: async (i) => await sql`select s.id, s.user_id, s.stage, s.created_at, s.factor_at, s.idle_expires_at, s.expires_at, u.status, u.email, u.display_name, u.practitioner_id, u.patient_id from sessions s join users u on u.id = s.user_id where s.token_hash = ${h(i)} and s.ended_at is null`,
    joinNow: async (i) => await sql`select s.id, s.user_id, s.stage, s.created_at, s.factor_at, s.idle_expires_at, s.expires_at, u.status, u.email, u.display_name, u.practitioner_id, u.patient_id from sessions s join users u on u.id = s.user_id where s.token_hash = ${h(i)} and s.ended_at is null and (s.expires_at > ${now} or true)`,
    arr: async (i) => await sql`select s.id, s.user_id, s.stage, s.created_at, s.factor_at, s.idle_expires_at, s.expires_at, u.status, u.email, u.display_name, u.practitioner_id, u.patient_id, (select array_agg(a.id || ' ' || a.role) from role_assignments a where a.user_id = s.user_id) from sessions s join users u on u.id = s.user_id where s.token_hash = ${h(i)} and s.ended_at is null`,
    str: async (i) => await sql`select s.id, s.user_id, s.stage, s.created_at, s.factor_at, s.idle_expires_at, s.expires_at, u.status, u.email, u.display_name, u.practitioner_id, u.patient_id, (select string_agg(a.id || ' ' || a.role || ' ' || a.starts_at || ' ' || coalesce(a.ends_at::text, ''), E'\n') from role_assignments a where a.user_id = s.user_id) from sessions s join users u on u.id = s.user_id where s.token_hash = ${h(i)} and s.ended_at is null`,
    rows: async (i) => await sql`select s.id, s.user_id, s.stage, s.created_at, s.factor_at, s.idle_expires_at, s.expires_at, u.status, u.email, u.display_name, u.practitioner_id, u.patient_id, a.id as aid, a.role, a.starts_at, a.ends_at from sessions s join users u on u.id = s.user_id left join role_assignments a on a.user_id = s.user_id where s.token_hash = ${h(i)} and s.ended_at is null`,
    json: async (i) => await sql`select s.id, s.user_id, s.stage, s.created_at, s.factor_at, s.idle_expires_at, s.expires_at, u.status, u.email, u.display_name, u.practitioner_id, u.patient_id, (select json_agg(json_build_array(a.id, a.role, a.starts_at, a.ends_at)) from role_assignments a where a.user_id = s.user_id) from sessions s join users u on u.id = s.user_id where s.token_hash = ${h(i)} and s.ended_at is null`,
    jsonNow: async (i) => await sql`select s.id, s.user_id, s.stage, s.created_at, s.factor_at, s.idle_expires_at, s.expires_at, u.status, u.email, u.display_name, u.practitioner_id, u.patient_id, (select json_agg(json_build_array(a.id, a.role, a.starts_at, a.ends_at)) from role_assignments a where a.user_id = s.user_id and (a.ends_at is null or a.ends_at > ${now})) from sessions s join users u on u.id = s.user_id where s.token_hash = ${h(i)} and s.ended_at is null`,
    full: (i) => findSignedIn(t.app, tokens[i % 300] ?? '', { background: false }),
  }
  const run = async (f: (i: number) => Promise<unknown>, n: number, par: number) => {
    const t0 = performance.now()
    for (let i = 0; i < n; i += par) await Promise.all(Array.from({ length: par }, (_, k) => f(i + k)))
    return ((performance.now() - t0) * 1000) / n
  }
  for (const par of [1, 8]) {
    const res: Record<string, number[]> = {}
    for (let r = 0; r < 40; r++) for (const [k, f] of Object.entries(variants)) (res[k] ??= []).push(await run(f, 160, par))
    const out = Object.entries(res).map(([k, v]) => [k, Math.round(v.sort((x, y) => x - y)[8] ?? 0)])
    console.log('par', par, JSON.stringify(out))
  }
  const ex = await sql.unsafe(`explain (analyze, costs off) select s.id, (select json_agg(json_build_array(a.id, a.role, a.starts_at, a.ends_at)) from role_assignments a where a.user_id = s.user_id) from sessions s join users u on u.id = s.user_id where s.token_hash = '${h(3)}' and s.ended_at is null`)
  console.log(ex.map((r) => r['QUERY PLAN']).join('\n'))
  await t.stop()
})
