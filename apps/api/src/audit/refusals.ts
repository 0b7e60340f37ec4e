import { networkOf } from '../core/network.ts'
import type { AuditLog, AuditLogOptions } from './audit-log.ts'
import type { Draft } from './entry.ts'

const MINUTE_MS = 60_000
/** Addresses told apart within a minute; all further ones are counted together, so that memory has an end. */
const MOST_NETWORKS = 10_000
/** Subjects of attempts that a counted entry names at most. */
const MOST_SUBJECTS = 50
const THE_REST = 'others'

/** What came from one address within one minute after its first refusal, which has an entry of its own. */
interface Counted {
  readonly network: string
  readonly ip: string | null
  readonly minute: number
  count: number
  readonly actions: Set<string>
  readonly reasons: Set<string>
  /** Whose secrets were tried, as the keyed hashes that the entries of such attempts have. */
  readonly attemptsOn: Set<string>
}

export const COUNTED_REASON = 'More refusals of the same address in the same minute.'

/**
 * The way of refusals into the log. What somebody who is signed in was refused is committed as any other
 * entry. Of whoever is not, the first refusal of an address in a minute is committed at once, and the rest as
 * one entry with their number when the minute is over: a flood can't fill the log. A process that is killed
 * loses the numbers of its last minute.
 */
export class Refusals {
  readonly #options: Pick<AuditLogOptions, 'clock' | 'log'> & { readonly audit: AuditLog }
  #counted = new Map<string, Counted>()
  #due: Counted[] = []
  #writing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | null = null

  constructor(options: Pick<AuditLogOptions, 'clock' | 'log'> & { readonly audit: AuditLog }) {
    this.#options = options
  }

  /**
   * Resolves once the refusal is committed, or counted where it is not the first. Rejects as `commit` does.
   */
  async commit(draft: Draft): Promise<void> {
    if (draft.actor.kind !== 'anonymous' || draft.outcome !== 'refused') {
      await this.#options.audit.commit(draft)
      return
    }
    const minute = Math.floor(this.#options.clock().getTime() / MINUTE_MS)
    this.#turn(minute)
    const ip = draft.ip ?? null
    const own = ip === null ? THE_REST : networkOf(ip)
    const isTold = this.#counted.has(own) || this.#counted.size < MOST_NETWORKS
    const network = isTold ? own : THE_REST
    const seen = this.#counted.get(network)
    if (seen !== undefined) {
      seen.count++
      seen.actions.add(draft.action)
      if (draft.reason) seen.reasons.add(draft.reason)
      const { attemptsOn } = draft.facts ?? {}
      if (typeof attemptsOn === 'string' && seen.attemptsOn.size < MOST_SUBJECTS)
        seen.attemptsOn.add(attemptsOn)
      return
    }
    const first = {
      network,
      ip,
      minute,
      count: 0,
      actions: new Set<string>(),
      reasons: new Set<string>(),
      attemptsOn: new Set<string>(),
    }
    this.#counted.set(network, first)
    this.#wake(minute)
    try {
      await this.#options.audit.commit(draft)
    } catch (error) {
      // The next one is the first then.
      if (first.count === 0 && this.#counted.get(network) === first) this.#counted.delete(network)
      throw error
    }
  }

  /** Writes what has been counted. For an orderly stop, and when the minute is over. */
  async drain(): Promise<void> {
    this.#turn(Number.POSITIVE_INFINITY)
    await this.#write()
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** Puts aside what was counted before `minute`. */
  #turn(minute: number): void {
    const [first] = this.#counted.values()
    if (first === undefined || first.minute >= minute) return
    this.#due.push(...[...this.#counted.values()].filter(({ count }) => count > 0))
    this.#counted = new Map()
    void this.#write()
  }

  /** One after the other, so that whoever waits for one waits for those before it. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeDue())
    return this.#writing
  }

  /** Never rejects: what can't be written is tried again with the next. */
  async #writeDue(): Promise<void> {
    const due = this.#due
    this.#due = []
    await Promise.all(
      due.map(async (counted) => {
        try {
          await this.#options.audit.commit(entryOf(counted))
        } catch (error) {
          this.#due.push(counted)
          const facts = { err: error, refusals: counted.count }
          this.#options.log.error(facts, 'counted refusals could not be written')
        }
      }),
    )
  }

  #wake(minute: number): void {
    if (this.#timer !== null) return
    const left = (minute + 1) * MINUTE_MS - this.#options.clock().getTime()
    this.#timer = setTimeout(
      () => {
        this.#timer = null
        const now = Math.floor(this.#options.clock().getTime() / MINUTE_MS)
        this.#turn(now)
        if (this.#due.length > 0) void this.#write()
        if (this.#counted.size + this.#due.length > 0) this.#wake(now)
      },
      Math.max(left, 1),
    )
    this.#timer.unref()
  }
}

const entryOf = ({ network, ip, minute, count, actions, reasons, attemptsOn }: Counted): Draft => ({
  action: 'request.refused',
  outcome: 'refused',
  actor: { kind: 'anonymous' },
  resource: { type: 'none', id: null },
  reason: COUNTED_REASON,
  count,
  ip: network === THE_REST ? null : ip,
  facts: {
    network,
    minute: new Date(minute * MINUTE_MS).toISOString(),
    actions: [...actions].sort(),
    reasons: [...reasons].sort(),
    ...(attemptsOn.size === 0 ? {} : { attemptsOn: [...attemptsOn].sort() }),
  },
})
