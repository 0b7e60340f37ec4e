import { createHash } from 'node:crypto'
import type { PreviewPeopleInput, PreviewPeopleOutput } from '@chartward/contract'
import { withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { VerbContext } from '../../guard/guard.ts'
import { type Asked, contentOf, planOf } from './plan.ts'
import { wantsOf } from './wanted-by-act.ts'

/** What is asked for by an act for several people, with the hash of it. */
export const askedByAct = (
  { change, people }: Pick<PreviewPeopleInput, 'change' | 'people'>,
  askedBy: UserId,
): Asked => {
  const content = contentOf({ act: change, people })
  const kind = change.act === 'transfer' ? 'transfer' : 'bulk'
  return { kind, askedBy, content, sha256: createHash('sha256').update(content).digest('hex') }
}

/**
 * What an act would do, person by person and by name, with what it would not do and why. Nothing is changed.
 * What it names and is not there is an error at its field.
 */
export const previewPeople = async ({
  ctx: { app, user, policy, entry },
  input,
}: {
  readonly ctx: VerbContext<'people.viewed'>
  readonly input: PreviewPeopleInput
}): Promise<PreviewPeopleOutput> => {
  wantsOf(input.change, policy, app.clock())
  const plan = await withTransaction(app.db, 'none', (tx) => planOf(tx, app, askedByAct(input, user.id)))
  entry.shown({ count: plan.lines.length, resource: { type: 'user', id: null } })
  const { hash, counts, needsSecond } = plan
  return {
    hash,
    counts,
    needsSecond,
    lines: plan.lines.map(({ line }) => line).toSorted((a, b) => a.line - b.line),
  }
}
