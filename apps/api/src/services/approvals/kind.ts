import type { Transaction } from '@chartward/db'
import type { PatientId, Permission, Policy } from '@chartward/policy'
import type { z } from 'zod'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { Approval } from './approval.ts'

/** What whoever decides sees of a request before they sign it. */
export interface ApprovalDescription {
  /** In a line: what happens where it is approved. */
  readonly line: string
  /** When what it gives ends; null for what has no end. */
  readonly endsAt: string | null
  /** The role that the subject gets, by its name; null for what gives none. */
  readonly role: string | null
  /** What else follows for the subject, in words. */
  readonly gives: readonly string[]
}

/** What is the same of all requests, and what this one asks for. */
interface Asked<P, A extends Approval> {
  readonly approval: A
  readonly payload: P
}

interface KindSpec<P, A extends Approval> {
  /** What the subject of such a request is. */
  readonly subject: (approval: Approval) => approval is A
  /** Whoever asks holds this permission, also at the moment in which it is approved. */
  readonly request: Permission
  /** Whoever decides on requests of this kind holds this permission. */
  readonly decide: Permission
  /**
   * Only for a subject who has signed in with a factor of their own: what is given is not given to a link.
   */
  readonly enrolledOnly: boolean
  /**
   * Of which patient it is, where it is about one: both persons hold their permissions with regard to them.
   */
  patientOf?(tx: Transaction, app: App, asked: Asked<P, A>): Promise<PatientId>
  /** What a request asks for, as its row holds it: ids and settings, never PHI. */
  readonly payload: z.ZodType<P>
  describe(app: App, policy: Policy, asked: Asked<P, A>): ApprovalDescription | Promise<ApprovalDescription>
  /**
   * Writes what the decision changes in rows of the kind's own, before the entry of the decision, which
   * commits to them.
   */
  mark?(tx: Transaction, app: App, asked: Asked<P, A>, status: 'approved' | 'rejected'): Promise<void>
  /** Does what was asked for, with its entries, in the transaction of the approval. `by` is who approved. */
  carryOut(tx: Transaction, app: App, by: EntryBase, asked: Asked<P, A>): Promise<void>
  /** Does what follows of a rejection, with its entries, in its transaction. */
  turnDown(tx: Transaction, app: App, by: EntryBase, asked: Asked<P, A>): Promise<void>
}

/** One kind of request for a second person, as the registry holds it. */
export interface ApprovalKindDefinition {
  readonly request: Permission
  readonly decide: Permission
  readonly enrolledOnly: boolean
  patientOf(tx: Transaction, app: App, approval: Approval): Promise<PatientId | null>
  describe(app: App, policy: Policy, approval: Approval): Promise<ApprovalDescription>
  mark(tx: Transaction, app: App, approval: Approval, status: 'approved' | 'rejected'): Promise<void>
  carryOut(tx: Transaction, app: App, by: EntryBase, approval: Approval): Promise<void>
  turnDown(tx: Transaction, app: App, by: EntryBase, approval: Approval): Promise<void>
}

/**
 * A kind as its service declares it. A request whose payload or subject is none of the kind's is
 * neither shown nor carried out.
 */
export const defineApprovalKind = <P, A extends Approval>({
  subject,
  request,
  decide,
  enrolledOnly,
  patientOf,
  payload: schema,
  describe,
  mark = async () => undefined,
  carryOut,
  turnDown,
}: KindSpec<P, A>): ApprovalKindDefinition => {
  const asked = (approval: Approval): Asked<P, A> => {
    const parsed = schema.safeParse(approval.payload)
    if (!parsed.success || !subject(approval)) throw new ChartwardError('INTEGRITY')
    return { approval, payload: parsed.data }
  }
  return {
    request,
    decide,
    enrolledOnly,
    patientOf: async (tx, app, approval) =>
      patientOf === undefined ? null : patientOf(tx, app, asked(approval)),
    describe: async (app, policy, approval) => describe(app, policy, asked(approval)),
    mark: async (tx, app, approval, status) => mark(tx, app, asked(approval), status),
    carryOut: async (tx, app, by, approval) => carryOut(tx, app, by, asked(approval)),
    turnDown: async (tx, app, by, approval) => turnDown(tx, app, by, asked(approval)),
  }
}
