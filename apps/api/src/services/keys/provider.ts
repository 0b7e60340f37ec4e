import { type KeyProviderOutput, type KmsKind, kmsKind } from '@chartward/contract'
import type { VerbContext } from '../../guard/guard.ts'

/** A name as `KmsProvider.name` has it. In a row of the database it can be any text. */
const FORM = /^([a-z0-9]+)\/([0-9a-f]{16})$/

const partsOf = (name: string): { kind: KmsKind; root: string } => {
  const [, text = '', root = ''] = FORM.exec(name) ?? []
  const kind = kmsKind.options.find((one) => one === text)
  return kind === undefined ? { kind: 'unknown', root: '' } : { kind, root }
}

/** How the key stores answer the process that is asked, and until when it can go on without them. */
export const showProvider = async ({
  ctx: { app, entry },
}: {
  ctx: VerbContext<'key.provider-viewed'>
}): Promise<KeyProviderOutput> => {
  const { wrapping, providers, holdMs, heldUntil, lapsed } = app.keyring.kekState()
  entry.shown({ count: providers.length, resource: { type: 'KeyProvider', id: null } })
  return {
    providers: providers.map(({ name, latencyMs, lastAnswerAt, problem, since }) => ({
      ...partsOf(name),
      wraps: name === wrapping,
      latencyMs,
      lastAnswerAt: lastAnswerAt?.toISOString() ?? null,
      problem,
      since: since.toISOString(),
    })),
    holdHours: holdMs / 3_600_000,
    heldUntil: heldUntil?.toISOString() ?? null,
    lapsed,
  }
}
