import { createHash } from 'node:crypto'
import { RESOURCE_TYPES } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { type FhirResource, isObject, isString } from '../json.ts'
import { toRecord } from '../map.ts'
import { isLoinc, isSnomed } from '../testing/check-digits.ts'
import { fromRecord } from '../unmap.ts'
import { otherVersionOf } from '../version.ts'
import { type Bundle, generatePopulation } from './bundle.ts'
import { makeNpi } from './directory.ts'
import { FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES } from './names.ts'
import { ageAt } from './time.ts'

const asOf = new Date('2026-11-22T00:00:00Z')
const population = (seed: number | string = 1, patients = 60) => [
  ...generatePopulation({ seed, patients, asOf }),
]
const bundles = population()
const resourcesOf = (bundle: Bundle): FhirResource[] => bundle.entry.map(({ resource }) => resource)
const all = bundles.flatMap(resourcesOf)
const ofType = (type: string) => all.filter(({ resourceType }) => resourceType === type)
const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** Every object within a value, itself included. */
function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(value)) for (const item of value) yield* objectsIn(item)
  else if (isObject(value)) {
    yield value
    for (const item of Object.values(value)) yield* objectsIn(item)
  }
}

describe('the synthetic population', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(hash(population())).toBe(hash(bundles))
    expect(hash(population(2))).not.toBe(hash(bundles))
    expect(hash(population('1'))).toBe(hash(bundles))
  })

  it('has every resource type of the catalog', () => {
    expect([...new Set(all.map(({ resourceType }) => resourceType))].sort()).toEqual(
      [...RESOURCE_TYPES].sort(),
    )
  })

  it('is FHIR R4 that maps to the catalog with nothing left over, and comes back as it was', () => {
    for (const { resource, fullUrl } of bundles.flatMap(({ entry }) => entry)) {
      expect(otherVersionOf(resource)).toBeNull()
      const { type, sourceId, patientRef, fields } = toRecord(resource, fullUrl)
      expect(fields.unmapped, type).toBeUndefined()
      expect(fromRecord(type, sourceId, patientRef, fields)).toEqual(resource)
    }
  })

  it('gives each patient a chart of a plausible size', () => {
    const sizes = bundles.map(({ entry }) => entry.length)
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    expect(mean).toBeGreaterThan(80)
    expect(mean).toBeLessThan(170)
    expect(Math.min(...sizes)).toBeGreaterThan(10)
  })

  it('names nothing that is not in the same Bundle', () => {
    for (const bundle of bundles) {
      const ids = new Set<string>(bundle.entry.map(({ fullUrl }) => fullUrl))
      expect(ids.size).toBe(bundle.entry.length)
      for (const part of objectsIn(resourcesOf(bundle))) {
        if (isString(part.reference) && !ids.has(part.reference)) expect.unreachable(part.reference)
      }
    }
  })

  it('repeats a shared practitioner or organization the same in every Bundle', () => {
    const seen = new Map<string | undefined, string>()
    for (const resource of [...ofType('Practitioner'), ...ofType('Organization')]) {
      expect(seen.get(resource.id) ?? hash(resource)).toBe(hash(resource))
      seen.set(resource.id, hash(resource))
    }
  })

  it('gives every patient, practitioner and record an id of its own', () => {
    const own = all.filter(
      ({ resourceType }) => resourceType !== 'Practitioner' && resourceType !== 'Organization',
    )
    expect(new Set(own.map(({ id }) => id)).size).toBe(own.length)
  })

  it('keeps each observation within its encounter, and nothing but appointments after its time', () => {
    for (const bundle of bundles) {
      const periods = new Map(
        resourcesOf(bundle)
          .filter(({ resourceType }) => resourceType === 'Encounter')
          .map(({ id, period }): [string, unknown] => [`urn:uuid:${id}`, period]),
      )
      for (const resource of resourcesOf(bundle)) {
        const when = String(resource.effectiveDateTime ?? '')
        const period = isObject(resource.encounter)
          ? periods.get(String(resource.encounter.reference))
          : undefined
        if (when !== '' && isObject(period)) {
          expect(when >= String(period.start) && when <= String(period.end)).toBe(true)
        }
        if (resource.resourceType === 'Appointment') continue
        const { expirationDate: _, ...past } = resource
        for (const [, day] of JSON.stringify(past).matchAll(/"(20\d\d-\d\d-\d\d)[T"]/g)) {
          expect(day !== undefined && day < '2026-11-22', `${resource.resourceType} ${day}`).toBe(true)
        }
      }
    }
  })

  it('ends the chart of one who died with the death', () => {
    const dead = population(7, 120).filter((bundle) => resourcesOf(bundle)[0]?.deceasedDateTime !== undefined)
    expect(dead.length).toBeGreaterThan(0)
    for (const bundle of dead) {
      const death = String(resourcesOf(bundle)[0]?.deceasedDateTime)
      for (const { resourceType, period } of resourcesOf(bundle)) {
        if (resourceType === 'Encounter' && isObject(period)) expect(String(period.end) < death).toBe(true)
      }
    }
  })

  it('bills every encounter once, and its lines add up to the total', () => {
    expect(ofType('Claim')).toHaveLength(ofType('Encounter').length)
    for (const claim of ofType('Claim')) {
      const nets = Array.isArray(claim.item) ? claim.item.map(({ net }) => Math.round(net.value * 100)) : []
      const total = isObject(claim.total) ? Math.round(Number(claim.total.value) * 100) : 0
      expect(nets.reduce((sum, cents) => sum + cents, 0)).toBe(total)
    }
  })

  it('has codes that pass the check digit of their terminology', () => {
    const codes = new Set<string>()
    for (const { system, code } of objectsIn(all)) codes.add(`${system} ${code}`)
    const of = (system: string) =>
      [...codes].filter((key) => key.startsWith(`${system} `)).map((key) => key.slice(system.length + 1))
    expect(of('http://snomed.info/sct').length).toBeGreaterThan(20)
    expect(of('http://snomed.info/sct').filter((code) => !isSnomed(code))).toEqual([])
    expect(of('http://loinc.org').length).toBeGreaterThan(20)
    expect(of('http://loinc.org').filter((code) => !isLoinc(code))).toEqual([])
    expect(of('http://www.nlm.nih.gov/research/umls/rxnorm').every((code) => /^\d{5,7}$/.test(code))).toBe(
      true,
    )
    expect(of('http://hl7.org/fhir/sid/cvx').every((code) => /^\d{2,3}$/.test(code))).toBe(true)
    // A check that can fail: one digit off is found.
    expect([isSnomed('59621001'), isLoinc('8480-7')]).toEqual([false, false])
  })

  it('gives practitioners well-formed NPIs that are nobody else’s', () => {
    // The example of CMS:
    // https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand/Downloads/NPIcheckdigit.pdf
    expect(makeNpi('123456789')).toBe('1234567893')
    const npis = new Set(ofType('Practitioner').map(({ identifier }) => JSON.stringify(identifier)))
    expect(npis.size).toBe(new Set(ofType('Practitioner').map(({ id }) => id)).size)
    for (const npi of npis) expect(npi).toMatch(/"http:\/\/hl7\.org\/fhir\/sid\/us-npi","value":"99\d{8}"/)
  })

  it('uses names without digits, and numbers that are never given out', () => {
    for (const name of [...FEMALE_NAMES, ...MALE_NAMES, ...FAMILY_NAMES])
      expect(name).toMatch(/^[A-Z][A-Za-z]+$/)
    expect([FEMALE_NAMES.length, MALE_NAMES.length].every((count) => count >= 100)).toBe(true)
    for (const patient of ofType('Patient')) {
      const text = JSON.stringify(patient)
      expect(text).toMatch(/sid\/us-ssn","value":"999-\d\d-\d{4}"/)
      expect(text).toMatch(/"\(\d{3}\) 555-01\d\d"/)
    }
  })

  it('has notes that name the patient in prose, with phone numbers and dates', () => {
    for (const bundle of bundles) {
      const [patient, ...records] = resourcesOf(bundle)
      const [name] = Array.isArray(patient?.name) ? patient.name : []
      for (const { resourceType, content } of records) {
        if (resourceType !== 'DocumentReference' || !Array.isArray(content)) continue
        const text = atob(content[0].attachment.data)
        expect(text).toContain(name.family)
        expect(text).toMatch(/\(\d{3}\) 555-01\d\d/)
        expect(text).toMatch(
          /(?:January|February|March|April|May|June|July|August|September|October|November|December) \d+, 20\d\d/,
        )
      }
    }
  })

  it('has children, grown-ups, people over 89 and people who died', () => {
    const people = population(1, 200).map((bundle) => resourcesOf(bundle)[0])
    const ages = people.map((patient) => ageAt(Date.parse(String(patient?.birthDate)), asOf.getTime()))
    const share = (test: (age: number) => boolean) => ages.filter(test).length / ages.length
    expect(share((age) => age < 18)).toBeGreaterThan(0.1)
    expect(share((age) => age >= 18 && age < 65)).toBeGreaterThan(0.4)
    expect(share((age) => age >= 65 && age < 90)).toBeGreaterThan(0.12)
    expect(share((age) => age > 89)).toBeGreaterThan(0.01)
    expect(Math.max(...ages)).toBeLessThan(103)
    expect(people.filter((patient) => patient?.deceasedDateTime !== undefined).length).toBeGreaterThan(3)
  })
})
