import type { Action, Actor, AuditEntry, AuditEntryBase } from '@chartward/audit'
import type { Transaction } from '@chartward/db'
import {
  type Decision,
  type EntryId,
  type FieldPath,
  fieldOf,
  type PatientId,
  REASON_TEXT,
  type SessionId,
} from '@chartward/policy'
import type { Draft } from '../audit/entry.ts'
import type { RequestContext } from './request-context.ts'
import type { Separation } from './separation.ts'

type Success<A extends Action> = Extract<AuditEntry<A>, { outcome: 'success' }>

/** The patient of a change, as its action rules: demanded, possible, or none. */
type PatientOf<Given> = Given extends string ? PatientId : Given

/**
 * What a change must say of itself: its before and after, its patient and its records where the
 * action demands them.
 */
export type Changed<A extends Action> = Pick<Success<A>, 'change' | 'records'> &
  Partial<Pick<AuditEntryBase, 'resource' | 'count' | 'purpose'>> & {
    readonly patientId: PatientOf<Success<A>['patientId']>
    readonly note?: string | null
  }

/** What a read has shown. */
export interface Shown {
  readonly fields?: Iterable<FieldPath>
  readonly masked?: Iterable<FieldPath>
  readonly count?: number
  readonly patientId?: PatientId | null
  /** The patients of a list, where they are several. */
  readonly patientIds?: readonly PatientId[]
  readonly resource?: AuditEntryBase['resource']
}

/**
 * The audit entry of one request, filled in on its way: who and whence at the start, the decision when it is
 * made, what was shown by the verb. The procedure builder writes it; a change writes its own success inside
 * its transaction.
 */
export class RequestAudit<A extends Action> {
  readonly action: A
  readonly #request: RequestContext
  readonly #actor: Actor
  readonly #sessionId: SessionId | null
  readonly #separation: Separation
  #decision: Decision | null = null
  #resource: AuditEntryBase['resource'] = { type: 'none', id: null }
  #patientId: PatientId | null = null
  #shown: Shown = {}
  #purpose: string | null = null
  #recorded = false

  constructor(
    action: A,
    request: RequestContext,
    actor: Actor,
    sessionId: SessionId | null,
    separation: Separation,
  ) {
    this.action = action
    this.#request = request
    this.#actor = actor
    this.#sessionId = sessionId
    this.#separation = separation
  }

  /** Whether a success of this action has been written in the verb's transaction. */
  get recorded(): boolean {
    return this.#recorded
  }

  /** How many records were shown, or rows of a list. */
  get count(): number {
    return this.#shown.count ?? 0
  }

  about(resource: AuditEntryBase['resource'], patientId: PatientId | null): void {
    this.#resource = resource
    this.#patientId = patientId
  }

  decided(decision: Decision): void {
    this.#decision = decision
  }

  for(purpose: string): void {
    this.#purpose = purpose
  }

  shown(shown: Shown): void {
    this.#shown = { ...this.#shown, ...shown }
  }

  /**
   * Writes the success of a change in its own transaction and gives the entry's id. Throws, so that
   * the change is undone too, where the verb has not asked whom its act is about though its
   * permission demands it.
   */
  async changed(tx: Transaction, change: Changed<A>, id?: EntryId): Promise<EntryId> {
    this.#separation.assertKept()
    const entryId = await this.#request.app.audit.append(tx, {
      ...this.draft('success', null),
      ...change,
      ...(id === undefined ? {} : { id }),
    })
    this.#recorded = true
    return entryId
  }

  /**
   * The entry as it stands now. `reason` overrides the decision's: why a permitted request failed all the
   * same.
   */
  draft(outcome: AuditEntryBase['outcome'], reason: string | null): Draft {
    const decision = this.#decision
    const fields = sorted(this.#shown.fields ?? [])
    const masked = sorted(this.#shown.masked ?? [])
    const { patientIds = [] } = this.#shown
    const isShown = outcome === 'success'
    return {
      action: this.action,
      outcome,
      actor: this.#actor,
      sessionId: this.#sessionId,
      // What has been shown or changed counts while the session stands; a refusal is written all the same.
      within: isShown ? this.#sessionId : null,
      requestId: this.#request.requestId,
      resource: this.#shown.resource ?? this.#resource,
      patientId: this.#shown.patientId ?? this.#patientId,
      fields: isShown ? fields : [],
      masked: isShown ? masked : [],
      classes: isShown ? classesOf(fields, masked) : [],
      count: isShown ? (this.#shown.count ?? null) : null,
      purpose: this.#purpose,
      statement: decision?.statement ?? null,
      reason: reason ?? (decision === null ? null : REASON_TEXT[decision.reason]),
      facts: factsOf(decision, isShown && patientIds.length > 0 ? { patients: sorted(patientIds) } : {}),
      ip: this.#request.ip,
      userAgent: this.#request.userAgent,
    }
  }
}

/** Each once, in order: mostly they are so already. */
const sorted = <T extends string>(names: Iterable<T>): T[] => {
  const list = [...names]
  return isAscending(list) ? list : [...new Set(list)].sort()
}

const isAscending = (names: readonly string[]): boolean => {
  for (let i = 1; i < names.length; i++) if ((names[i - 1] ?? '') >= (names[i] ?? '')) return false
  return true
}

const classesOf = (...lists: readonly (readonly FieldPath[])[]): string[] => {
  const classes: string[] = []
  for (const paths of lists)
    for (const path of paths) {
      const name = fieldOf(path)?.class
      if (name !== undefined && !classes.includes(name)) classes.push(name)
    }
  return classes.sort()
}

/** Their keys in order, as the log writes them. */
const factsOf = (decision: Decision | null, more: AuditEntryBase['facts']): AuditEntryBase['facts'] => {
  const given: AuditEntryBase['facts'] = { ...decision?.facts, ...more }
  const facts: AuditEntryBase['facts'] = {}
  for (const name of Object.keys(given).sort()) {
    const fact = given[name]
    if (fact !== undefined) facts[name] = fact
  }
  return facts
}
