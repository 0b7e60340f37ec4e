import fc from 'fast-check'

/** Seeded, so that a failure comes back on the next run. */
export const SEEDED = { seed: 20261122, numRuns: 100 } as const

export const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength })

/** 32 bytes that are not all zero. */
export const key = bytes(32, 32)
  .filter((value) => value.some((byte) => byte !== 0))
  .map((value) => Buffer.from(value))

export const binding = fc.record({
  purpose: fc.constantFrom('record', 'attachment', 'factor-secret'),
  table: fc.constantFrom('record_versions', 'attachments', 'factors'),
  fieldClass: fc.constantFrom('identity', 'contact', 'clinical', 'narrative', 'billing'),
  rowId: fc.uuid(),
  rowVersion: fc.nat(),
})
