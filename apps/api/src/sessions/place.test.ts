import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequestContext } from '../guard/request-context.ts'
import { TestAuthenticator } from '../services/auth/passkeys/testing/authenticator.ts'
import { callerOf, fullySignedIn, newPerson, type Person, wait } from '../services/auth/testing/person.ts'
import { auditEntries, refusalOf } from '../testing/entries.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { isElsewhere, NO_PLACES, withPlace } from './place.ts'
import { findSignedIn } from './sessions.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'
const from = (ip: string | null, userAgent: string | null = CHROME) => ({ ip, userAgent })
const HOME = withPlace(NO_PLACES, from('203.0.113.7'))

describe('a place', () => {
  it.each([
    ['another address of the /24', from('203.0.113.200'), false],
    ['the same address in IPv6 form', from('::ffff:203.0.113.7'), false],
    ['the next /24', from('203.0.114.7'), true],
    ['an IPv6 address', from('2001:db8:1:2::7'), true],
    ['no address', from(null), true],
    ['a later version of the browser', from('203.0.113.7', CHROME.replace('131', '140')), false],
    ['another kind of browser that names this one', from('203.0.113.7', `${CHROME} Edg/131.0.0.0`), true],
    ['no browser', from('203.0.113.7', null), true],
  ])('is told from where a factor was given: %s', (_, place, elsewhere) => {
    expect(isElsewhere(HOME, place)).toBe(elsewhere)
  })

  it.each([
    ['2001:db8:1:2::7', '2001:db8:1:ffff::1', false],
    ['2001:db8:1:2::7', '2001:db8:2::7', true],
  ])('of IPv6 is the /48: %s and %s', (home, place, elsewhere) => {
    expect(isElsewhere(withPlace(NO_PLACES, from(home)), from(place))).toBe(elsewhere)
  })

  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0', 'firefox'],
    [
      'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'safari',
    ],
    [
      'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0 Mobile/15E148 Safari/604.1',
      'chrome',
    ],
    [`${CHROME} OPR/115.0.0.0`, 'opera'],
    ['curl/8.5', 'other'],
  ])('has a kind of browser: %s', (userAgent, kind) => {
    expect(withPlace(NO_PLACES, from('203.0.113.7', userAgent)).browsers).toBe(kind)
  })

  it('of the machine itself is one, by whichever of its addresses', () => {
    expect(isElsewhere(withPlace(NO_PLACES, from('127.0.0.1')), from('::1'))).toBe(false)
    expect(isElsewhere(withPlace(NO_PLACES, from('127.0.0.1')), from('128.0.0.1'))).toBe(true)
  })

  it('is one of 200 that a session remembers: it does not grow without an end', () => {
    let places = NO_PLACES
    for (let i = 0; i < 300; i += 1) places = withPlace(places, from(`10.${i >> 8}.${i & 255}.1`))
    expect(places.networks.split(' ')).toHaveLength(200)
  })
})

/** The same cookie, as it comes from another place. */
const movedTo = ({ context }: { readonly context: RequestContext }, ip: string, userAgent = 'test') => {
  const place = { ip, userAgent }
  const moved: RequestContext = {
    ...context,
    ...place,
    get token() {
      return context.token
    },
    get deviceToken() {
      return context.deviceToken
    },
    signedIn: async () =>
      context.token === null ? null : findSignedIn(t.app, context.token, { background: false, from: place }),
  }
  return callerOf(moved)
}

const signedIn = async () => {
  const person: Person = await newPerson(t.app)
  const browser = await fullySignedIn(t.app, person)
  wait(t)
  return { person, browser }
}

describe('a session that is used from a network or browser that is new to it', () => {
  it('serves nothing before a factor has been given there, and says so in the log', async () => {
    const { person, browser } = await signedIn()
    const caller = movedTo(browser, '198.51.100.7')
    expect(await refusalOf(caller.sessions.mine({}))).toBe('STEP_UP_REQUIRED')
    const change = { current: 'x', password: 'Seven-loud-0tters!' }
    expect(await refusalOf(caller.auth.changePassword(change))).toBe('STEP_UP_REQUIRED')
    const asked = (await auditEntries(t.app, 'sessions.listed')).at(-1)
    expect(asked).toMatchObject({
      outcome: 'asked',
      actor: { kind: 'user', id: person.id },
      reason: expect.stringContaining('new to your session'),
    })
    await caller.auth.stepUp({ code: person.code() })
    expect((await caller.sessions.mine({})).items).toHaveLength(1)
    expect((await auditEntries(t.app, 'auth.step-up')).at(-1)).toMatchObject({ facts: { elsewhere: true } })
  })

  it('takes a passkey of its person for that factor, and knows the place from then on', async () => {
    const { browser } = await signedIn()
    const key = new TestAuthenticator()
    await browser.caller.factors.addPasskey(key.make(await browser.caller.factors.startPasskey()))
    const caller = movedTo(browser, '198.51.100.7')
    const asked = await caller.auth.askPasskey({ purpose: 'step-up' })
    expect(await refusalOf(caller.sessions.mine({}))).toBe('STEP_UP_REQUIRED')
    await caller.auth.stepUpByPasskey(key.use(asked))
    expect((await movedTo(browser, '198.51.100.8').sessions.mine({})).items).toHaveLength(1)
    expect((await auditEntries(t.app, 'auth.step-up')).at(-1)).toMatchObject({ facts: { elsewhere: true } })
  })

  it('asks once for each: whoever goes to and fro is asked no more', async () => {
    const { person, browser } = await signedIn()
    for (const ip of ['198.51.100.7', '192.0.2.9']) {
      const caller = movedTo(browser, ip)
      expect(await refusalOf(caller.sessions.mine({}))).toBe('STEP_UP_REQUIRED')
      await caller.auth.stepUp({ code: person.code() })
      wait(t)
    }
    for (const ip of ['198.51.100.99', '192.0.2.1', browser.context.ip])
      expect((await movedTo(browser, ip).sessions.mine({})).items).toHaveLength(1)
    expect(await refusalOf(movedTo(browser, '192.0.2.1', CHROME).sessions.mine({}))).toBe('STEP_UP_REQUIRED')
  })

  it('is not kept alive from there, and is where it was', async () => {
    const { browser } = await signedIn()
    for (let minute = 0; minute < 14; minute += 1) {
      wait(t, 60_000)
      expect(await refusalOf(movedTo(browser, '198.51.100.7').sessions.mine({}))).toBe('STEP_UP_REQUIRED')
    }
    wait(t, 60_000)
    expect(await refusalOf(movedTo(browser, '198.51.100.7').sessions.mine({}))).toBe('UNAUTHENTICATED')
  })

  it('can be signed out from there', async () => {
    const { browser } = await signedIn()
    await movedTo(browser, '198.51.100.7').auth.signOut()
    expect(await browser.context.signedIn()).toBeNull()
  })

  it('is not opened by a place that was put into its row behind the application’s back', async () => {
    const { browser } = await signedIn()
    await t.app.db.sql`update sessions set networks = networks || ' 198.51.100.0/24'`
    expect(await refusalOf(movedTo(browser, '198.51.100.7').sessions.mine({}))).toBe('UNAUTHENTICATED')
  })
})
