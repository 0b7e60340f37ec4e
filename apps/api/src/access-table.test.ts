import { builtInPolicy, type PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from './core/ids.ts'
import { installQueue } from './jobs/install-queue.ts'
import { appRouter } from './router.ts'
import { startOne } from './services/keys/testing/rotations.ts'
import { entriesOfRequest, refusalOf } from './testing/entries.ts'
import { insertVouched } from './testing/rows.ts'
import { signInAs, type TestSignIn } from './testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from './testing/test-app.ts'
import { createCallerFactory, type ProcedureMeta } from './trpc/trpc.ts'

/**
 * Who may call what, written by hand from docs/hipaa.md and the roles' descriptions; not derived from
 * the policy that it checks. A procedure that is missing here fails the test. The letters are the
 * columns of ROLES.
 */
const ROLES = {
  A: 'administrator',
  O: 'privacy-officer',
  S: 'security-officer',
  C: 'clinician',
  N: 'nurse',
  B: 'billing',
  Y: 'analyst',
  P: 'patient',
  U: 'auditor',
} as const
const EVERYONE = 'AOSCNBYPU'

const id = newId()
const reason = 'for the table'
const hash = '0'.repeat(64)
/** A file of people of one line. */
const PEOPLE = `name,email,employee_number,department,manager,roles,status\nAda Bee,${id}@people.test,,,,,`
const composition = {
  permissions: [{ permission: 'export:request:list', rows: null }],
  clear: [],
  partly: [],
  masked: [],
  hidden: [],
  labels: [],
  breakGlass: false,
}

/** The patient in the care of the clinician and the nurse, and who is the patient with an account. */
const patientId: PatientId = newId()

interface Row {
  readonly may: string
  /** What whoever may is told, where there is nothing to do it to; otherwise it is done. */
  readonly gets?: 'NOT_FOUND' | 'CONFLICT' | 'PASSKEY_REFUSED' | 'WRONG_CODE'
  readonly input: unknown
}

/** Of no attempt that was begun. */
const passkeyMade = {
  attempt: 'none',
  id: 'AAAA',
  clientDataJSON: 'AAAA',
  attestationObject: 'AAAA',
  transports: [],
  name: 'A key',
}

const TABLE: Readonly<Record<string, Row>> = {
  'users.list': { may: 'AOS', input: {} },
  'users.get': { may: 'AOS', gets: 'NOT_FOUND', input: { id } },
  'users.roles': { may: 'AOS', input: {} },
  'users.rolePermits': { may: 'AOS', input: {} },
  'users.invite': { may: 'A', input: { email: `${id}@example.test`, displayName: 'Somebody New' } },
  'users.reinvite': { may: 'A', gets: 'NOT_FOUND', input: { id } },
  'users.deactivate': { may: 'A', gets: 'NOT_FOUND', input: { id, reason } },
  'users.reactivate': { may: 'A', gets: 'NOT_FOUND', input: { userId: id, reason } },
  'users.sendReset': { may: 'A', gets: 'NOT_FOUND', input: { userId: id, reason } },
  'users.rename': { may: 'A', gets: 'NOT_FOUND', input: { userId: id, displayName: 'Other', reason } },
  'users.changeAddress': {
    may: 'A',
    gets: 'NOT_FOUND',
    input: { userId: id, email: `${id}@elsewhere.test`, reason },
  },
  'users.lockDownMany': { may: 'AOS', gets: 'NOT_FOUND', input: { userIds: [id], reason } },
  'users.lockDown': { may: 'AOS', gets: 'NOT_FOUND', input: { userId: id, reason } },
  'users.assignRole': { may: 'A', gets: 'NOT_FOUND', input: { userId: id, role: 'nurse', reason } },
  'users.reportLostFactor': { may: 'A', gets: 'NOT_FOUND', input: { userId: id, reason } },
  'users.factorResetLink': { may: 'A', gets: 'NOT_FOUND', input: { userId: id } },
  'users.endAssignment': { may: 'A', gets: 'NOT_FOUND', input: { assignmentId: id, reason } },
  'users.requestPractitionerLink': {
    may: 'A',
    gets: 'NOT_FOUND',
    input: { userId: id, npi: '9912345678', reason },
  },
  'account.signIns': { may: EVERYONE, input: {} },
  'account.roles': { may: EVERYONE, input: {} },
  'factors.mine': { may: EVERYONE, input: {} },
  'factors.startPasskey': { may: EVERYONE, input: {} },
  'factors.addPasskey': { may: EVERYONE, gets: 'PASSKEY_REFUSED', input: passkeyMade },
  'factors.renamePasskey': { may: EVERYONE, gets: 'NOT_FOUND', input: { id, name: 'A key' } },
  'factors.startAuthenticator': { may: EVERYONE, input: {} },
  'factors.addAuthenticator': { may: EVERYONE, gets: 'WRONG_CODE', input: { code: '123456' } },
  'factors.remove': { may: EVERYONE, gets: 'NOT_FOUND', input: { id } },
  'factors.renewRecoveryCodes': { may: EVERYONE, input: {} },
  'factors.callOffReset': { may: EVERYONE, gets: 'CONFLICT', input: { id } },
  'backups.list': { may: 'AOSU', input: {} },
  'sessions.list': { may: 'AS', input: {} },
  'sessions.end': { may: 'AS', gets: 'NOT_FOUND', input: { userId: id, sessions: 'all', reason } },
  'notices.mine': { may: EVERYONE, input: {} },
  'sessions.mine': { may: EVERYONE, input: {} },
  'sessions.devices': { may: EVERYONE, input: {} },
  'sessions.forgetDevices': { may: EVERYONE, input: { devices: [id] } },
  'sessions.endMine': { may: EVERYONE, input: { sessions: 'others' } },
  'why.may': { may: 'AOS', gets: 'NOT_FOUND', input: { userId: id, permission: 'vault:record:read' } },
  'why.mayPatient': {
    may: 'O',
    gets: 'NOT_FOUND',
    input: { userId: id, permission: 'vault:record:read', patientId },
  },
  'why.readers': { may: 'O', input: { patientId, field: 'Patient.name' } },
  'roles.list': { may: 'AOS', input: {} },
  'roles.get': { may: 'AOS', gets: 'NOT_FOUND', input: { name: 'no-such-role' } },
  'roles.compare': { may: 'AOS', gets: 'NOT_FOUND', input: { name: 'no-such-role', version: 1 } },
  'roles.replay': { may: 'AOS', gets: 'NOT_FOUND', input: { name: 'no-such-role', version: 1 } },
  'roles.conflicts': { may: 'AOS', input: { userId: id, role: 'nurse' } },
  'roles.saveDraft': {
    may: 'A',
    gets: 'NOT_FOUND',
    input: { name: 'no-such-role', basedOn: 1, title: 'None', description: 'None', ...composition, reason },
  },
  'roles.putInForce': {
    may: 'A',
    gets: 'NOT_FOUND',
    input: { name: 'no-such-role', version: 1, hash, reason },
  },
  'roles.retire': { may: 'A', gets: 'NOT_FOUND', input: { name: 'no-such-role', reason } },
  'approvals.list': { may: 'AOS', input: {} },
  'approvals.get': { may: 'AOS', gets: 'NOT_FOUND', input: { id } },
  'approvals.approve': { may: 'AOS', gets: 'NOT_FOUND', input: { id, hash } },
  'approvals.reject': { may: 'AOS', gets: 'NOT_FOUND', input: { id, hash, reason } },
  'patientAccounts.get': { may: 'OCN', input: { patientId } },
  'patientAccounts.request': {
    may: 'OCN',
    gets: 'CONFLICT',
    input: { patientId, displayName: 'Ada Bee', email: 'ada@people.test', reason },
  },
  'patientAccounts.approve': { may: 'O', gets: 'NOT_FOUND', input: { patientId, approvalId: id, reason } },
  'patientAccounts.reject': { may: 'O', gets: 'NOT_FOUND', input: { patientId, approvalId: id, reason } },
  'patientAccounts.invite': { may: 'OCN', gets: 'CONFLICT', input: { patientId } },
  'patientAccounts.end': { may: 'O', gets: 'CONFLICT', input: { patientId: id, reason } },
  'shred.get': { may: 'O', input: { patientId } },
  'shred.setHold': { may: 'O', input: { patientId, reason } },
  'shred.requestLift': { may: 'O', gets: 'NOT_FOUND', input: { patientId, holdId: id, reason } },
  'shred.approveLift': { may: 'O', gets: 'NOT_FOUND', input: { patientId, approvalId: id, reason } },
  'shred.rejectLift': { may: 'O', gets: 'NOT_FOUND', input: { patientId, approvalId: id, reason } },
  'shred.request': { may: 'O', gets: 'CONFLICT', input: { patientId, reason } },
  'shred.approve': { may: 'O', gets: 'NOT_FOUND', input: { patientId, approvalId: id, reason } },
  'shred.reject': { may: 'O', gets: 'NOT_FOUND', input: { patientId, approvalId: id, reason } },
  'shred.list': { may: 'OU', input: {} },
  'shred.certificate': { may: 'OU', gets: 'NOT_FOUND', input: { id } },
  'shred.signCertificate': { may: 'OU', gets: 'NOT_FOUND', input: { id } },
  'keys.search': { may: 'AOSU', input: {} },
  'patients.mine': { may: 'CN', input: {} },
  'patients.search': { may: 'OCNB', input: { by: 'mrn', text: '12345' } },
  'patients.get': { may: 'OCNBP', gets: 'NOT_FOUND', input: { id: patientId } },
  'records.list': { may: 'CNBP', input: { patientId, type: 'Patient' } },
  'records.takeAway': { may: 'P', input: { patientId, type: 'Patient' } },
  'records.overview': { may: 'CNBP', input: { patientId } },
  'records.trend': { may: 'CNP', input: { patientId, kind: 'http://loinc.org|8867-4' } },
  'records.get': { may: 'CNBP', gets: 'NOT_FOUND', input: { patientId, id } },
  'claims.search': { may: 'B', input: { number: '12345' } },
  'claims.links': { may: 'CNBP', gets: 'NOT_FOUND', input: { patientId, id } },
  'care.list': { may: 'OCN', input: { patientId } },
  'care.candidates': { may: 'OCN', input: { patientId, text: 'a' } },
  'care.add': { may: 'OC', gets: 'NOT_FOUND', input: { patientId, userId: id, reason } },
  'care.end': { may: 'OC', gets: 'NOT_FOUND', input: { patientId, id, reason } },
  'care.window': { may: 'AO', input: { days: 365 } },
  'covers.list': { may: 'OCN', input: {} },
  'covers.candidates': { may: 'OCN', input: { text: 'a' } },
  'covers.give': {
    may: 'OC',
    gets: 'CONFLICT',
    input: { patients: 'all', userIds: [id], endsAt: new Date(Date.now() + 3_600_000), reason },
  },
  'covers.end': { may: 'OC', gets: 'NOT_FOUND', input: { id, reason } },
  'breakGlass.search': { may: 'CN', input: { mrn: '12345' } },
  'breakGlass.open': { may: 'CN', gets: 'NOT_FOUND', input: { patientId: id, cause: 'emergency', reason } },
  'breakGlass.mine': { may: EVERYONE, input: {} },
  'breakGlass.endMine': { may: EVERYONE, gets: 'NOT_FOUND', input: { id } },
  'breakGlass.list': { may: 'O', input: {} },
  'breakGlass.get': { may: 'O', gets: 'NOT_FOUND', input: { id } },
  'breakGlass.end': { may: 'O', gets: 'NOT_FOUND', input: { id, reason } },
  'breakGlass.review': { may: 'O', gets: 'NOT_FOUND', input: { id, verdict: 'appropriate', note: reason } },
  'exports.request': { may: 'Y', input: { purpose: 'For the table of who may', types: ['Patient'] } },
  'exports.list': { may: 'OY', input: {} },
  'exports.get': { may: 'OY', gets: 'NOT_FOUND', input: { id } },
  'exports.approve': { may: 'O', gets: 'NOT_FOUND', input: { id, reason, attestation: true } },
  'exports.reject': { may: 'O', gets: 'NOT_FOUND', input: { id, reason } },
  'uploads.list': { may: 'A', input: {} },
  'uploads.get': { may: 'A', gets: 'NOT_FOUND', input: { id } },
  'uploads.withdraw': { may: 'A', gets: 'NOT_FOUND', input: { id, reason } },
  'uploads.requestTrust': { may: 'A', gets: 'NOT_FOUND', input: { id, reason } },
  'people.matching': { may: 'AOS', input: {} },
  'people.preview': { may: 'AOS', input: { change: { act: 'deactivate' }, people: [id] } },
  'people.change': {
    may: 'A',
    gets: 'CONFLICT',
    input: { change: { act: 'deactivate' }, people: [id], hash, reason },
  },
  'people.importFile': { may: 'A', input: { file: Buffer.from(PEOPLE).toString('base64') } },
  'people.requestImport': { may: 'A', gets: 'NOT_FOUND', input: { id, hash, reason } },
  'people.discard': { may: 'A', gets: 'NOT_FOUND', input: { id } },
  'people.list': { may: 'AOS', input: {} },
  'people.get': { may: 'AOS', gets: 'NOT_FOUND', input: { id } },
  'people.report': { may: 'AOS', gets: 'NOT_FOUND', input: { id } },
  'audit.search': { may: 'OSU', input: {} },
  'audit.get': { may: 'OSU', gets: 'NOT_FOUND', input: { id } },
  'audit.proof': { may: 'OSU', gets: 'NOT_FOUND', input: { id } },
  'audit.actions': { may: 'OSU', input: {} },
  'audit.histogram': { may: 'OSU', input: { bucket: 'hour' } },
  'audit.accesses': { may: 'O', gets: 'NOT_FOUND', input: { patientId: id } },
  'audit.ownAccesses': { may: 'P', input: { patientId } },
  'audit.printAccesses': { may: 'O', gets: 'NOT_FOUND', input: { patientId: id } },
  'audit.askCheck': { may: 'OSU', input: {} },
  'audit.check': { may: 'OSU', gets: 'NOT_FOUND', input: { id } },
  'audit.head': { may: EVERYONE, input: {} },
  'audit.consistency': { may: EVERYONE, gets: 'NOT_FOUND', input: { from: 1, to: 2 } },
  'home.activity': { may: EVERYONE, input: { bucket: 'hour', days: 1 } },
  'home.mine': { may: EVERYONE, input: {} },
  'home.accounts': { may: 'A', input: {} },
  'home.oversight': { may: 'O', input: { since: '2026-11-01T00:00:00Z' } },
  'home.security': { may: 'S', input: { since: '2026-11-01T00:00:00Z' } },
  'keys.provider': { may: 'AOSU', input: {} },
  'home.log': { may: 'SU', input: { since: '2026-11-01T00:00:00Z' } },
  'needsYou.list': { may: EVERYONE, input: {} },
  'keys.list': { may: 'AOSU', input: {} },
  'keys.history': { may: 'AOSU', input: {} },
  'keys.cost': { may: 'AS', input: { purpose: 'kek' } },
  // One is under way.
  'keys.rotate': { may: 'AS', gets: 'CONFLICT', input: { purpose: 'mails', cause: 'hand', reason } },
  'keys.rotatePatient': { may: 'O', input: { patientId, reason } },
  'keys.pause': { may: 'AS', gets: 'NOT_FOUND', input: { id } },
  'keys.resume': { may: 'AS', gets: 'NOT_FOUND', input: { id } },
  'works.list': { may: EVERYONE, input: {} },
  'works.get': { may: EVERYONE, gets: 'NOT_FOUND', input: { id } },
  'works.cancel': { may: EVERYONE, gets: 'NOT_FOUND', input: { id } },
}

/** Anyone may call these: they are the way in. */
const OPEN = [
  'auth.session',
  'auth.signIn',
  'auth.verifyTotp',
  'auth.useRecoveryCode',
  'auth.passwordRules',
  'auth.askPasskey',
  'auth.signInByPasskey',
  'auth.stepUpByPasskey',
  'auth.startPasskeyEnrolment',
  'auth.finishPasskeyEnrolment',
  'auth.factorReset',
  'auth.acceptFactorReset',
  'auth.startEnrolment',
  'auth.finishEnrolment',
  'auth.invitation',
  'auth.acceptInvitation',
  'auth.stepUp',
  'auth.explainAccess',
  'auth.changePassword',
  'auth.askForReset',
  'auth.reset',
  'auth.resetPassword',
  'auth.confirmAddress',
  'auth.signOut',
]

const metaOf = (procedure: unknown): ProcedureMeta | undefined =>
  typeof procedure === 'function' && '_def' in procedure
    ? (procedure._def as { meta?: ProcedureMeta }).meta
    : undefined

const PROCEDURES = Object.keys(appRouter._def.procedures)

let test: TestApp
const signedIn = new Map<string, TestSignIn>()

beforeAll(async () => {
  test = await createTestApp()
  await installQueue(test.database.url('chartward_owner'))
  for (const role of Object.values(ROLES)) {
    signedIn.set(role, await signInAs(test.app, role, role === 'patient' ? { patientId } : {}))
  }
  await startOne(test.app, { kind: 'system', purpose: 'mails' })
  for (const role of ['clinician', 'nurse']) {
    await insertVouched(test.app, 'care-relationship', [
      {
        patientId,
        id: newId(),
        userId: signedIn.get(role)?.userId ?? null,
        kind: 'care-team',
        trusted: true,
        underGiver: false,
        narrowed: false,
        startsAt: new Date(test.now.getTime() - 1000),
      },
    ])
  }
})
afterAll(() => test.stop())

const call = (path: string, context: ReturnType<typeof requestBy>, input: unknown): Promise<unknown> => {
  const caller: unknown = createCallerFactory(appRouter)(context)
  const procedure = path
    .split('.')
    .reduce<unknown>(
      (at, name) =>
        at instanceof Object || typeof at === 'function' ? Reflect.get(at as object, name) : undefined,
      caller,
    )
  if (typeof procedure !== 'function') throw new Error(`${path} is not a procedure`)
  return procedure(input)
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    () => refusalOf(work),
  )

/** What says that the role may not, as against that there is nothing to do it to. */
const REFUSED = ['FORBIDDEN', 'NO_CARE_RELATIONSHIP']

describe('the router', () => {
  it('is tried by every role of the policy', () => {
    expect(Object.values(ROLES).toSorted()).toEqual(Object.keys(builtInPolicy.roles).toSorted())
  })

  it('has no procedure that the table does not know, and the table none that the router does not have', () => {
    expect(PROCEDURES.toSorted()).toEqual([...Object.keys(TABLE), ...OPEN].toSorted())
  })

  it('has no procedure without a permission and an audit event but those of signing in', () => {
    const open = Object.entries(appRouter._def.procedures)
      .filter(([, procedure]) => (metaOf(procedure)?.permission ?? null) === null)
      .map(([path]) => path)
    expect(open.toSorted()).toEqual(OPEN.toSorted())
  })
})

describe.each(Object.entries(TABLE))('%s', (path, { may, gets = 'done', input }) => {
  it('refuses whoever has no session, and says so in the log', async () => {
    const context = requestBy(test.app, null)
    expect(await refusalOf(call(path, context, input))).toBe('UNAUTHENTICATED')
    const entries = await entriesOfRequest(test.app, context.requestId)
    expect(entries.map(({ outcome }) => outcome)).toEqual(['refused'])
  })

  it('refuses a session that has not given its second factor', async () => {
    const full = signedIn.get('administrator')
    if (full === undefined) throw new Error('nobody signed in')
    const half = { ...full.signedIn, session: { ...full.signedIn.session, stage: 'factor' as const } }
    expect(await refusalOf(call(path, requestBy(test.app, half), input))).toBe('FACTOR_REQUIRED')
  })

  it.each(Object.entries(ROLES))('%s: %s', async (letter, role) => {
    const user = signedIn.get(role)
    if (user === undefined) throw new Error('nobody signed in')
    const context = requestBy(test.app, user.signedIn)
    const code = await codeOf(call(path, context, input))
    if (may.includes(letter)) expect(code).toBe(gets)
    else expect(REFUSED).toContain(code)
    const entries = await entriesOfRequest(test.app, context.requestId)
    expect(entries.length).toBeGreaterThan(0)
    if (!may.includes(letter)) expect(entries.map(({ outcome }) => outcome)).toEqual(['refused'])
  })
})
