import type { Mutant } from './mutant.ts'

const GUARD = 'apps/api/src/guard/guard.ts'
const GUARD_TEST = 'apps/api/src/guard/guard.test.ts'
const DECIDE = 'packages/policy/src/decide.ts'
const DECIDE_TEST = 'packages/policy/src/decide.test.ts'
const APPROVALS_TEST = 'apps/api/src/services/approvals/approvals.test.ts'
const USERS_TEST = 'apps/api/src/services/users/users.test.ts'
const SEQUENCER_TEST = 'apps/api/src/sequencer/sequencer.test.ts'
const TRUST_TEST = 'apps/api/src/services/import/trust.test.ts'
const DATABASE_TEST = 'packages/db/src/guards.test.ts'
const SERVER_TEST = 'apps/api/src/server-tls.test.ts'
const REFUSALS = 'apps/api/src/http/refusals.ts'
const CALLS = 'apps/api/src/http/calls.ts'
const HOSTILE_TEST = 'apps/api/src/http/hostile-requests.test.ts'
const LIMITS_TEST = 'apps/api/src/http/limits.test.ts'

/**
 * The lines on which safety rests, each with the tests that must turn red without it. Whoever adds a
 * safeguard adds its mutant.
 */
export const MUTANTS: readonly Mutant[] = [
  // Nothing leaves without its entry.
  {
    name: 'a read answers before its entry is committed',
    file: GUARD,
    from: "if (mode === 'read') await app.audit.commit(entry.draft('success', null))",
    to: "if (mode === 'read') void app.audit.commit(entry.draft('success', null))",
    test: GUARD_TEST,
    only: 'answer of a read waits',
  },
  {
    name: 'whoever has no session is refused before that is committed',
    file: GUARD,
    from: "await request.app.audit.commit(entry.draft('refused',",
    to: "void request.app.audit.commit(entry.draft('refused',",
    test: GUARD_TEST,
    only: 'the refusal of whoever has no session',
  },
  {
    name: 'whoever may not is refused before that is committed',
    file: GUARD,
    from: 'await app.audit.commit(entry.draft(REFUSALS.has(error.code)',
    to: 'void app.audit.commit(entry.draft(REFUSALS.has(error.code)',
    test: GUARD_TEST,
    only: 'the refusal of whoever may not',
  },
  {
    name: 'a change that has recorded nothing succeeds',
    file: GUARD,
    from: 'else if (!entry.recorded)',
    to: 'else if (entry.action === null)',
    test: GUARD_TEST,
    only: 'a change that records nothing fails',
  },
  {
    name: 'half a session is a session',
    file: GUARD,
    from: "if (signedIn.session.stage === 'factor') return new ChartwardError('FACTOR_REQUIRED')",
    to: '',
    test: 'apps/api/src/access-table.test.ts',
    only: 'refuses a session that has not given its second factor',
  },

  // Policy.
  {
    name: 'an explicit deny does not win',
    file: DECIDE,
    from: 'if (refusing !== undefined)',
    to: 'if (refusing === null)',
    test: DECIDE_TEST,
  },
  {
    name: 'a care relationship counts after its end',
    file: DECIDE,
    from: "(rows === 'care' && facts.relationshipInForce)",
    to: "(rows === 'care' && facts.relationship !== null)",
    test: DECIDE_TEST,
  },
  {
    name: 'a role assignment counts after its end',
    file: DECIDE,
    from: 'const inForce = actor.roles.filter((assignment) => isInForce(assignment, context.now))',
    to: 'const inForce = actor.roles',
    test: DECIDE_TEST,
  },
  {
    name: 'a factor of an hour ago is fresh',
    file: DECIDE,
    from: 'age <= STEP_UP_SECONDS',
    to: 'age <= STEP_UP_SECONDS * 12',
    test: DECIDE_TEST,
  },
  {
    name: 'an act may be for oneself',
    file: DECIDE,
    from: 'spec.forOthers !== null && facts.aboutSelf === true',
    to: 'spec.forOthers !== null && facts.aboutSelf === null',
    test: DECIDE_TEST,
  },
  {
    name: 'a role that the policy has lost is passed over',
    file: DECIDE,
    from: "if (inForce.some(({ name }) => !compiled.roles.has(name))) return refuse('unknown-role')",
    to: '',
    test: DECIDE_TEST,
  },

  // The second person.
  {
    name: 'decide() is not told whom an act is about',
    file: GUARD,
    from: 'aboutUserId: guard.aboutUser?.(input) ?? null',
    to: 'aboutUserId: null',
    test: USERS_TEST,
    only: 'never for oneself',
  },
  {
    name: 'a verb may forget to ask whom its act is about',
    file: 'apps/api/src/guard/request-audit.ts',
    from: 'this.#separation.assertKept()',
    to: '',
    test: GUARD_TEST,
    only: 'undone where the verb has forgotten',
  },
  {
    name: 'whoever asked for it approves it',
    file: 'apps/api/src/services/approvals/approval.ts',
    from: 'separation.require(pending.requestedBy, ...(',
    to: 'separation.require(...(',
    test: APPROVALS_TEST,
    only: 'neither by whoever asked',
  },
  {
    name: 'whoever would get it approves it',
    file: 'apps/api/src/services/approvals/approval.ts',
    from: '...(isForUser(pending) ? [pending.subjectId] : [])',
    to: '',
    test: APPROVALS_TEST,
    only: 'neither by whoever asked',
  },
  {
    name: 'an administrator deactivates themselves',
    file: 'apps/api/src/services/users/deactivate.ts',
    from: 'separation.require(id)',
    to: 'separation.require()',
    test: USERS_TEST,
    only: 'is not deactivated by its owner',
  },
  {
    name: 'an administrator ends their own role',
    file: 'apps/api/src/services/users/end-assignment.ts',
    from: 'separation.require(held.userId)',
    to: 'separation.require()',
    test: USERS_TEST,
    only: 'nor is a role ended',
  },
  {
    name: 'somebody ends their own care relationship',
    file: 'apps/api/src/services/care/end.ts',
    from: 'separation.require(row.userId)',
    to: 'separation.require()',
    test: 'apps/api/src/services/care/end.test.ts',
    only: 'not ended by the one',
  },
  {
    name: 'the last administrator can go',
    file: 'apps/api/src/services/users/require-another-administrator.ts',
    from: 'if (held.every(isLeaving))',
    to: 'if (held === null)',
    test: USERS_TEST,
    only: 'administrator',
  },

  // Signing in.
  {
    name: 'who is locked out goes on guessing',
    file: 'apps/api/src/services/auth/attempts.ts',
    from: "if (row === undefined) throw new ChartwardError('LOCKED_OUT')",
    to: 'if (row === undefined) return false',
    test: 'apps/api/src/services/auth/sign-in.test.ts',
    only: 'guessed at the same moment',
  },
  {
    name: 'attempts are counted after they are checked',
    file: 'apps/api/src/services/auth/attempts.ts',
    from: 'const locksOnFailure = await countAttempt(app, subject)',
    to: 'const locksOnFailure = false; setTimeout(() => void countAttempt(app, subject).catch(() => undefined))',
    test: 'apps/api/src/services/auth/sign-in.test.ts',
    only: 'guessed at the same moment',
  },
  {
    name: 'a code counts twice',
    file: 'apps/api/src/services/auth/factors.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in the statement
    from: 'and not disabled and (last_step is null or last_step < ${step})',
    to: 'and not disabled',
    test: 'apps/api/src/services/auth/factor.test.ts',
    only: 'counts once|taken once',
  },

  // Keys and records.
  {
    name: 'a ciphertext opens in another row',
    file: 'packages/crypto/src/binding.ts',
    from: 'writeUuid(data, rowAt, binding.rowId)',
    to: '',
    test: 'packages/crypto/src/envelope.test.ts',
  },
  {
    name: 'a version does not cover the one before it',
    file: 'packages/crypto/src/integrity.ts',
    from: 'previousMac === null ? FIRST : Buffer.concat([LATER, require32(previousMac)])',
    to: 'FIRST',
    test: 'packages/crypto/src/integrity.test.ts',
  },
  {
    name: 'a patient’s key unwraps for another patient',
    file: 'packages/crypto/src/keys.ts',
    from: 'if (!plain.subarray(0, expected.length).equals(expected)) throw unwrapFailed()',
    to: '',
    test: 'apps/api/src/keys/keyring.test.ts',
  },
  {
    name: 'a key of another purpose opens',
    file: 'apps/api/src/keys/system-keys.ts',
    from: 'return key?.purpose === purpose ? key : undefined',
    to: 'return key',
    test: 'apps/api/src/keys/two-versions.test.ts',
    only: 'of another purpose',
  },
  {
    name: 'a record is shown as trusted whatever its MAC',
    file: 'apps/api/src/vault/open-record.ts',
    from: 'macEquals(versionMac(integrity.key, headerOf(stored), digests, stored.previousMac), stored.mac)',
    to: 'true',
    test: 'apps/api/src/services/patients/chart.test.ts',
    only: 'shown as untrusted',
  },
  {
    name: 'what is masked can be searched by',
    file: 'apps/api/src/services/patients/search.ts',
    from: "if (!searchableFields(scope).includes(field)) throw new ChartwardError('FORBIDDEN')",
    to: '',
    test: 'apps/api/src/services/patients/chart.test.ts',
    only: 'refuses to search by what',
  },

  // The database itself.
  {
    name: 'the application sees every patient, whatever its transaction names',
    sql: 'alter policy in_scope on record_versions using (true) with check (true)',
    test: DATABASE_TEST,
    only: 'the patients that it names',
  },
  {
    name: 'an audit entry can be changed by the owner',
    sql: 'drop trigger audit_entries_append_only on audit_entries',
    test: DATABASE_TEST,
    only: 'append-only tables',
  },
  {
    name: 'the application can write the order of the log',
    sql: 'grant insert on audit_leaves to chartward_app',
    test: DATABASE_TEST,
    only: 'can not write the order',
  },

  // The log.
  {
    name: 'an entry that the application did not write is sequenced',
    file: 'apps/api/src/sequencer/problem.ts',
    from: "if (!isOwn(entry.bytes, entry.mac)) return 'bad-mac'",
    to: '',
    test: SEQUENCER_TEST,
    only: 'what does not come from the application',
  },
  {
    name: 'a tree is signed that does not go on from the last one',
    file: 'apps/api/src/sequencer/sign.ts',
    from: 'await requireContinuation(sql, head, signer.verifierKey)',
    to: '',
    test: SEQUENCER_TEST,
    only: 'never signs a tree',
  },
  {
    name: 'a sequencer starts on a log that is not what was signed',
    file: 'apps/api/src/sequencer/run.ts',
    from: 'if (!checked) await checkLockedHead(context, headHeldMs)',
    to: '',
    test: SEQUENCER_TEST,
    only: 'is fatal at the start',
  },
  {
    name: 'a follower passes over an entry that was changed',
    file: 'apps/api/src/sequencer/follow/read-entries.ts',
    from: "if (!isOwn(stored.bytes, stored.mac)) throw new FollowerFault('bad-mac', index)",
    to: '',
    test: 'apps/api/src/sequencer/follow/follow-log.test.ts',
    only: 'bad-mac',
  },

  // What comes in, and what leaves.
  {
    name: 'an untrusted file changes what a trusted one has stored',
    file: 'apps/api/src/services/import/plan-patient.ts',
    from: '} else if (before?.trusted === true && !trusted) {',
    to: '} else if (before === null) {',
    test: TRUST_TEST,
    only: 'is not changed by an untrusted one',
  },
  {
    name: 'a care relationship of an untrusted file counts',
    file: 'apps/api/src/care/relationship.ts',
    from: 'where trusted and starts_at <= $2',
    to: 'where starts_at <= $2',
    test: 'apps/api/src/services/import/import-fhir.test.ts',
    only: 'an untrusted source makes no care relationship that counts',
  },
  {
    name: 'a release leaves though an identifier was found in it',
    file: 'apps/api/src/services/exports/build/verify-release.ts',
    from: 'if (total > 0) {',
    to: 'if (total < 0) {',
    test: 'apps/api/src/services/exports/build/build-release.test.ts',
    only: 'hold an identifier',
  },
  {
    name: 'another site’s request is taken',
    file: REFUSALS,
    from: 'if ((changes || !isOpen) && !isSameOrigin(request, publicUrl))',
    to: 'if (changes && isOpen && !isSameOrigin(request, publicUrl))',
    test: SERVER_TEST,
    only: 'site',
  },
  {
    name: 'a file is fetched by a page of another site',
    file: REFUSALS,
    from: 'if ((changes || !isOpen) && !isSameOrigin(request, publicUrl))',
    to: 'if (changes && !isSameOrigin(request, publicUrl))',
    test: HOSTILE_TEST,
    only: 'a file that another site fetches',
  },
  {
    name: 'a file is prepared, and its entry written, for HEAD',
    file: REFUSALS,
    from: "if (!isOpen && method === 'HEAD')",
    to: "if (isOpen && method === 'HEAD')",
    test: HOSTILE_TEST,
    only: 'is not asked for by HEAD',
  },
  {
    name: 'any host is ours',
    file: REFUSALS,
    from: 'if (!isHealth && !namesUs(request, publicUrl))',
    to: 'if (isHealth && !namesUs(request, publicUrl))',
    test: HOSTILE_TEST,
    only: 'is ours, or the request is refused',
  },
  {
    name: 'a request has two hosts',
    file: REFUSALS,
    from: 'if (hosts > 1 || ',
    to: 'if (',
    test: HOSTILE_TEST,
    only: 'is named once',
  },
  {
    name: 'a percent sign is left in a path',
    file: 'apps/api/src/http/same-origin.ts',
    from: "return decoded.includes('%') || ",
    to: 'return ',
    test: HOSTILE_TEST,
    only: 'a path that can be read in more than one way',
  },
  {
    name: 'a request makes two steps of signing in',
    file: CALLS,
    from: 'if (calls.filter(isStepOfSignIn).length < 2) return context',
    to: 'if (calls.filter(isStepOfSignIn).length < 200) return context',
    test: HOSTILE_TEST,
    only: 'goes by the calls that tRPC has found',
  },
  {
    name: 'what a request is refused by is not asked',
    file: 'apps/api/src/trpc/trpc.ts',
    from: 'if (ctx.refusal !== undefined) throw ctx.refusal',
    to: '',
    test: HOSTILE_TEST,
    only: 'goes by the calls that tRPC has found',
  },
  {
    name: 'a call’s body is anything that tRPC reads',
    file: CALLS,
    from: 'scope.removeAllContentTypeParsers()',
    to: "scope.removeContentTypeParser('application/json'); scope.addContentTypeParser('multipart/form-data', {}, (_r, body, done) => done(null, body))",
    test: HOSTILE_TEST,
    only: 'JSON and nothing else',
  },
  {
    name: 'a batch weighs what one call weighs',
    file: CALLS,
    from: 'limits.take(request, calls.length - 1)',
    to: 'limits.take(request, 0)',
    test: LIMITS_TEST,
    only: 'weighs the calls',
  },
  {
    name: 'all behind one address share its limit',
    file: 'apps/api/src/http/limits.ts',
    from: 'return known === undefined ?',
    to: 'return true ?',
    test: LIMITS_TEST,
    only: 'a session’s own',
  },
  {
    name: 'a token that opens nothing has a limit of its own',
    file: 'apps/api/src/http/limits.ts',
    from: 'const known = token === undefined ? undefined : this.#sessions.get(digestOf(token))',
    to: 'const known = token === undefined ? undefined : { id: token }',
    test: LIMITS_TEST,
    only: 'tokens that open no session',
  },
  {
    name: 'each refusal of a flood has its entry',
    file: 'apps/api/src/audit/refusals.ts',
    from: 'if (seen !== undefined) {',
    to: 'if (seen === null) {',
    test: LIMITS_TEST,
    only: 'makes two entries',
  },
  {
    name: 'refusals of people who are signed in are merged',
    file: 'apps/api/src/audit/refusals.ts',
    from: "if (draft.actor.kind !== 'anonymous' || draft.outcome !== 'refused') {",
    to: "if (draft.outcome !== 'refused') {",
    test: 'apps/api/src/audit/refusals.test.ts',
    only: 'never merged',
  },
  {
    name: 'counted refusals are lost at the end',
    file: 'apps/api/src/composition/open-app.ts',
    from: 'await refusals.drain()',
    to: '',
    test: 'apps/api/src/audit/refusals.test.ts',
    only: 'when the application closes',
  },
  {
    name: 'what the parser refuses is answered without our headers',
    file: 'apps/api/src/http/error-answers.ts',
    from: '    ...securityHeaders(requestId, isTls),',
    to: '',
    test: HOSTILE_TEST,
    only: 'a header that is none',
  },
  {
    name: 'a path that the router can’t read is answered without our headers',
    file: 'apps/api/src/http/error-answers.ts',
    from: '.headers(securityHeaders(request.id, isTls))',
    to: '',
    test: HOSTILE_TEST,
    only: 'a path that is not encoded',
  },
  {
    name: 'what has no hash in its name is kept for a year',
    file: 'apps/api/src/http/console.ts',
    from: 'HASHED.test(path) ?',
    to: 'true ?',
    test: HOSTILE_TEST,
    only: 'favicon',
  },
  {
    name: 'the log writes any value under its own keys',
    file: 'apps/api/src/core/log.ts',
    from: 'return LOG_FORMS[key].safeParse(value).success ? value : REDACTED',
    to: 'return value',
    test: 'apps/api/src/core/log.test.ts',
  },
]
