import { type Checkpoint, parseVerifierKey, toBase64, verifyCheckpoint } from '@chartward/audit'
import type { Outputs } from '../trpc.ts'

type SignedHead = Pick<Outputs['audit']['head'], 'checkpoint' | 'verifierKey'>

export type HeadState =
  | { readonly state: 'empty' }
  | {
      readonly state: 'verified'
      readonly checkpoint: Checkpoint
      readonly root: string
      readonly keyName: string
    }
  | { readonly state: 'broken'; readonly why: string }

/** Verifies the signed tree head in this browser. Never throws: a head that fails is `broken`, and why. */
export const verifyHead = async ({ checkpoint, verifierKey }: SignedHead): Promise<HeadState> => {
  if (checkpoint === null) return { state: 'empty' }
  try {
    const verified = await verifyCheckpoint(checkpoint, verifierKey)
    return {
      state: 'verified',
      checkpoint: verified,
      root: toBase64(verified.root),
      keyName: parseVerifierKey(verifierKey).name,
    }
  } catch (error) {
    return { state: 'broken', why: error instanceof Error ? error.message : 'the checkpoint can not be read' }
  }
}
