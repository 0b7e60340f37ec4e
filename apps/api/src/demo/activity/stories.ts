import { keyOf } from '../people.ts'
import { type Act, personAct, type Story } from './act.ts'
import type { Plan } from './plan.ts'
import { administration } from './stories/administration.ts'
import { billing } from './stories/billing.ts'
import { breakGlass } from './stories/break-glass.ts'
import { careTeams } from './stories/care-teams.ts'
import { charts } from './stories/charts.ts'
import { covers } from './stories/covers.ts'
import { deliveries } from './stories/deliveries.ts'
import { dormant } from './stories/dormant.ts'
import { exports } from './stories/exports.ts'
import { lockedDown } from './stories/locked-down.ts'
import { namesake } from './stories/namesake.ts'
import { newcomers, roleRequests } from './stories/newcomers.ts'
import { oversight } from './stories/oversight.ts'
import { peopleImport } from './stories/people-import.ts'
import { tooManyCharts } from './stories/too-many-charts.ts'
import { verifications } from './stories/verifications.ts'
import { wrongTurns } from './stories/wrong-turns.ts'

/** All that happens. Another story is a file beside these, and a line here. */
const STORIES: readonly Story[] = [
  charts,
  billing,
  oversight,
  administration,
  wrongTurns,
  careTeams,
  breakGlass,
  covers,
  exports,
  newcomers,
  roleRequests,
  peopleImport,
  lockedDown,
  dormant,
  tooManyCharts,
  namesake,
  verifications,
  deliveries,
]

/** Everybody leaves before the console opens: nobody who signs in then ends another's session. */
const everybodyLeaves: Story = (plan) =>
  plan.people.map((person) => personAct(plan.to, keyOf(person), 'signs out', (player) => player.signsOut()))

/** What is done, in the order of its time. The same plan gives the same acts. */
export const actsOf = (plan: Plan): Act[] =>
  [...STORIES, everybodyLeaves].flatMap((story) => [...story(plan)]).sort((a, b) => a.at - b.at)
