import {
  builtInPolicy,
  type Composition,
  decide,
  type PatientId,
  policyWith,
  statementsOf,
  type UserId,
} from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { decideAgain, refsThen } from './decide-again.ts'

const NOW = new Date('2026-11-30T08:00:00Z')
const [ME, PATIENT] = ['me' as UserId, 'patient' as PatientId]

const reading = (breakGlass: boolean): Composition => ({
  permissions: [{ permission: 'vault:record:read', rows: 'care' }],
  clear: ['class:clinical'],
  partly: [],
  masked: [],
  hidden: [],
  labels: [],
  breakGlass,
})
const version = (number: number, breakGlass: boolean) => ({
  name: 'ward',
  version: number,
  title: 'Ward',
  description: 'Reads on the ward.',
  privileged: false,
  statements: statementsOf('ward', reading(breakGlass)),
})
const policy = policyWith(
  builtInPolicy,
  [{ versions: [version(1, true), version(2, false)], inForce: 1 }],
  'with-ward',
)

/** What an entry says of a record that somebody of the first version has opened. */
const opened = (ground: 'care' | 'glass') => {
  const interval = { startsAt: NOW, endsAt: new Date(NOW.getTime() + 60_000) }
  const { facts } = decide({
    actor: {
      kind: 'user',
      id: ME,
      roles: [{ name: 'ward', version: 1, assignmentId: 'assignment', startsAt: NOW, endsAt: null }],
      patientId: null,
    },
    permission: 'vault:record:read',
    resource: { kind: 'patient', patientId: PATIENT, types: ['Condition'] },
    context: {
      now: NOW,
      factorAt: NOW,
      relationship: ground === 'care' ? { id: 'relationship', ...interval } : null,
      breakGlass: ground === 'glass' ? { id: 'grant', assignmentId: 'assignment', ...interval } : null,
    },
    policy,
  })
  return { facts, outcome: 'success', reason: null } as const
}
const again = (ground: 'care' | 'glass', to: number) => {
  const entry = opened(ground)
  return decideAgain(policy, entry, refsThen(entry.facts) ?? [], { name: 'ward', version: to })
}

describe('a decision that is taken again from its facts', () => {
  it('comes out as it did by the same version, in care and under a broken glass', () => {
    expect([again('care', 1), again('glass', 1)]).toEqual(['same', 'same'])
  })

  it('is refused by a version that does not let the glass be broken, where that is what it rested on', () => {
    expect([again('care', 2), again('glass', 2)]).toEqual(['same', 'refused'])
  })
})
