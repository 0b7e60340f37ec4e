import type { Transaction } from '@chartward/db'

/** The lock's number means nothing but that nobody else uses it. */
const PRIVILEGED_ACTS = 7_291_705_001

/**
 * Makes acts that take two people, or that may leave too few of them, wait for each other until the
 * transaction ends, in every process: what is counted and checked before the act is still so when it is done.
 * They are rare. Taken before any account or assignment is locked.
 */
export const oneAtATime = async ({ sql }: Transaction): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${PRIVILEGED_ACTS})`
}
