import { isExpired } from '../../lib/export-state.ts'
import { sentence } from '../../lib/format.ts'
import type { ExportView } from './export-view.ts'

/** One step of a request: done, being taken, still to come, or where it ended. */
export interface Step {
  readonly name: string
  readonly state: 'done' | 'now' | 'to-come' | 'ended'
  readonly at: string | null
  /** By whom, and what follows, in a sentence or less. */
  readonly note: string | null
}

/** A request from asking to downloading, each step with its time; pure. */
export const stepsOf = (request: ExportView, now: number): readonly Step[] => {
  const asked: Step = {
    name: 'Requested',
    state: 'done',
    at: request.createdAt,
    note: request.mine ? 'by you' : `by ${request.requestedBy.displayName}`,
  }
  return [asked, decided(request), built(request), downloaded(request, now)].filter((step) => step !== null)
}

const decided = ({ status, decidedBy, decidedAt, decisionReason }: ExportView): Step => {
  const by = decidedBy === null ? null : `by ${decidedBy.displayName}`
  if (status === 'requested')
    return { name: 'Waits for approval', state: 'now', at: null, note: 'A privacy officer decides.' }
  const isRejected = status === 'rejected'
  return {
    name: isRejected ? 'Rejected' : 'Approved',
    state: isRejected ? 'ended' : 'done',
    at: decidedAt,
    note: decisionReason === null ? by : `${by ?? ''}: “${decisionReason}”`,
  }
}

const built = ({ status, builtAt, failure }: ExportView): Step | null => {
  switch (status) {
    case 'rejected':
      return null
    case 'failed':
      return {
        name: 'Failed',
        state: 'ended',
        at: null,
        note: `${failure === null ? 'Nothing was released' : sentence(failure)}. Request it anew; if it fails again, tell the privacy officer.`,
      }
    case 'ready':
      return { name: 'Built', state: 'done', at: builtAt, note: null }
    case 'requested':
      return { name: 'To be built', state: 'to-come', at: null, note: null }
    default:
      return {
        name: 'Being built',
        state: 'now',
        at: null,
        note: 'Records are de-identified and then searched for identifiers of the source. This goes on if you leave the page.',
      }
  }
}

const downloaded = (request: ExportView, now: number): Step | null => {
  if (request.status === 'rejected' || request.status === 'failed') return null
  if (request.status !== 'ready') return { name: 'To be downloaded', state: 'to-come', at: null, note: null }
  return isExpired(request, now)
    ? { name: 'Expired', state: 'ended', at: request.expiresAt, note: 'Request it anew to download it.' }
    : { name: 'Can be downloaded until', state: 'now', at: request.expiresAt, note: null }
}
