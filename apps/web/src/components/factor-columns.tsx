import type { FactorsShown } from '@chartward/contract'
import type { Column } from './data-table.tsx'
import { When } from './when.tsx'

/** A passkey or an authenticator app, in a list of them. */
export interface FactorRow {
  readonly id: string
  readonly kind: 'passkey' | 'authenticator'
  readonly name: string
  readonly createdAt: string
  /** Null also where nobody notes it. */
  readonly lastUsedAt: string | null
  readonly backedUp: boolean
}

export const factorRows = ({ passkeys, authenticators }: FactorsShown): readonly FactorRow[] => [
  ...passkeys.map((passkey) => ({ ...passkey, kind: 'passkey' as const })),
  ...authenticators.map((one) => ({
    ...one,
    kind: 'authenticator' as const,
    name: 'Authenticator app',
    lastUsedAt: null,
    backedUp: false,
  })),
]

const KINDS = { passkey: 'Passkey', authenticator: 'Codes' } as const

export const factorColumns = (): readonly Column<FactorRow>[] => [
  { key: 'name', label: 'Name', always: true, cell: ({ name }) => name },
  {
    key: 'kind',
    label: 'Kind',
    width: '9rem',
    cell: ({ kind, backedUp }) => (backedUp ? `${KINDS[kind]}, with a copy` : KINDS[kind]),
  },
  { key: 'created', label: 'Added', width: '9rem', cell: ({ createdAt }) => <When at={createdAt} /> },
  {
    key: 'used',
    label: 'Last used',
    width: '9rem',
    cell: ({ kind, lastUsedAt }) =>
      lastUsedAt === null ? kind === 'passkey' ? 'Not yet' : 'Not noted' : <When at={lastUsedAt} />,
  },
]
