import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SESSION_COOKIE } from '../sessions/sessions.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { readPreloads, SCHEME_COOKIE } from './console-page.ts'
import { type Served, serveTest } from './testing/served.ts'

let t: TestApp
let served: Served
beforeAll(async () => {
  t = await createTestApp()
  served = await serveTest(t)
})
afterAll(async () => {
  await served?.stop()
  await t?.stop()
})

const pageAt = (url: string, cookies: Readonly<Record<string, string>> = {}) =>
  served.ask({
    url,
    headers: {
      accept: 'text/html',
      cookie: Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
    },
  })

/** Of nobody: whoever brings one is not looked up. */
const SESSION = { [SESSION_COOKIE]: 'A'.repeat(43) }

describe('a page of the console', () => {
  it('has the frame and what it is about to load for whoever brings a session, and tells nobody else of them', async () => {
    const { text } = await pageAt('/', SESSION)
    expect(text).toContain('<div id="frame">')
    expect(text).toContain('<link rel="modulepreload" crossorigin href="/assets/home-page-A1b2C3d4.js">')
    expect(text).toContain(
      '<link rel="preload" as="style" crossorigin href="/assets/home-page-A1b2C3d4.css">',
    )
    const { status, text: bare } = await pageAt('/')
    expect(status).toBe(200)
    expect(bare).not.toMatch(/frame|preload|FRAME/)
  })

  it('is the same for every session but for its nonce, which is the policy’s', async () => {
    const other = { [SESSION_COOKIE]: 'B'.repeat(43) }
    const [one, two] = await Promise.all([pageAt('/patients/1', SESSION), pageAt('/patients/1', other)])
    const nonceOf = (text: string) => /nonce="([^"]+)"/.exec(text)?.[1] ?? ''
    expect(nonceOf(one.text)).not.toBe(nonceOf(two.text))
    expect(one.headers['content-security-policy']).toContain(`'nonce-${nonceOf(one.text)}'`)
    const without = ({ text }: { text: string }) => text.replaceAll(nonceOf(text), '')
    expect(without(one)).toBe(without(two))
    expect(one.headers['cache-control']).toBe('no-store')
  })

  it.each([
    ['/patients/0193521b-7c00-7aaa-8aaa-00000000abcd?tab=visits', 'patient-page'],
    ['/patients/1/2', null],
    ['/patients', null],
    ['/no-such-page', null],
  ])('at %s names the code of %s', async (url, name) => {
    const { text } = await pageAt(url, SESSION)
    expect(/modulepreload.*?\/assets\/([\w-]+)-A1b2C3d4\.js/.exec(text)?.[1] ?? null).toBe(name)
  })

  it.each([
    ['light', 'light'],
    ['dark', 'dark'],
    ['"><script src=/x></script>', ''],
    [encodeURIComponent('"><b>'), ''],
  ])('is painted by the colours that the cookie names, and by no other text: %s', async (given, scheme) => {
    for (const url of ['/', '/sign-in']) {
      const { text } = await pageAt(url, { ...SESSION, [SCHEME_COOKIE]: given })
      expect(/data-scheme="([^"]*)"/.exec(text)?.[1]).toBe(scheme)
      expect(text).not.toMatch(/<b>|<script/)
    }
  })
})

describe('the list of what pages load', () => {
  it.each([
    [[{ path: '/', files: ['https://elsewhere.example/x-A1b2C3d4.js'] }]],
    [[{ path: '/', files: ['assets/"><script>-A1b2C3d4.js'] }]],
    [[{ path: '/', files: ['assets/../index-A1b2C3d4.js'] }]],
    [[{ path: '/', files: ['assets/app.js'] }]],
    [[{ path: '/(.*)', files: [] }]],
    [{}],
  ])('is refused where it names anything but pages and hashed files of the build: %j', (list) => {
    expect(() => readPreloads(JSON.stringify(list))).toThrow()
  })
})
