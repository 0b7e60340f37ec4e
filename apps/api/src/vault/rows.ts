import type { RowAccess } from '@chartward/db'
import type { Scope } from '@chartward/policy'
import type { App } from '../core/app.ts'
import { patientsInCareOf } from '../services/care/relationship.ts'

/** The row access that a Scope amounts to: the second line, in the database, behind what decide() has allowed. */
export const rowsOf = async (app: App, scope: Scope): Promise<RowAccess> => {
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
