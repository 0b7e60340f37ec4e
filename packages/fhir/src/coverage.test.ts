import { createReadStream, existsSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Coverage } from './coverage.ts'
import { readFhir } from './read.ts'

const subject = { reference: 'Patient/p1' }
const CANARY = 'CanaryMarsh'

describe('the coverage of resources by the catalog', () => {
  it('counts leaves by class, and what no role could read, by element', () => {
    const coverage = new Coverage()
    coverage.add({
      resourceType: 'Patient',
      id: 'p1',
      name: [{ family: 'x', given: ['y', 'z'] }],
      birthDate: '1970',
    })
    coverage.add({
      resourceType: 'Observation',
      id: 'o1',
      subject,
      status: 'final',
      _valueString: { extension: [{ url: 'https://example.org/x', valueString: 'y' }] },
      [CANARY]: [CANARY, CANARY],
    })
    coverage.add({ resourceType: 'NutritionOrder', id: 'n1' })
    coverage.add({ resourceType: CANARY, id: 'c1' })
    const report = coverage.report()
    expect(report).toMatchObject({
      resources: 2,
      leaves: 11,
      unmapped: 4,
      unmappedShare: 4 / 11,
      byType: { Patient: { leaves: 5, unmapped: 0, byClass: { identity: 5 } } },
      unmappedElements: [
        { element: 'Observation._valueString', leaves: 2 },
        { element: 'Observation: an element that R4 does not have', leaves: 2 },
      ],
      notStored: { NutritionOrder: 1 },
      refused: { 'not-a-resource': 1 },
    })
    expect(JSON.stringify(report)).not.toContain(CANARY)
    expect(new Coverage().report().unmappedShare).toBe(0)
  })

  const real = new URL('../../../../shared/data/fhir-real/us-core-examples.ndjson.gz', import.meta.url)
  it.runIf(existsSync(real))('leaves at most 2 % of the US Core examples unmapped', async () => {
    const coverage = new Coverage()
    for await (const input of readFhir(createReadStream(real).pipe(createGunzip()))) {
      if (input.kind === 'error') coverage.refuse(input.error.code)
      else if (input.kind !== 'skipped')
        for (const { resource, fullUrl } of input.resources) coverage.add(resource, fullUrl)
    }
    const report = coverage.report()
    expect(report.resources).toBeGreaterThan(200)
    expect(report.unmappedShare).toBeLessThanOrEqual(0.02)
  })
})
