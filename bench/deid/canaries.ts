import { randomUUID } from 'node:crypto'
import { createIdMap } from '@chartward/deid'
import { fhirJson, safeHarborRecord } from '@chartward/deid/records'
import { generatePopulation, toRecord } from '@chartward/fhir'
import { figure, limited, type Result } from '../harness/report.ts'

const CANARY = 'CANARY'
const PATIENTS = 20
const AS_OF = new Date('2026-01-01')
/** Members that FHIR allows wherever there is an object, and that hold text. */
const MEMBERS = {
  display: CANARY,
  text: CANARY,
  extension: [{ url: CANARY, valueString: CANARY }],
  [CANARY]: CANARY,
}

interface Planted {
  readonly value: unknown
  readonly places: number
}

/** A value with a canary in every text of it, or (beside) with every object given members that hold one. */
const plant = (value: unknown, beside: boolean): Planted => {
  if (typeof value === 'string')
    return beside ? { value, places: 0 } : { value: `${value} ${CANARY}`, places: 1 }
  if (Array.isArray(value)) {
    const items = value.map((item) => plant(item, beside))
    return {
      value: items.map((item) => item.value),
      places: items.reduce((sum, { places }) => sum + places, 0),
    }
  }
  if (typeof value !== 'object' || value === null) return { value, places: 0 }
  const members = Object.entries(value).map(([key, member]) => [key, plant(member, beside)] as const)
  return {
    value: {
      ...Object.fromEntries(members.map(([key, planted]) => [key, planted.value])),
      ...(beside ? MEMBERS : {}),
    },
    places: members.reduce((sum, [, { places }]) => sum + places, 0) + (beside ? 5 : 0),
  }
}

/**
 * Canaries in every text and every nested place of a FHIR population: how many come out of a Safe
 * Harbor release.
 */
export const canaryResults = (): Result[] => {
  let planted = 0
  let found = 0
  const ids = createIdMap(randomUUID)
  for (const { entry } of generatePopulation({ seed: 'canaries', patients: PATIENTS, asOf: AS_OF })) {
    for (const { resource, fullUrl } of entry) {
      const { type, sourceId, patientRef, fields } = toRecord(resource, fullUrl)
      const { unmapped: _unmapped, ...readable } = fields
      for (const beside of [false, true]) {
        const { value, places } = plant(Object.assign({}, ...Object.values(readable)), beside)
        planted += places
        const record = safeHarborRecord(
          { type, sourceId, patientSourceId: patientRef, fields: { ...Object(value) } },
          { asOf: AS_OF, person: { birthDate: null, deceased: null }, ids },
        )
        found += JSON.stringify(fhirJson(record)).split(CANARY).length - 1
      }
    }
  }
  return [figure('canaries planted', planted, ''), limited('canaries found in the output', found, '', 0)]
}
