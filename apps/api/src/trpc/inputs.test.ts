import { errorField } from '@chartward/contract'
import { callTRPCProcedure } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import type { ChartwardError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { appRouter } from '../router.ts'
import type { SignedIn } from '../sessions/session.ts'
import { auditEntries } from '../testing/entries.ts'
import { PROCEDURES, type WalkedProcedure } from '../testing/procedures.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, requestBy, type TestApp } from '../testing/test-app.ts'
import { toChartwardError } from './to-chartward-error.ts'

const id = newId()
const reason = 'for the table'
const hash = '0'.repeat(64)
const at = '2026-11-01T00:00:00Z'

const signed = { attempt: 'an attempt', id: 'AAAA', clientDataJSON: 'AAAA' }
const passkeyUsed = { ...signed, authenticatorData: 'AAAA', signature: 'AAAA', userHandle: 'AAAA' }
const passkeyMade = { ...signed, attestationObject: 'AAAA', transports: ['usb'], name: 'A key' }

/** An input of each procedure in which every key is set. Those that are missing here take none. */
const FULL: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'auth.signIn': { email: 'somebody@example.test', password: 'a password', as: 'patient' },
  'auth.verifyTotp': { code: '123 456' },
  'auth.useRecoveryCode': { code: 'abcd-efgh-ijkl' },
  'auth.askPasskey': { purpose: 'step-up' },
  'auth.signInByPasskey': passkeyUsed,
  'auth.stepUpByPasskey': passkeyUsed,
  'auth.finishPasskeyEnrolment': passkeyMade,
  'auth.factorReset': { token: 'a token' },
  'auth.acceptFactorReset': { token: 'a token', password: 'a password' },
  'factors.addPasskey': passkeyMade,
  'factors.renamePasskey': { id, name: 'A key' },
  'factors.addAuthenticator': { code: '123456' },
  'factors.remove': { id },
  'factors.callOffReset': { id },
  'users.reportLostFactor': { userId: id, reason },
  'users.factorResetLink': { userId: id },
  'auth.finishEnrolment': { code: '123456' },
  'auth.invitation': { token: 'a token' },
  'auth.acceptInvitation': { token: 'a token', password: 'a password' },
  'auth.stepUp': { code: '123456' },
  'auth.explainAccess': { reason, code: '123456', passkey: passkeyUsed },
  'auth.askForReset': { email: 'somebody@example.test', as: 'patient' },
  'auth.reset': { token: 'a token' },
  'auth.resetPassword': { token: 'a token', password: 'a password', code: '123456' },
  'auth.confirmAddress': { token: 'a token' },
  'auth.changePassword': { current: 'a password', password: 'another password' },
  'users.list': {
    status: 'active',
    role: 'nurse',
    factor: 'enrolled',
    seen: 'never',
    department: 'Ward 4',
    manager: id,
    sort: '-seen',
    text: 'somebody',
    cursor: id,
    limit: 1,
  },
  'users.get': { id },
  'users.rolePermits': { role: 'nurse' },
  'users.invite': {
    email: 'somebody@example.test',
    displayName: 'Somebody New',
    role: 'nurse',
    reason,
    endsAt: at,
  },
  'users.reinvite': { id },
  'users.deactivate': { id, reason },
  'users.reactivate': { userId: id, reason },
  'users.sendReset': { userId: id, reason },
  'users.rename': { userId: id, displayName: 'Somebody New', reason },
  'users.changeAddress': { userId: id, email: 'somebody@example.test', reason },
  'users.lockDownMany': { userIds: [id], reason },
  'users.lockDown': { userId: id, reason },
  'users.assignRole': { userId: id, role: 'nurse', reason, endsAt: at },
  'users.endAssignment': { assignmentId: id, reason },
  'users.requestPractitionerLink': { userId: id, npi: '99123 45678', reason },
  'account.signIns': { cursor: id, limit: 1 },
  'roles.get': { name: 'ward-clerk', version: 1 },
  'roles.compare': { name: 'ward-clerk', version: 1, people: [id] },
  'roles.replay': { name: 'ward-clerk', version: 1, people: [id] },
  'roles.conflicts': { userId: id, role: 'nurse' },
  'roles.saveDraft': {
    name: 'ward-clerk',
    basedOn: 1,
    title: 'Ward clerk',
    description: 'Keeps the list of the ward',
    permissions: [{ permission: 'vault:patient:read', rows: 'care' }],
    clear: ['Patient.name'],
    partly: ['Patient.address'],
    masked: ['Patient.birthDate'],
    hidden: ['Patient.ssn'],
    labels: ['hiv'],
    breakGlass: true,
    reason,
  },
  'roles.putInForce': { name: 'ward-clerk', version: 1, people: [id], hash, reason },
  'roles.retire': { name: 'ward-clerk', reason },
  'sessions.list': { cursor: id, limit: 1 },
  'sessions.end': { userId: id, sessions: [id], reason },
  'sessions.forgetDevices': { devices: [id] },
  'sessions.endMine': { sessions: [id] },
  'why.may': { userId: id, permission: 'vault:record:read', asOf: at },
  'why.mayPatient': { userId: id, permission: 'vault:record:read', patientId: id, asOf: at },
  'why.readers': { patientId: id, field: 'Patient.name', asOf: at },
  'approvals.list': { status: 'pending' },
  'approvals.get': { id },
  'approvals.approve': { id, hash, reason },
  'approvals.reject': { id, hash, reason },
  'shred.get': { patientId: id },
  'shred.setHold': { patientId: id, reason },
  'shred.requestLift': { patientId: id, holdId: id, reason },
  'shred.approveLift': { patientId: id, approvalId: id, reason },
  'shred.rejectLift': { patientId: id, approvalId: id, reason },
  'shred.request': { patientId: id, reason },
  'shred.approve': { patientId: id, approvalId: id, reason },
  'shred.reject': { patientId: id, approvalId: id, reason },
  'shred.certificate': { id },
  'shred.signCertificate': { id },
  'patientAccounts.get': { patientId: id },
  'patientAccounts.request': {
    patientId: id,
    displayName: 'Somebody New',
    email: 'somebody@example.test',
    reason,
  },
  'patientAccounts.approve': { patientId: id, approvalId: id, reason },
  'patientAccounts.reject': { patientId: id, approvalId: id, reason },
  'patientAccounts.invite': { patientId: id },
  'patientAccounts.end': { patientId: id, reason },
  'patients.mine': { cursor: `last-contact.0.${id}`, order: 'name' },
  'patients.search': { by: 'mrn', text: '12345' },
  'patients.get': { id },
  'records.list': {
    patientId: id,
    type: 'Patient',
    cursor: `newest-first.0.${id}`,
    limit: 1,
    standing: 'said',
    state: 'active',
    kind: 'a',
  },
  'records.takeAway': {
    patientId: id,
    type: 'Patient',
    cursor: `newest-first.0.${id}`,
    limit: 1,
    standing: 'said',
    state: 'active',
    kind: 'a',
  },
  'records.overview': { patientId: id },
  'records.trend': { patientId: id, kind: 'a' },
  'records.get': { patientId: id, id },
  'claims.search': {
    number: 'C-1',
    payer: 'Medicare',
    month: '2026-03',
    mrn: '12345',
    atLeast: '1.50',
    atMost: '20',
    status: 'active',
    outcome: 'complete',
  },
  'claims.links': { patientId: id, id },
  'care.list': { patientId: id },
  'care.candidates': { patientId: id, text: 'a' },
  'care.add': { patientId: id, userId: id, endsAt: at, reason },
  'care.end': { patientId: id, id, reason },
  'care.window': { days: 365 },
  'covers.list': { userId: id },
  'covers.candidates': { text: 'a' },
  'covers.give': { coveredUserId: id, patients: [id], userIds: [id], endsAt: at, reason },
  'covers.end': { id, reason },
  'breakGlass.search': { mrn: '12345', name: 'Somebody Some', birthDate: '1970-01-01' },
  'breakGlass.open': { patientId: id, cause: 'emergency', reason },
  'breakGlass.endMine': { id },
  'breakGlass.list': { state: 'waiting' },
  'breakGlass.get': { id },
  'breakGlass.end': { id, reason },
  'breakGlass.review': { id, verdict: 'appropriate', note: reason },
  'exports.request': { purpose: 'For the table of inputs', types: ['Patient'], asOf: '2026-11-01' },
  'exports.get': { id },
  'exports.approve': { id, reason, attestation: true },
  'exports.reject': { id, reason },
  'uploads.get': { id },
  'uploads.withdraw': { id, reason },
  'uploads.requestTrust': { id, reason },
  'people.matching': {
    status: 'active',
    role: 'nurse',
    factor: 'enrolled',
    seen: 'never',
    department: 'Ward 4',
    manager: id,
    text: 'somebody',
  },
  'people.preview': { change: { act: 'deactivate' }, people: [id] },
  'people.change': {
    change: {
      act: 'transfer',
      department: 'Ward 4',
      managerId: id,
      employeeNumber: 'A-1',
      roles: [{ role: 'nurse', endsAt: at }],
    },
    people: [id],
    hash: '0'.repeat(64),
    reason,
  },
  'people.importFile': { file: 'YQ==' },
  'people.requestImport': { id, hash: '0'.repeat(64), reason },
  'people.discard': { id },
  'people.get': { id, outcome: 'create', result: 'done', after: 1, limit: 1 },
  'people.report': { id },
  'audit.search': {
    from: at,
    to: at,
    actorId: id,
    patientId: id,
    action: 'home.viewed',
    category: 'home',
    text: 'viewed',
    outcome: 'success',
    resourceType: 'Patient',
    resourceId: id,
    sessionId: id,
    requestId: id,
    ip: '192.0.2.7',
    hideOwnReads: true,
    order: 'oldest-first',
    cursor: id,
    limit: 1,
  },
  'audit.accesses': {
    patientId: id,
    from: at,
    to: at,
    actorId: id,
    action: 'patient.viewed',
    cursor: id,
    limit: 1,
  },
  'audit.ownAccesses': { patientId: id, cursor: id, limit: 1 },
  'audit.printAccesses': { patientId: id, from: at, to: at, actorId: id, action: 'patient.viewed' },
  'audit.histogram': {
    from: at,
    to: at,
    bucket: 'hour',
    actorId: id,
    patientId: id,
    action: 'home.viewed',
    category: 'home',
    text: 'viewed',
    outcome: 'success',
    resourceType: 'Patient',
    resourceId: id,
    sessionId: id,
    requestId: id,
    ip: '192.0.2.7',
    hideOwnReads: true,
  },
  'audit.get': { id },
  'audit.proof': { id },
  'audit.consistency': { from: 1, to: 2 },
  'audit.check': { id },
  'keys.cost': { purpose: 'kek' },
  'keys.rotate': { purpose: 'kek', cause: 'suspicion', reason },
  'keys.rotatePatient': { patientId: id, reason },
  'keys.pause': { id },
  'keys.resume': { id },
  'works.list': {
    kind: 'check-log',
    open: true,
    mine: true,
    state: 'done',
    subjectId: id,
    cursor: id,
    limit: 1,
  },
  'works.get': { id },
  'works.cancel': { id },
  'home.activity': { bucket: 'hour', days: 1 },
  'home.oversight': { since: at },
  'home.security': { since: at },
  'home.log': { since: at },
}

