import type { RowAccess } from '@chartward/db'
import type { Scope } from '@chartward/policy'
import { type CareParts, patientsInCareOf } from '../care/relationship.ts'

/** What working out whose rows a Scope covers needs of the application. */
export interface RowParts extends CareParts {
  readonly clock: () => Date
}

/**
 * The row access that a Scope amounts to: the second line, in the database, behind what decide() has allowed.
 */
export const rowsOf = async (app: RowParts, scope: Scope): Promise<RowAccess> => {
  switch (scope.rows.kind) {
    case 'patient':
    case 'self':
      return [scope.rows.patientId]
    case 'care':
      return (await patientsInCareOf(app, scope.rows.userId, app.clock())).map(({ patientId }) => patientId)
    case 'all':
      return 'all'
    case 'none':
      return 'none'
  }
}
