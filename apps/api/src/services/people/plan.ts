import { hash } from 'node:crypto'
import { canonicalise } from '@chartward/audit'
import type { LineOutcome, PeopleChangeKind, PeopleLine } from '@chartward/contract'
import { bulkAct, userId } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import { type Policy, privilegedRoles, type UserId } from '@chartward/policy'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { userNames } from '../users/names.ts'
import { requireFloors } from '../users/require-floors.ts'
import { type Current, currentPeople } from './current.ts'
import { type Step, stepOf } from './difference.ts'
import { depthOf, managersAfter, managersNow } from './managers.ts'
import type { Problem, Wanted } from './wanted.ts'
import { wantedByAct } from './wanted-by-act.ts'
import { wantedByFile } from './wanted-by-file.ts'

/** What is asked for: the bytes of a file, or an act and whom it is about as JSON. */
export interface Asked {
  readonly kind: PeopleChangeKind
  readonly askedBy: UserId
  readonly content: Uint8Array
  /** Of the content, in hex. */
  readonly sha256: string
}

/** One line of a plan: what is wanted, and what that comes to for the person as they stand. */
export interface PlannedLine {
  readonly wanted: Wanted
  readonly line: PeopleLine
}

export interface Plan {
  /** In the order in which they are carried out: who stands above others comes first. */
  readonly lines: readonly PlannedLine[]
  readonly hash: string
  readonly counts: Record<LineOutcome, number>
  readonly needsSecond: number
}

const actContent = z.strictObject({ act: bulkAct, people: z.array(userId) })

const wantedOf = async (tx: Transaction, app: App, asked: Asked, policy: Policy): Promise<Wanted[]> => {
  if (asked.kind === 'import') return wantedByFile(tx, app, { bytes: asked.content, policy })
  const parsed = actContent.safeParse(JSON.parse(Buffer.from(asked.content).toString()))
  if (!parsed.success) throw new ChartwardError('INTEGRITY')
  return wantedByAct(parsed.data, { policy, now: app.clock() })
}

/** The content of an act, as it is kept and hashed. */
export const contentOf = (content: z.input<typeof actContent>): Buffer => Buffer.from(JSON.stringify(content))

/**
 * What an act comes to, person by person, as they stand now. Changes nothing: what is shown of an act, what
 * is agreed on, and what is carried out are made by this alone. Throws INVALID_INPUT or NOT_FOUND for what
 * can't be read.
 */
export const planOf = async (tx: Transaction, app: App, asked: Asked): Promise<Plan> => {
  const policy = await app.policies.inForce()
  const all = await wantedOf(tx, app, asked, policy)
  const people = await currentPeople(
    tx,
    app,
    all.flatMap(({ who }) => (who.is === 'known' ? [who.id] : [])),
  )
  const names = await userNames(
    tx,
    all.flatMap(({ manager }) => (manager?.by === 'user' ? [manager.id] : [])),
  )
  const given = { policy, now: app.clock(), askedBy: asked.askedBy, names }
  const managers = managersAfter(await managersNow(tx), all)
  const planned = all.map((one) => {
    const current = one.who.is === 'known' ? (people.get(one.who.id) ?? null) : null
    const wanted = withMore(one, troubleOf(one, current, { managers, names }))
    return { wanted, current, step: stepOf(wanted, current, given), depth: depthOf(managers, one) ?? 0 }
  })
  const kept = await withFloors(tx, app, planned, given)
  const lines = refusedManagers(kept)
    .toSorted((a, b) => a.depth - b.depth || a.step.line.line - b.step.line.line)
    .map(({ wanted, step }) => ({ wanted, line: step.line }))
  const inOrder = lines.map(({ line }) => line).toSorted((a, b) => a.line - b.line)
  const of = (outcome: LineOutcome) => inOrder.filter((line) => line.outcome === outcome).length
  return {
    lines,
    hash: hash('sha256', canonicalise({ kind: asked.kind, sha256: asked.sha256, lines: inOrder }), 'hex'),
    counts: { create: of('create'), change: of('change'), same: of('same'), refused: of('refused') },
    needsSecond: inOrder.filter(({ needsSecond }) => needsSecond).length,
  }
}

interface Planned {
  readonly wanted: Wanted
  readonly current: Current | null
  readonly step: Step
  readonly depth: number
}

const withMore = (wanted: Wanted, more: readonly Problem[]): Wanted =>
  more.length === 0 ? wanted : { ...wanted, problems: [...wanted.problems, ...more] }

const troubleOf = (
  wanted: Wanted,
  current: Current | null,
  {
    managers,
    names,
  }: { readonly managers: ReadonlyMap<string, string>; readonly names: ReadonlyMap<string, string> },
): Problem[] => {
  const { who, manager } = wanted
  if (who.is === 'known' && current === null)
    return [{ column: null, says: 'There is no such user any more. Choose again.' }]
  if (manager?.by === 'user' && !names.has(manager.id))
    return [{ column: 'manager', says: 'There is no such user. Choose somebody who has an account.' }]
  if (manager == null || depthOf(managers, wanted) !== null) return []
  return [
    {
      column: 'manager',
      says: 'They would stand above their own manager. Change the manager of one of them first.',
    },
  ]
}

/** Whoever would stand under somebody whose own line is refused has nobody to stand under. */
const refusedManagers = (planned: readonly Planned[]): readonly Planned[] => {
  const refused = new Set(
    planned.flatMap(({ step: { line } }) => (line.outcome === 'refused' ? [line.line] : [])),
  )
  const isLost = ({ wanted: { manager }, step: { line } }: Planned) =>
    line.outcome !== 'refused' && manager?.by === 'line' && refused.has(manager.line)
  const lost = planned.filter(isLost)
  if (lost.length === 0) return planned
  return refusedManagers(
    planned.map((one) =>
      isLost(one)
        ? refusedFor(one, {
            column: 'manager',
            says: 'The line of this manager is refused. Correct it first.',
          })
        : one,
    ),
  )
}

const refusedFor = (one: Planned, problem: Problem): Planned => ({
  ...one,
  wanted: withMore(one.wanted, [problem]),
  step: {
    gains: [],
    losses: [],
    line: {
      ...one.step.line,
      outcome: 'refused',
      changes: [],
      problems: [...one.step.line.problems, problem],
      needsSecond: false,
    },
  },
})

/** Of lines that would leave too few who can run the installation, the later ones are refused. */
const withFloors = async (
  tx: Transaction,
  app: App,
  planned: readonly Planned[],
  { policy }: { readonly policy: Policy },
): Promise<readonly Planned[]> => {
  const privileged = privilegedRoles(policy)
  const leaving = new Set<string>()
  const kept: Planned[] = []
  for (const one of planned) {
    const { current, step } = one
    const isClosed = step.line.changes.some(({ what, to }) => what === 'state' && to === 'deactivated')
    const ends = (isClosed ? (current?.held ?? []) : step.losses)
      .filter(({ role }) => privileged.includes(role))
      .map(({ assignmentId }) => assignmentId)
    if (ends.length === 0) {
      kept.push(one)
      continue
    }
    try {
      await requireFloors(
        tx,
        app,
        ({ assignmentId }) => leaving.has(assignmentId) || ends.includes(assignmentId),
      )
      for (const id of ends) leaving.add(id)
      kept.push(one)
    } catch (error) {
      if (!(error instanceof ChartwardError) || error.code !== 'CONFLICT') throw error
      kept.push(refusedFor(one, { column: isClosed ? 'status' : 'roles', says: error.message }))
    }
  }
  return kept
}
