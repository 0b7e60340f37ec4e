import type { Mutant } from '../mutant.ts'

const LIVE_TEST = 'apps/api/src/audit/live-sessions.test.ts'
const DEVICES_TEST = 'apps/api/src/services/auth/known-devices.test.ts'
const PLACE_TEST = 'apps/api/src/sessions/place.test.ts'
const MANY_TEST = 'apps/api/src/services/users/lock-down-many.test.ts'
const DEVICE_FILE = 'apps/api/src/sessions/device.ts'
const ADAPTER = 'apps/api/src/sessions/lucia-adapter.ts'

/** Known devices, the places of a session, entries of sessions that have ended, and lockdowns of many. */
export const DEVICES: readonly Mutant[] = [
  {
    name: 'an entry is written though its session has ended',
    file: 'apps/api/src/audit/live-sessions.ts',
    from: "and (s.ended_at is null or s.end_reason = 'expired')",
    to: '',
    test: LIVE_TEST,
    only: 'would be committed after the end',
  },
  {
    name: 'whoever ends a session does not wait for what is under way in it',
    file: ADAPTER,
    from: '      await closeToEntries(tx, ids)\n',
    to: '',
    test: LIVE_TEST,
    only: 'gives way while the end',
  },
  {
    name: 'a read holds no session',
    file: 'apps/api/src/guard/request-audit.ts',
    from: 'within: isShown ? this.#sessionId : null',
    to: 'within: null',
    test: LIVE_TEST,
    only: 'by an HTTP route|is undone',
  },
  {
    name: 'a known device shares the counter of strangers',
    file: 'apps/api/src/services/auth/attempts.ts',
    from: '...(device === null ? [] : [device.id])',
    to: '',
    test: DEVICES_TEST,
    only: 'locks nobody out of a device',
  },
  {
    name: 'a run of failures begins anew with each day',
    file: 'apps/api/src/services/auth/attempts.ts',
    from: 'run = greatest(c.run, ',
    to: 'run = abs(',
    test: DEVICES_TEST,
    only: 'four times a day',
  },
  {
    name: 'the log forgets that a secret is refused',
    file: 'apps/api/src/vouch/attempts-in-log.ts',
    from: "if (action === 'auth.authenticator.refused') return 'refused'",
    to: "if (action === 'auth.authenticator.refused') return null",
    test: DEVICES_TEST,
    only: 'by emptying the counters',
  },
  {
    name: 'a new password is refused as the one before',
    file: 'apps/api/src/services/auth/passwords.ts',
    from: "if (chosenAt === undefined) await rebind(tx, app, userId, 'password')",
    to: '',
    test: DEVICES_TEST,
    only: 'told at the hundredth',
  },
  {
    name: 'a token that was planted is taken for a device’s',
    file: DEVICE_FILE,
    from: 'token !== null && shared !== undefined ? token : newToken()',
    to: 'token ?? newToken()',
    test: DEVICES_TEST,
    only: 'has not given out',
  },
  {
    name: 'a device is known to whoever is written into its row',
    file: DEVICE_FILE,
    from: "return (await parts.vouching.admits('known-device', found.device)) ? found.device : null",
    to: 'return found.device',
    test: DEVICES_TEST,
    only: 'handed to another person',
  },
  {
    name: 'a device is known for good',
    file: DEVICE_FILE,
    from: '        gt(knownDevices.expiresAt, parts.clock()),\n',
    to: '',
    test: DEVICES_TEST,
    only: 'half a year',
  },
  {
    name: 'a lockdown leaves devices known',
    file: 'apps/api/src/services/users/suspend-account.ts',
    from: "  await forgetDevices(tx, app, id, 'lockdown')\n",
    to: '',
    test: DEVICES_TEST,
    only: 'is forgotten by a lockdown',
  },
  {
    name: 'a device that is forgotten is known again',
    sql: 'drop trigger known_devices_stay_ended on known_devices',
    test: 'packages/db/src/guards.test.ts',
    only: 'a device that is known no more',
  },
  {
    name: 'a cookie is served wherever it comes from',
    file: 'apps/api/src/guard/guard.ts',
    from: "if (signedIn.session.elsewhere) return new ChartwardError('STEP_UP_REQUIRED', ELSEWHERE)",
    to: '',
    test: PLACE_TEST,
    only: 'serves nothing before',
  },
  {
    name: 'a cookie that was taken elsewhere keeps its session alive',
    file: ADAPTER,
    from: 'if (this.#isElsewhere || this.#notedAt > due.getTime()) return',
    to: 'if (this.#notedAt > due.getTime()) return',
    test: PLACE_TEST,
    only: 'is not kept alive from there',
  },
  {
    name: 'a factor is asked for again at each request from a place',
    file: ADAPTER,
    from: '...(from === null ? {} : withPlace(row, from)),',
    to: '',
    test: PLACE_TEST,
    only: 'asks once for each',
  },
  {
    name: 'one more session than a person may have ends none',
    file: ADAPTER,
    from: '.limit(this.#options.limits.perPerson - 1)',
    to: '.limit(this.#options.limits.perPerson)',
    test: 'apps/api/src/sessions/limits.test.ts',
    only: 'one more ends the oldest',
  },
  {
    name: 'whoever is locked down goes on locking others down',
    file: 'apps/api/src/services/users/lockdown-work.ts',
    from: '    await requireStill(tx, app, act, userId)\n',
    to: '',
    test: MANY_TEST,
    only: 'may not do it any more',
  },
  {
    name: 'whom an act means is what the database says',
    file: 'apps/api/src/services/users/lockdown-act.ts',
    from: "await app.vouching.require('lockdown-act', row)",
    to: 'row',
    test: MANY_TEST,
    only: 'behind the application',
  },
]
