import { createReadStream, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { createGunzip } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { toRecord } from './map.ts'
import { readFhir } from './read.ts'
import { fromRecord } from './unmap.ts'

const file = fileURLToPath(
  new URL('../../../../shared/data/fhir-r4/synthea-240-patients.ndjson.gz', import.meta.url),
)

describe.skipIf(!existsSync(file))(
  '240 patients of Synthea (skipped where ../shared/data is not there)',
  { timeout: 60_000 },
  () => {
    it('are all read and mapped, come back as they were, and name their patients and practitioners', async () => {
      let bundles = 0
      let resources = 0
      let unknown = 0
      const different: string[] = []
      const unmapped = new Set<string>()
      for await (const input of readFhir(createReadStream(file).pipe(createGunzip()))) {
        if (input.kind === 'error') throw input.error
        if (input.kind === 'skipped') throw new Error(input.code)
        bundles += 1
        const records = input.resources.map(({ resource, fullUrl }) => ({
          resource,
          record: toRecord(resource, fullUrl),
        }))
        const ids = new Set(records.map(({ record }) => record.sourceId))
        for (const { resource, record } of records) {
          const { type, sourceId, patientRef, fields, links } = record
          resources += 1
          for (const element of Object.keys(fields.unmapped ?? {})) unmapped.add(`${type}.${element}`)
          const named = links.care.map(({ who }) => who.map((one) => (one.by === 'id' ? one.id : '')))
          if (patientRef !== null) named.push([patientRef])
          unknown += named.filter((all) => !all.some((id) => ids.has(id))).length
          if (bundles % 4 !== 0) continue
          if (!isDeepStrictEqual(fromRecord(type, sourceId, patientRef, fields), resource))
            different.push(type)
        }
      }
      expect({ bundles, resources, unknown, different }).toEqual({
        bundles: 240,
        resources: 67_833,
        unknown: 0,
        different: [],
      })
      // Synthea's order of identifiers.
      expect([...unmapped].sort()).toEqual(['Patient.$order'])
    })
  },
)
