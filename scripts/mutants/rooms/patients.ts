import type { Mutant } from '../mutant.ts'

const ACCOUNTS = 'apps/api/src/services/patient-accounts/'
const TEST = `${ACCOUNTS}patient-accounts.test.ts`
const SPECIFICATION = 'packages/policy/src/decide.specification.test.ts'

/** Accounts of patients: who is one is told nowhere, and what they see is their own. */
export const PATIENTS: readonly Mutant[] = [
  {
    name: 'patients stand in the list of users',
    file: 'apps/api/src/core/account-list.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    from: "from users u where u.id = any(${ids}::uuid[]) and u.kind = 'workforce'",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    to: 'from users u where u.id = any(${ids}::uuid[])',
    test: TEST,
    only: 'is in no list',
  },
  {
    name: 'sessions of patients stand in the list of sessions',
    file: 'apps/api/src/services/sessions/list.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    from: "u.id = ${sessions.userId} and u.kind = 'workforce'",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    to: 'u.id = ${sessions.userId}',
    test: TEST,
    only: 'is in no list',
  },
  {
    name: 'an administrator acts on the account of a patient',
    file: 'apps/api/src/services/users/lock-user.ts',
    from: "if (row?.kind !== 'workforce')",
    to: 'if (row === undefined)',
    test: TEST,
    only: 'is in no list',
  },
  {
    name: 'an administrator opens the account of a patient',
    file: 'apps/api/src/services/users/get.ts',
    from: "if (user?.kind !== 'workforce')",
    to: 'if (user === undefined)',
    test: TEST,
    only: 'is in no list',
  },
  {
    name: 'why the account of a patient may is told to whoever knows its id',
    file: 'apps/api/src/services/why/standing-then.ts',
    from: "if (user.kind === 'patient' && own?.userId !== user.id) continue",
    to: '',
    test: TEST,
    only: 'is in no list',
  },
  {
    name: 'what stands for the address of a patient is typed at the door for staff',
    file: 'apps/api/src/services/auth/credentials.ts',
    from: 'and(eq(users.kind, whose.kind), inArray(users.addressKey, addressKeysOf(app, whose)))',
    to: 'inArray(users.addressKey, addressKeysOf(app, whose))',
    test: TEST,
    only: 'is nobody at the door for staff',
  },
  {
    name: 'the role of patients is assigned',
    file: 'apps/api/src/services/roles/role-to-give.ts',
    from: 'role === undefined || role.ofPatients === true',
    to: 'role === undefined',
    test: TEST,
    only: 'holds no role',
  },
  {
    name: 'a patient’s account counts whoever has written its row',
    file: 'apps/api/src/sessions/own-account.ts',
    from: "if (!(await vouching.admits('patient-account', row))) return null",
    to: '',
    test: TEST,
    only: 'can not be moved',
  },
  {
    name: 'a request about one patient is decided on the page of another',
    file: `${ACCOUNTS}decide.ts`,
    from: 'found === null || decided.subjectId !== found.row.id',
    to: 'found === null',
    test: TEST,
    only: 'is not decided on',
  },
  {
    name: 'an account is decided on with regard to no patient',
    file: 'apps/api/src/services/approvals/decide.ts',
    from: 'const patientId = await KINDS[decided.kind].patientOf(tx, ctx.app, decided)',
    to: 'const patientId = null',
    test: TEST,
    only: 'takes two people',
  },
  {
    name: 'two patients sign in with one address',
    file: `${ACCOUNTS}rows.ts`,
    from: 'if (taken.length === 0) return',
    to: 'if (taken.length >= 0) return',
    test: TEST,
    only: 'is not asked for twice',
  },
  {
    name: 'a patient who has come in is invited anew',
    file: `${ACCOUNTS}invite.ts`,
    from: "if (status !== 'invited')",
    to: "if (status === 'deactivated')",
    test: TEST,
    only: 'takes two people',
  },
  {
    name: 'the address of an account that has ended stays taken',
    file: `${ACCOUNTS}end.ts`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    from: ', addressKey: `patient/${userId}`',
    to: '',
    test: TEST,
    only: 'ends at once',
  },
  {
    name: 'what no field is declared for is shown to whoever gives care',
    file: 'apps/api/src/vault/view.ts',
    from: 'rest: own.whole ? undeclared(record.fields) : null',
    to: 'rest: undeclared(record.fields)',
    test: TEST,
    only: 'sees the whole of their own record',
  },
  {
    name: 'patients see staff by name though no setting says so',
    file: 'apps/api/src/services/audit/accesses/own.ts',
    from: 'app.settings.patientsSeeNames ? await',
    to: 'ids.length > 0 ? await',
    test: TEST,
    only: 'sees who saw it by role',
  },
  {
    name: 'patients are told of whoever was not let in as of who saw',
    file: 'apps/api/src/services/audit/accesses/own.ts',
    from: 'const wanted = { patientId, shown: true } as const',
    to: 'const wanted = { patientId } as const',
    test: TEST,
    only: 'sees who saw it by role',
  },
  {
    name: 'a mail to a patient says what it is about',
    file: 'apps/api/src/services/mail/send.ts',
    from: "if (kind === 'patient') return patientMail(patientLink(publicUrl, content))",
    to: '',
    test: 'apps/api/src/services/mail/mail.test.ts',
    only: 'says only that there is something',
  },
  {
    name: 'the whole of a record goes with any rows',
    file: 'packages/policy/src/compile.ts',
    from: "whole: allows && statement.rows === 'self' && statement.whole === true",
    to: 'whole: allows && statement.whole === true',
    test: SPECIFICATION,
    only: 'for the whole of one',
  },
  {
    name: 'the whole of a record is shown though some of it is denied',
    file: 'packages/policy/src/compile.ts',
    from: 'allowing.some((one) => one.whole) && denying.every(({ fields }) => fields.size === 0)',
    to: 'allowing.some((one) => one.whole)',
    test: SPECIFICATION,
    only: 'for the whole of one',
  },
]
