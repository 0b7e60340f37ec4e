import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import type { Whose } from './whose.ts'

type Row = Pick<RowOf<'user'>, 'id' | 'kind' | 'email' | 'displayName'>

/** Name and address of an account's person, as they are told to that person and to nobody else. */
interface CalledAs extends Whose {
  readonly displayName: string
}

/**
 * What the person of an account is called, and where they are reached: of a patient's it is sealed under the
 * patient's key. Throws UNAUTHENTICATED for a patient's account that is one no more.
 */
export const calledAs = async ({ reads }: Pick<App, 'reads'>, row: Row): Promise<CalledAs> => {
  const { id, kind } = row
  if (kind !== 'patient') return row
  const own = await reads.ownAccounts.ask(id)
  if (own === null) throw new ChartwardError('UNAUTHENTICATED')
  return { kind, email: own.email, displayName: own.displayName }
}