/**
 * Must come back nowhere: as a key, as a value, or as the beginning of a text that is too long for anything.
 */
const NEEDLE = 'Doe-Sentinel-19570309'
const TOO_LONG = NEEDLE.repeat(500)

const objectOf = (schema: unknown): z.ZodMiniObject => {
  if (schema instanceof z.ZodMiniOptional) return objectOf(schema.def.innerType)
  if (!(schema instanceof z.ZodMiniObject)) throw new Error('an input is no object')
  return schema
}

let test: TestApp
let signedIn: SignedIn

beforeAll(async () => {
  test = await createTestApp()
  ;({ signedIn } = await signInAs(test.app, 'administrator'))
})
afterAll(() => test.stop())

/** What a caller is told of an input. */
const errorOf = async ({ path, type }: WalkedProcedure, input: unknown): Promise<ChartwardError | null> => {
  try {
    await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx: requestBy(test.app, signedIn),
      getRawInput: async () => input,
      signal: undefined,
      batchIndex: 0,
    })
  } catch (error) {
    return toChartwardError(error)
  }
  return null
}

/** The same as `code: sentence`. */
const answerTo = async (procedure: WalkedProcedure, input: unknown): Promise<string> => {
  const error = await errorOf(procedure, input)
  return error === null ? 'done' : `${error.code}: ${error.message}`
}

