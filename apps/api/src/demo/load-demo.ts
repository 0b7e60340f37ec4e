import { withTransaction } from '@chartward/db'
import { displayName } from '@chartward/fhir'
import { builtInRoles, type PatientId, type UserId } from '@chartward/policy'
import type { App } from '../app.ts'
import { newId } from '../core/ids.ts'
import { importFile } from '../services/import/import-files.ts'
import { createDemoPatientAccount } from '../services/patient-accounts/create-demo-account.ts'
import { createDemoUser } from '../services/users/create-demo-user.ts'
import { openRecord } from '../vault/open-record.ts'
import { selectVersions } from '../vault/select-versions.ts'
import { newPassword } from './activity/passwords.ts'
import type { DemoPerson } from './people.ts'
import type { Population } from './population.ts'

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

export type MadeAccount = DemoAccount & { readonly id: UserId }

const PATIENTS_OF_A_NURSE = 25
/** Two people of the population, so that one can be seen not to see the other. */
const PATIENTS_WITH_ACCOUNTS = 2

/** The directory's practitioners, those who take part in the care of the most patients first. */
const busiestPractitioners = async ({ db }: App): Promise<string[]> => {
  const rows = await db.sql<{ practitioner_id: string }[]>`
    select practitioner_id from care_relationships where practitioner_id is not null
    group by practitioner_id order by count(*) desc, practitioner_id`
  return rows.map(({ practitioner_id: id }) => id)
}

const joinCareTeam = async (app: App, userId: UserId, practitionerId: string): Promise<void> => {
  const patients = await app.db.sql<{ patient_id: PatientId }[]>`
    select distinct patient_id from care_relationships where practitioner_id = ${practitionerId}
    order by patient_id limit ${PATIENTS_OF_A_NURSE}`
  const join = async ({ patient_id: patientId }: { readonly patient_id: PatientId }): Promise<void> => {
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
  await Promise.all(patients.map(join))
}

/** What a patient is called, by their record. */
const nameOf = async (app: App, patientId: PatientId): Promise<string> => {
  const selection = { patientIds: [patientId], type: 'Patient' } as const
  const [version] = await selectVersions(app.db, [patientId], selection, ['identity'])
  const record =
    version === undefined
      ? null
      : await app.keyring.withPatientKeys(patientId, (keys) => openRecord(version, ['identity'], keys))
  return displayName(record?.fields.identity?.name) ?? 'Patient'
}

/** Makes accounts of patients that can sign in at once: of those in the care of whoever sees the most. */
export const makePatientAccounts = async (app: App): Promise<DemoAccount[]> => {
  const [practitioner] = await busiestPractitioners(app)
  const patients = await app.db.sql<{ patient_id: PatientId }[]>`
    select patient_id from care_relationships where practitioner_id = ${practitioner ?? null}
    group by patient_id order by max(starts_at) desc, patient_id limit ${PATIENTS_WITH_ACCOUNTS}`
  const accounts: DemoAccount[] = []
  for (const [at, { patient_id: patientId }] of patients.entries()) {
    const password = newPassword()
    const email = `patient${at === 0 ? '' : at + 1}@demo.example`
    const called = { displayName: await nameOf(app, patientId), email, password }
    const made = await createDemoPatientAccount(app, { patientId, ...called })
    accounts.push({ role: builtInRoles.patient.name, ...called, ...made })
  }
  return accounts
}

/** Imports what the population's source has recorded up to a moment (ms) and not delivered yet. */
export const importPopulation = async (
  app: App,
  population: Population,
  {
    until,
    signal,
    onProgress = () => undefined,
  }: {
    readonly until: number
    readonly signal: AbortSignal
    readonly onProgress?: (patients: number) => void
  },
): Promise<void> => {
  await importFile(app, 'demo population', population.deliver(until), {
    trusted: true,
    author: 'service:import',
    onProgress: (progress) => onProgress(progress.patients),
    signal,
  })
}

/** Makes accounts that can sign in at once, for people who work with the patients that are there. */
export const makeAccounts = async (
  app: App,
  people: readonly DemoPerson[],
  families: readonly string[],
): Promise<MadeAccount[]> => {
  const practitioners = await busiestPractitioners(app)
  const accounts: MadeAccount[] = []
  for (const { role, email, practitioner, careTeam, namesakeOf, ...person } of people) {
    const family = namesakeOf === undefined ? undefined : families[namesakeOf % families.length]
    const given = person.displayName.split(' ')[0]
    const displayName = family === undefined ? person.displayName : `${given} ${family}`
    const password = newPassword()
    const practitionerId = practitioner === undefined ? undefined : practitioners[practitioner]
    const user = { displayName, email, role, password }
    const { id, totpSecret, otpauthUri } = await createDemoUser(app, {
      ...user,
      ...(practitionerId === undefined ? {} : { practitionerId }),
    })
    const colleague = careTeam === undefined ? undefined : practitioners[careTeam]
    if (colleague !== undefined) await joinCareTeam(app, id, colleague)
    accounts.push({ id, ...user, totpSecret, otpauthUri })
  }
  return accounts
}
