import {
  AuditError,
  type Checkpoint,
  EMPTY_ROOT,
  equalBytes,
  type LogKeys,
  MerkleFrontier,
} from '@chartward/audit'
import type { LogHead } from '../../../audit/log/head.ts'
import type { Findings } from './findings.ts'

/**
 * The checkpoint that the log's key has signed, or null where there is none that holds. `keys` are those that
 * the log was handed to; reading them may fail as a verifier key that is none does.
 */
export const checkCheckpoint = async (
  head: LogHead,
  keys: () => Promise<LogKeys>,
  findings: Findings,
): Promise<Checkpoint | null> => {
  if (head.checkpoint === null) {
    // A log's first entries are integrated and signed in one transaction.
    if (head.size > 0) findings.add('checkpoint-missing', 'the log has entries and no signed checkpoint')
    return null
  }
  const checkpoint = await verifiedBy(keys, head.checkpoint).catch((error: unknown) => {
    if (!(error instanceof AuditError)) throw error
    findings.add('checkpoint-invalid', error.message)
    return null
  })
  if (checkpoint !== null && checkpoint.size !== head.checkpointSize) {
    findings.add('checkpoint-invalid', 'the size stored beside the checkpoint is not the one that was signed')
  }
  return checkpoint
}

const verifiedBy = async (keys: () => Promise<LogKeys>, note: string): Promise<Checkpoint> =>
  (await keys()).verify(note)

/** Compares the stored head, and the signed checkpoint, with the roots that the leaves really give. */
export const checkRoots = (
  head: LogHead,
  checkpoint: Checkpoint | null,
  roots: ReadonlyMap<number, Uint8Array | null>,
  findings: Findings,
): void => {
  const fits = (size: number, root: Uint8Array): boolean => {
    const computed = roots.get(size) ?? null
    return computed !== null && equalBytes(computed, root)
  }
  if (checkpoint !== null && !fits(checkpoint.size, checkpoint.root)) {
    findings.add('checkpoint-mismatch', 'the leaves do not hash to the root that was signed')
  }
  if (!fits(head.size, head.root)) {
    findings.add('head-mismatch', 'the leaves do not hash to the root in audit_head')
  }
  if (!frontierFits(head)) {
    findings.add('head-mismatch', 'the frontier in audit_head does not give its size and root')
  }
}

const frontierFits = ({ frontier, size, root }: LogHead): boolean => {
  if (frontier.length === 0) return size === 0 && equalBytes(root, EMPTY_ROOT)
  try {
    const tree = MerkleFrontier.deserialise(frontier)
    return tree.size === size && equalBytes(tree.root(), root)
  } catch (error) {
    if (error instanceof AuditError) return false
    throw error
  }
}
