import { type Transaction, withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { idFloor } from '../../core/ids.ts'
import { AFTERLIFE, type Target } from './targets.ts'
import { countUses } from './uses.ts'

/** Patients' keys whose ids are before this one are due at a time: an id has its time in it. */
export const dueBefore = ({ settings }: App, at: Date): string =>
  idFloor(at.getTime() - settings.keys.patientDays * 86_400_000)

/**
 * How many keys, ciphertexts or patients a rotation makes anew, one that has begun or one that is asked about
 * before it. Patients' own keys are those with ids before `before`.
 */
export const countToDo = async (
  app: App,
  target: Target,
  before: string,
  when: 'before-it' | 'begun' = 'begun',
): Promise<number> => {
  if (target.kind === 'system' && AFTERLIFE[target.purpose] !== 'anew') return 0
  return withTransaction(app.db, 'all', async (tx) => {
    if (target.kind === 'system') {
      const current = when === 'begun' ? app.keyring.keyInForce(target.purpose) : null
      if (target.purpose === 'blind-index') return countFoundBy(tx, current?.version ?? 0)
      return countEarlier(current, await countUses(tx, target.purpose))
    }
    if (target.kind === 'patient' && target.patientId !== null) return 1
    const [row] =
      target.kind === 'kek'
        ? await tx.sql<{ n: number }[]>`
            select ((select count(*) from patient_keys where state <> 'destroyed')
              + (select count(*) from system_keys where state <> 'destroyed'))::int as n`
        : await tx.sql<{ n: number }[]>`
            select count(*)::int as n from patient_keys where state = 'primary' and id < ${before}`
    return row?.n ?? 0
  })
}

/** Patients, and entries of the directory: what has its tokens made anew as a whole. */
const countFoundBy = async ({ sql }: Transaction, version: number): Promise<number> => {
  const [row] = await sql<{ n: number }[]>`
    select ((select count(*) from (select patient_id from search_tokens where key_version <> ${version}
        union select patient_id from claim_tokens where key_version <> ${version}) found)
      + (select count(*) from directory_entries where npi_token is not null and npi_key_version <> ${version}))::int as n`
  return row?.n ?? 0
}

const countEarlier = (
  current: { readonly id: string } | null,
  counted: ReadonlyMap<string, number> | null,
): number => [...(counted ?? [])].reduce((n, [key, rows]) => (key === current?.id ? n : n + rows), 0)
