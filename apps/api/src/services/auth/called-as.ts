import type { App } from '../../app.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import type { Whose } from './whose.ts'

type Row = Pick<RowOf<'user'>, 'id' | 'kind' | 'email' | 'displayName'>

/** Name and address of an account's person, as they are told to that person and to nobody else. */
interface CalledAs extends Whose {
  readonly displayName: string
}

/**
 * What the person of an account is called, and where they are reached: of a patient's it is sealed under the
 * patient's key. Null for a patient's account that is one no more.
 */
export const calledAs = async ({ reads }: Pick<App, 'reads'>, row: Row): Promise<CalledAs | null> => {
  const { id, kind } = row
  if (kind !== 'patient') return row
  const own = await reads.ownAccounts.ask(id)
  return own === null ? null : { kind, email: own.email, displayName: own.displayName }
}
