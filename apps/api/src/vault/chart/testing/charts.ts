import { selectInScope } from '@chartward/db'
import { FIELD_CLASSES, type PatientId } from '@chartward/policy'
import type { App } from '../../../app.ts'
import { openRecord } from '../../open-record.ts'
import { selectVersions } from '../../select-versions.ts'
import { allChains, chartChecker } from '../check-chart.ts'
import { openSegment } from '../segment.ts'
import { selectChains } from '../select-segments.ts'

/** The text of each part of patients' indexes, and which records' lines are not what they say, made anew. */
export const openCharts = async (app: App, patientIds: readonly PatientId[]) => {
  const parts = new Map<string, string>()
  const different: string[] = []
  let compared = 0
  for (const patientId of patientIds) {
    const chains = await selectChains(
      (text, parameters) => selectInScope(app.db, 'all', text, parameters),
      patientId,
      allChains,
    )
    const types = [...new Set(allChains.map(({ resourceType }) => resourceType))]
    const versions = await Promise.all(
      types.map((type) =>
        selectVersions(app.db, 'all', { patientId, type, after: null, limit: 100_000 }, FIELD_CLASSES),
      ),
    )
    await app.keyring.withPatientKeys(patientId, (keys) => {
      for (const { chain, segments } of chains) {
        const texts = segments.map((segment, at) => openSegment(segment, segments[at - 1]?.mac ?? null, keys))
        parts.set(`${patientId} ${chain.resourceType} ${chain.fieldClass}`, texts.join('\n'))
      }
      const { broken, fits } = chartChecker(chains, keys)
      different.push(...broken.map(({ resourceType, fieldClass }) => `${resourceType} ${fieldClass}`))
      for (const version of versions.flat()) {
        compared += 1
        if (!fits(openRecord(version, FIELD_CLASSES, keys))) different.push(version.recordId)
      }
    })
  }
  return { parts, different, compared }
}