describe.each(PROCEDURES.map((procedure) => [procedure.path, procedure] as const))(
  '%s',
  (_path, procedure) => {
    const [input, ...further] = procedure.inputs
    const schema = objectOf(input)
    const full = FULL[procedure.path] ?? {}
    const keys = Object.keys(schema.shape)

    it('understands the input of this table, which sets every key', () => {
      expect(further).toEqual([])
      expect(Object.keys(full).toSorted()).toEqual(keys.toSorted())
      expect(schema.safeParse(full).success).toBe(true)
    })

    it('refuses a key that it does not know, and does not repeat it', async () => {
      expect(await answerTo(procedure, { ...full, [NEEDLE]: NEEDLE })).toBe(
        'INVALID_INPUT: There are unknown keys in the request.',
      )
    })

    it('refuses what is no object', async () => {
      for (const input of [NEEDLE, [NEEDLE], 1, null])
        expect(await answerTo(procedure, input)).toBe(
          'INVALID_INPUT: Check the request: it is missing or not of the expected form.',
        )
    })

    it('refuses a value of another type or too long, by the name of its key', async () => {
      for (const key of keys) {
        for (const value of [{ [NEEDLE]: NEEDLE }, TOO_LONG]) {
          // What has parts of its own is named with the part: the contract's words, never the caller's.
          expect(await answerTo(procedure, { ...full, [key]: value })).toMatch(
            new RegExp(
              `^INVALID_INPUT: Check ${key}(\\.[A-Za-z]+)*: it is missing or not of the expected form\\.$`,
            ),
          )
        }
      }
    })

    it('names as its field the key that does not fit, where a form has one, and never a key of the caller’s', async () => {
      for (const key of keys) {
        const error = await errorOf(procedure, { ...full, [key]: { [NEEDLE]: NEEDLE } })
        expect([key, error?.field]).toEqual([key, errorField.safeParse(key).data ?? null])
      }
      expect(await errorOf(procedure, { ...full, [NEEDLE]: NEEDLE })).toMatchObject({ field: null })
    })

    it('refuses a text with a character that can not be stored, by the name of its key', async () => {
      const texts = keys.filter((key) => typeof full[key] === 'string')
      for (const key of texts) {
        for (const character of ['\0', '\uD800'])
          expect(await answerTo(procedure, { ...full, [key]: `${full[key]}${character}` })).toMatch(
            `INVALID_INPUT: Check ${key}: `,
          )
      }
    })

    it('refuses an input without a key that it needs, by its name', async () => {
      const needed = keys.filter((key) => {
        const { [key]: _left, ...rest } = full
        return !schema.safeParse(rest).success
      })
      for (const key of needed) {
        const { [key]: _left, ...rest } = full
        expect(await answerTo(procedure, rest)).toBe(
          `INVALID_INPUT: Check ${key}: it is missing or not of the expected form.`,
        )
      }
    })
  },
)

describe('the audit log', () => {
  it('says of each refused input that it failed, and nothing of what was sent', async () => {
    const entries = await auditEntries(test.app)
    expect(entries.length).toBeGreaterThan(100)
    expect(new Set(entries.map(({ outcome, reason: said }) => `${outcome} ${said}`))).toEqual(
      new Set(['failure INVALID_INPUT']),
    )
    expect(JSON.stringify(entries)).not.toContain(NEEDLE)
  })
})
