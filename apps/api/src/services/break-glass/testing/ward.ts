import type { PatientId, UserId } from '@chartward/policy'
import { newId } from '../../../core/ids.ts'
import { appRouter } from '../../../router.ts'
import { insertVouched } from '../../../testing/rows.ts'
import { type SignInOptions, signInAs } from '../../../testing/sign-in.ts'
import type { TestApp } from '../../../testing/test-app.ts'
import { createCallerFactory } from '../../../trpc/trpc.ts'
import { condition, importTexts, ndjson, patient } from '../../import/testing/inputs.ts'

const callerFor = createCallerFactory(appRouter)

export const HOUR_MS = 3_600_000
export const why = 'Found on the floor of the waiting room'

/** Somebody who is signed in, with what they may ask for. */
export const personOn = async (
  t: TestApp,
  roles: string | readonly string[],
  options: SignInOptions = {},
) => {
  const signedIn = await signInAs(t.app, roles, options)
  return { ...signedIn, id: signedIn.userId, call: callerFor(signedIn.context) }
}

export type Person = Awaited<ReturnType<typeof personOn>>

let people = 0
const LETTERS = 'abcdefghijklmnopqrst'

/** A family name that no other test has: of letters, as names are. */
export const newFamily = (): string => {
  people += 1
  return `Quince${Array.from(String(people), (digit) => LETTERS[Number(digit)]).join('')}`
}

export interface Registered {
  readonly patientId: PatientId
  readonly family: string
  readonly mrn: string
  readonly birthDate: string
}

/** A patient of nobody, with a record or two, as an import brings them. */
export const newPatient = async (
  t: TestApp,
  {
    family = newFamily(),
    birthDate = '1961-04-12',
    more = [],
    patientMore = {},
  }: {
    family?: string
    birthDate?: string
    more?: readonly object[]
    patientMore?: object
  } = {},
): Promise<Registered> => {
  const id = newId()
  const mrn = id.slice(-12).toUpperCase()
  const person = patient(id, family, {
    birthDate,
    gender: 'female',
    identifier: [{ type: { coding: [{ code: 'MR' }] }, value: mrn }],
    ...patientMore,
  })
  const { problems } = await importTexts(t.app, {
    'one.ndjson': ndjson(
      person,
      condition(`${id}-c`, id, 'A broken hip'),
      ...more.map((one) => ({ ...one, subject: { reference: `Patient/${id}` } })),
    ),
  })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  const owner = t.database.open('chartward_owner', 1)
  const [found] = await owner.sql<
    { id: PatientId }[]
  >`select id from patients order by created_at desc limit 1`
  if (found === undefined) throw new Error('the patient was not found')
  return { patientId: found.id, family, mrn, birthDate }
}

export const giveCare = (t: TestApp, patientId: PatientId, userId: UserId, endsAt: Date | null = null) =>
  insertVouched(t.app, 'care-relationship', [
    {
      patientId,
      id: newId(),
      userId,
      kind: 'care-team',
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt: new Date(t.now.getTime() - 1000),
      endsAt,
    },
  ])
