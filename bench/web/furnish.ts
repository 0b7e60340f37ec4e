import { callFrom } from '../../apps/web/e2e/harness/api.ts'
import type { Page } from './measure.ts'

/** As many entries as the audit page is measured with. */
export const ENTRIES = 400

/** The patient in a clinician's care with the most observations. */
export const longestChart = async (page: Page): Promise<string> => {
  const { data } = await callFrom(page, 'patients.mine', {})
  let longest = { id: '', observations: -1 }
  for (const { id } of (data as { items: { id: string }[] }).items) {
    const chart = (await callFrom(page, 'patients.get', { id })).data as {
      counts: { Observation?: number }
    }
    const observations = chart.counts.Observation ?? 0
    if (observations > longest.observations) longest = { id, observations }
  }
  return longest.id
}

/** Fills the audit log, by reads of the page's own person. */
export const fillLog = async (page: Page): Promise<void> => {
  for (let i = 0; i < ENTRIES; i += 1) await callFrom(page, 'home.mine', {})
}
