import type { Plan } from './plan.ts'
import type { Player } from './player.ts'
import type { Stage } from './stage.ts'

/** Something that somebody does, once its time has come. */
export interface Act {
  /** In milliseconds. */
  readonly at: number
  /** Whose turn it is: the address of somebody before the `@`, or a part of the system. */
  readonly by: string
  /** In words, for whoever compares two plans, or asks which act has failed. */
  readonly what: string
  /**
   * Nothing else is under way meanwhile: it rests on what others have done, or others will rest on it.
   */
  readonly alone?: true
  do(stage: Stage): Promise<void>
}

/**
 * Something that happens in the ninety days, in a file of its own. It may skip what the plan is too short
 * for.
 */
export type Story = (plan: Plan) => Iterable<Act>

/** An act of a person, who is signed in for it where they are not. */
export const personAct = (
  at: number,
  by: string,
  what: string,
  work: (player: Player, stage: Stage) => Promise<unknown>,
  alone?: true,
): Act => ({
  at,
  by,
  what,
  ...(alone === undefined ? {} : { alone }),
  do: async (stage) => {
    await work(stage.player(by), stage)
  },
})

/** One step of a story: so many days ago, at an hour, by somebody. */
export interface Step {
  readonly ago: number
  readonly hour: number
  readonly by: string
  readonly what: string
  readonly do: (player: Player, stage: Stage) => Promise<unknown>
}

/**
 * A story in steps, of which each rests on those before it. All of it, or what is long past of it is not told
 * at all: a plan that does not reach back to its beginning leaves it out. What is still to come is left out.
 */
export const inSteps = (plan: Plan, steps: readonly Step[]): Act[] => {
  const [first] = steps
  if (first === undefined || plan.at(first.ago, 0) === null) return []
  return steps.flatMap(({ ago, hour, by, what, do: work }) => {
    const at = plan.at(ago, hour)
    return at === null ? [] : [personAct(at, by, what, work, true)]
  })
}
