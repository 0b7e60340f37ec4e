import { appRouter } from '../router.ts'
import type { ProcedureMeta } from '../trpc/trpc.ts'

/** A procedure of the router, as tests that walk it need it. */
export interface WalkedProcedure {
  readonly path: string
  readonly type: 'query' | 'mutation' | 'subscription'
  readonly inputs: readonly unknown[]
  readonly meta: ProcedureMeta
}

const definitionOf = (procedure: unknown): Omit<WalkedProcedure, 'path'> => {
  if (typeof procedure !== 'function' || !('_def' in procedure)) throw new Error('this is no procedure')
  return procedure._def as Omit<WalkedProcedure, 'path'>
}

/** Every procedure that there is. */
export const PROCEDURES: readonly WalkedProcedure[] = Object.entries(appRouter._def.procedures).map(
  ([path, procedure]) => {
    const { type, inputs, meta } = definitionOf(procedure)
    return { path, type, inputs, meta }
  },
)
