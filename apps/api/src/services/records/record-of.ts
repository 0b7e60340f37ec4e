import type { GetRecordOutput } from '@chartward/contract'
import type { RecordView } from '../../vault/view.ts'

/**
 * A record as it leaves: of what the vault shows, the keys that the contract names, and the moment as text.
 */
export const recordOf = ({
  id,
  type,
  version,
  authoredAt,
  values,
  untrusted,
}: RecordView): GetRecordOutput => ({
  id,
  type,
  version,
  authoredAt: authoredAt.toISOString(),
  values,
  untrusted,
})
