import { type Checkpoint, fromBase64, toBase64, verifyCheckpointBy } from '@chartward/audit'
import type { Outputs } from '../trpc.ts'

type SignedHead = Pick<Outputs['audit']['head'], 'checkpoint' | 'verifierKey' | 'handovers'>

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
export const verifyHead = async ({ checkpoint, verifierKey, handovers }: SignedHead): Promise<HeadState> => {
  if (checkpoint === null) return { state: 'empty' }
  try {
    const proven = handovers.map(({ index, bytes, proof }) => ({
      index,
      bytes: fromBase64(bytes),
      proof: proof.map(fromBase64),
    }))
    const { checkpoint: verified, keys } = await verifyCheckpointBy(checkpoint, verifierKey, proven)
    return {
      state: 'verified',
      checkpoint: verified,
      root: toBase64(verified.root),
      keyName: keys.origin,
    }
  } catch (error) {
    return { state: 'broken', why: error instanceof Error ? error.message : 'the checkpoint can not be read' }
  }
}
