import { peopleColumn, peopleLine, userId } from '@chartward/contract'
import type { UserId } from '@chartward/policy'
import { z } from 'zod'
import { newId } from '../../core/ids.ts'
import type { Plan, PlannedLine } from './plan.ts'
import type { Wanted } from './wanted.ts'

const moment = z.nullable(z.coerce.date())
const role = z.strictObject({ role: z.string(), startsAt: moment, endsAt: moment })

const wantedForm = z.strictObject({
  line: z.int(),
  who: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('known'), id: userId }),
    z.strictObject({ is: z.literal('new'), id: z.nullable(userId), email: z.string() }),
  ]),
  displayName: z.string(),
  email: z.string(),
  rename: z.boolean(),
  department: z.nullable(z.string()).exactOptional(),
  employeeNumber: z.nullable(z.string()).exactOptional(),
  manager: z
    .nullable(
      z.discriminatedUnion('by', [
        z.strictObject({ by: z.literal('user'), id: userId }),
        z.strictObject({ by: z.literal('line'), line: z.int(), displayName: z.string() }),
      ]),
    )
    .exactOptional(),
  roles: z
    .union([
      z.strictObject({ mode: z.enum(['exactly', 'give']), roles: z.array(role) }),
      z.strictObject({ mode: z.literal('end'), role: z.string() }),
    ])
    .exactOptional(),
  status: z.enum(['active', 'deactivated']).exactOptional(),
  problems: z.array(z.strictObject({ column: z.nullable(peopleColumn), says: z.string() })),
})

const agreed = z.strictObject({
  hash: z.string(),
  lines: z.array(z.strictObject({ wanted: wantedForm, line: peopleLine })),
})

/** A plan as two people have agreed on it, or one where one may: its lines in the order of being done. */
export interface Agreed {
  readonly hash: string
  readonly lines: readonly PlannedLine[]
}

const numberedOf = (wanted: Wanted): Wanted => {
  if (wanted.who.is === 'known') return wanted
  const id: UserId = newId()
  return { ...wanted, who: { ...wanted.who, id } }
}

/**
 * A plan as it is kept. Each new account gets its id here: whoever does it again after a kill makes the same
 * one.
 */
export const planText = ({ hash, lines }: Plan): Buffer => {
  const numbered = lines.map(({ wanted, line }) => ({ line, wanted: numberedOf(wanted) }))
  return Buffer.from(JSON.stringify({ hash, lines: numbered } satisfies Agreed))
}

export const agreedPlan = (text: Buffer): Agreed => agreed.parse(JSON.parse(text.toString()))
