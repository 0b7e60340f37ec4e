import { exactToken, hasNameToken, nameQueryToken, normaliseIdentifier, readTyped } from '@chartward/crypto'
import { byteaArray, type RowAccess, withTransaction } from '@chartward/db'
import type { FieldPath, PatientId } from '@chartward/policy'
import type { App } from '../../app.ts'

/** By which field of a patient each kind of search looks. */
export const FIELD_OF = { mrn: 'Patient.mrn', name: 'Patient.name' } as const satisfies Record<
  string,
  FieldPath
>

/**
 * Truncated tokens bring in others, who are told apart after decryption: this many candidates are
 * opened at most.
 */
export const MOST_CANDIDATES = 500

/** What was typed: an MRN, or the words of each reading of a name, of which one has to be found. */
export type Wanted =
  | { readonly by: 'mrn'; readonly mrn: string }
  | { readonly by: 'name'; readonly readings: readonly (readonly string[])[] }

/** What was typed as an MRN, or null where nothing of it is one. */
export const mrnWanted = (text: string): Extract<Wanted, { by: 'mrn' }> | null => {
  const mrn = normaliseIdentifier(text)
  return mrn === '' ? null : { by: 'mrn', mrn }
}

/** What was typed as a name, or null where none of its words has a token. */
export const nameWanted = (text: string): Extract<Wanted, { by: 'name' }> | null => {
  const readings = readTyped(text).filter((words) => words.some(hasNameToken))
  return readings.length === 0 ? null : { by: 'name', readings }
}

/** The tokens under one of the index's keys, in lists of which a patient has to have all of one. */
const tokensUnder = (key: Uint8Array, wanted: Wanted, nameBits: number): Buffer[][] =>
  wanted.by === 'mrn'
    ? [[exactToken(key, FIELD_OF.mrn, wanted.mrn)]]
    : wanted.readings.map((words) =>
        words.flatMap((word) => nameQueryToken(key, FIELD_OF.name, word, nameBits) ?? []),
      )

/**
 * The patients who have a token of each word of one reading, under each key that the index's tokens may have
 * been made with.
 */
export const candidates = (app: App, rows: RowAccess, wanted: Wanted): Promise<ReadonlySet<PatientId>> =>
  withTransaction(app.db, rows, async (tx) => {
    const found = new Set<PatientId>()
    for (const { key, version } of app.keyring.tokenKeys('blind-index')) {
      const readings = tokensUnder(key, wanted, app.settings.nameBits)
      const hasAll = readings
        .map((tokens) => tx.sql`array_agg(token) @> ${byteaArray(tx.sql, tokens)}`)
        .reduce((either, or) => tx.sql`${either} or ${or}`)
      const some = await tx.sql<{ patient_id: PatientId }[]>`
        select patient_id from search_tokens
        where field = ${FIELD_OF[wanted.by]} and key_version = ${version}
          and token = any(${byteaArray(tx.sql, readings.flat())})
        group by patient_id having ${hasAll}
        order by patient_id limit ${MOST_CANDIDATES}`
      for (const { patient_id } of some) found.add(patient_id)
    }
    return found
  })
