import type { Action } from '@chartward/audit'
import type { WorkFailure, WorkKindName, WorkPhase, WorkResult } from '@chartward/contract'
import type { Permission } from '@chartward/policy'
import * as z from 'zod/mini'
import type { App } from '../../app.ts'
import type { Work } from './work.ts'

/**
 * How far a work is, said by whoever does it. Neither waits: what was said last is written about once a
 * second.
 */
export interface Progress<P extends string> {
  /** A new phase begins, of so many parts; null where nobody knows how many. */
  phase(word: P, total: number | null): void
  /** So many more parts of it are done. */
  advance(parts: number): void
}

/** For whoever does work that nobody follows. */
export const NO_PROGRESS: Progress<string> = { phase: () => undefined, advance: () => undefined }

interface Spec<K extends WorkKindName, Stored> {
  readonly kind: K
  /**
   * Who sees it, and may cancel it: all of its kind, whoever holds `all`; their own, whoever holds `own`.
   * Whoever holds neither any more sees none, though they asked for it.
   */
  readonly sees: { readonly all: Permission; readonly own: Permission | null }
  /**
   * What a cancelled one leaves: nothing, or what it had done, each part of it whole. `never`: it can't be
   * cancelled.
   */
  readonly cancel: 'leaves-nothing' | 'leaves-whole-parts' | 'never'
  /** One at a time of the kind, of its subject, or as many as are asked for. */
  readonly oneOf: 'kind' | 'subject' | null
  /** What its row keeps of the result: numbers, ids and words of closed lists, never a patient's value. */
  readonly result: z.ZodMiniType<Stored>
  /** What lists show of that. */
  show(stored: Stored): WorkResult<K>
  /** What the entry of its end says; left out, it is `work.done` or `work.failed`, of the work. */
  readonly ends?: EndEntry & { count(stored: Stored): number }
}

/** The entry of a work's end, where it is not the one that all have. */
interface EndEntry {
  readonly action: Action
  readonly resource: { readonly type: string; readonly id: string | null }
}

interface Doing<K extends WorkKindName, Stored> {
  /**
   * Does it, and gives what came of it. It may have been begun before, by a process that was killed at any
   * point: it begins anew, or goes on, so that its effects are there once. Rejects with WorkFailed where
   * another attempt would come to the same, with anything else where it should be tried again; looks at
   * `signal`, which ends it when it is cancelled, and when the process stops.
   */
  run(given: {
    readonly app: App
    readonly work: Work<K>
    readonly progress: Progress<WorkPhase<K>>
    readonly signal: AbortSignal
  }): Promise<Stored>
  /**
   * Writes off what was begun, when it has been cancelled or given up; gives the result where it had been
   * done all the same.
   */
  settle?(given: {
    readonly app: App
    readonly work: Work<K>
    readonly why: 'cancelled' | 'gave-up'
  }): Promise<Stored | null>
}

/** One kind of work, as the registry holds it. */
export interface WorkKind extends Pick<Spec<WorkKindName, unknown>, 'kind' | 'sees' | 'cancel' | 'oneOf'> {
  /** By a job, or by the request that asks for it: a process that stops takes that along. */
  readonly runs: 'in-job' | 'in-request'
  readonly ends: EndEntry | null
  /** The result as the row keeps it. Throws for one that is none of the kind's. */
  keep(result: unknown): unknown
  /** What lists show of what a row keeps. Throws likewise. */
  show(stored: unknown): WorkResult<WorkKindName>
  /** What the entry of its end counts. */
  count(stored: unknown): number | null
}

/** A kind that a job does. */
export interface JobKind extends WorkKind, Required<Doing<WorkKindName, unknown>> {
  readonly runs: 'in-job'
}

const erased = <K extends WorkKindName, Stored>(spec: Spec<K, Stored>) => ({
  kind: spec.kind,
  sees: spec.sees,
  cancel: spec.cancel,
  oneOf: spec.oneOf,
  ends: spec.ends ?? null,
  keep: (result: unknown) => z.parse(spec.result, result),
  show: (stored: unknown) => spec.show(z.parse(spec.result, stored)),
  count: (stored: unknown) => spec.ends?.count(z.parse(spec.result, stored)) ?? null,
})

/** A kind that a job does, as its service declares it. */
export const defineJobWork = <K extends WorkKindName, Stored>(spec: Spec<K, Stored> & Doing<K, Stored>) => ({
  ...erased(spec),
  runs: 'in-job' as const,
  run: spec.run,
  settle: spec.settle ?? (async () => null),
})

/** A kind that its request does, as its service declares it. */
export const defineRequestWork = <K extends WorkKindName, Stored>(spec: Spec<K, Stored>) => ({
  ...erased(spec),
  runs: 'in-request' as const,
})

/** How a work ended. */
export type End =
  | { readonly state: 'done'; readonly result: unknown }
  | { readonly state: 'failed'; readonly failure: WorkFailure }
  | { readonly state: 'cancelled' }

/** What there is one work at a time of; null where there may be many. */
export const slotOf = ({ kind, oneOf }: Pick<WorkKind, 'kind' | 'oneOf'>, subjectId: string | null) => {
  if (oneOf === null) return null
  return oneOf === 'kind' ? kind : `${kind}/${subjectId ?? ''}`
}
