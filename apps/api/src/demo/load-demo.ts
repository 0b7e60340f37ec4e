import { randomBytes } from 'node:crypto'
import { schema, withTransaction } from '@chartward/db'
import { generatePopulation } from '@chartward/fhir'
import type { PatientId, UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../app.ts'
import { newId } from '../core/ids.ts'
import { importFile } from '../services/import/import-files.ts'
import { createDemoUser } from '../services/users/create-demo-user.ts'
import { DEMO_PEOPLE } from './people.ts'

/**
 * How a person signs in to the demo. Shown on the terminal and in demo-accounts.json; a demo has no real
 * data.
 */
export interface DemoAccount {
  readonly role: string
  readonly displayName: string
  readonly email: string
  readonly password: string
  readonly totpSecret: string
  readonly otpauthUri: string
}

/** The population is the same at every start of the same version: its seed says which it is. */
const SEED = 'chartward-demo-1'
const PATIENTS_OF_THE_NURSE = 25

async function* populationLines(patients: number, asOf: Date): AsyncGenerator<Uint8Array> {
  for (const bundle of generatePopulation({ seed: SEED, patients, asOf })) {
    yield Buffer.from(`${JSON.stringify(bundle)}\n`)
  }
}

/** The directory's practitioner who takes part in the care of the most patients. */
const busiestPractitioner = async ({ db }: App): Promise<string | null> => {
  const [row] = await db.sql<{ practitioner_id: string }[]>`
    select practitioner_id from care_relationships where practitioner_id is not null
    group by practitioner_id order by count(*) desc, practitioner_id limit 1`
  return row?.practitioner_id ?? null
}

const joinCareTeam = async (app: App, userId: UserId, practitionerId: string): Promise<void> => {
  const patients = await app.db.sql<{ patient_id: PatientId }[]>`
    select distinct patient_id from care_relationships where practitioner_id = ${practitionerId}
    order by patient_id limit ${PATIENTS_OF_THE_NURSE}`
  for (const { patient_id: patientId } of patients) {
    const id = newId()
    await withTransaction(app.db, [patientId], async (tx) => {
      const startsAt = app.clock()
      const relationship = {
        patientId,
        id,
        userId,
        kind: 'care-team',
        trusted: true,
        underGiver: false,
        narrowed: false,
        startsAt,
      } as const
      await app.vouching.insert(tx, 'care-relationship', [relationship])
      await app.audit.append(tx, {
        action: 'care.relationship.created',
        outcome: 'success',
        actor: { kind: 'system', name: 'demo' },
        resource: { type: 'CareRelationship', id },
        patientId,
        change: { before: null, after: { userId, kind: 'care-team', startsAt: startsAt.toISOString() } },
      })
    })
  }
}

const findUser = async ({ db }: App, email: string): Promise<string | null> => {
  const [row] = await db.orm
    .select({ id: schema.users.id })
    .from(schema.users)
    .where(eq(schema.users.email, email))
  return row?.id ?? null
}

/**
 * Fills a demo installation: a generated population by the importer, and one account per role. Killed
 * half-way it may be run again: patients that are there stay, and accounts are made last, all in one go of
 * `onAccounts`, which must keep them.
 */
export const loadDemo = async (
  app: App,
  patients: number,
  onProgress: (loaded: number) => void,
): Promise<DemoAccount[]> => {
  const asOf = new Date(Date.UTC(app.clock().getUTCFullYear(), app.clock().getUTCMonth(), 1))
  await importFile(app, 'demo population', populationLines(patients, asOf), {
    trusted: true,
    author: 'service:import',
    onProgress: (progress) => onProgress(progress.patients),
  })
  const practitionerId = await busiestPractitioner(app)
  const accounts: DemoAccount[] = []
  for (const person of DEMO_PEOPLE) {
    const { displayName, role } = person
    // A start that was killed after making an account has lost its password: the address is taken, so
    // another is made.
    const taken = (await findUser(app, person.email)) !== null
    const email = taken ? person.email.replace('@', `+${randomBytes(3).toString('hex')}@`) : person.email
    const password = `Demo-${randomBytes(9).toString('base64url')}-7`
    const {
      id: userId,
      totpSecret,
      otpauthUri,
    } = await createDemoUser(app, {
      displayName,
      email,
      role,
      password,
      ...(person.practitioner && practitionerId !== null ? { practitionerId } : {}),
    })
    if (person.careTeam && practitionerId !== null) await joinCareTeam(app, userId, practitionerId)
    accounts.push({ role, displayName, email, password, totpSecret, otpauthUri })
  }
  await app.audit.commit({
    action: 'installation.demo-loaded',
    outcome: 'success',
    actor: { kind: 'system', name: 'demo' },
    resource: { type: 'Installation', id: null },
    count: patients,
  })
  return accounts
}
