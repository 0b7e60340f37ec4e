import { setTimeout as sleep } from 'node:timers/promises'
import type { KmsProblem } from '@chartward/contract'
import { CryptoError } from '@chartward/crypto'
import { OutboundError } from '../../core/outbound/guard.ts'
import { KmsError } from './kms-error.ts'

/** How long a key store is waited for, in milliseconds: one attempt, all of them, and the first pause. */
export interface Patience {
  readonly attemptMs: number
  readonly wholeMs: number
  readonly pauseMs: number
}

/** A start waits no longer than this for each KEK, whatever the store does. */
export const USUAL_PATIENCE: Patience = { attemptMs: 5000, wholeMs: 20_000, pauseMs: 200 }
const MOST_ATTEMPTS = 5

/** What another attempt may mend. */
const PASSING: readonly KmsProblem[] = ['unreachable', 'late', 'throttled', 'failing']

/**
 * Calls a key store, again after pauses that double (with chance, so that processes don't come together)
 * while what goes wrong may pass. Rejects with KmsError or CryptoError, and after `wholeMs` at the latest,
 * also where `call` never settles.
 */
export const attempted = async <T>(
  patience: Patience,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const until = performance.now() + patience.wholeMs
  for (let attempt = 1; ; attempt++) {
    const left = until - performance.now()
    try {
      return await inTime(Math.max(1, Math.min(patience.attemptMs, left)), call)
    } catch (thrown) {
      const error = ofProvider(thrown)
      const pause = patience.pauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)
      const isLast = attempt === MOST_ATTEMPTS || performance.now() + pause >= until
      if (!(error instanceof KmsError) || !PASSING.includes(error.code) || isLast) throw error
      await sleep(pause)
    }
  }
}

const inTime = async <T>(ms: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const late = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new KmsError('late'))
      late.abort()
    }, ms)
  })
  try {
    return await Promise.race([call(late.signal), passed])
  } finally {
    clearTimeout(timer)
  }
}

const OF_OUTBOUND = {
  unnamed: 'not-admitted',
  'address-refused': 'not-admitted',
  'plain-refused': 'not-admitted',
  unresolved: 'unreachable',
  unreachable: 'unreachable',
} as const satisfies Record<OutboundError['code'], KmsProblem>

const isCertificate = (code: string): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS|ERR_SSL|EPROTO/.test(code)

/** Whatever a call has thrown, as one of ours. Nothing that a server has said is repeated. */
const ofProvider = (error: unknown): KmsError | CryptoError => {
  if (error instanceof KmsError || error instanceof CryptoError) return error
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof OutboundError) return new KmsError(OF_OUTBOUND[at.code], { cause: error })
    const code = 'code' in at && typeof at.code === 'string' ? at.code : ''
    if (isCertificate(code)) return new KmsError('certificate', { cause: error })
    if (/^(ECONN|EPIPE|ENET|EHOST|ETIMEDOUT|ENOTFOUND|EAI_)/.test(code))
      return new KmsError('unreachable', { cause: error })
    // After what a connection says: the SDK gives that the name of what is late.
    if (at.name === 'AbortError' || at.name === 'TimeoutError') return new KmsError('late', { cause: error })
    if (at instanceof SyntaxError) return new KmsError('wrong-answer')
  }
  return new KmsError('failing', { cause: error })
}
