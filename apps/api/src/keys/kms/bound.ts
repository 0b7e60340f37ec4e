import type { KekPlace } from '@chartward/crypto'

/** A KEK's place as bytes, for key stores that take associated data: parts that hold no line feed. */
export const boundTo = ({ installation, kekId }: KekPlace): Buffer =>
  Buffer.from(['chartward/v1/kek', installation, kekId].join('\n'))
