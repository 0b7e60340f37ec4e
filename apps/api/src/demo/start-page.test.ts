import { freePort } from '@chartward/db'
import { afterEach, describe, expect, it } from 'vitest'
import { Progress } from './progress.ts'
import { openStartPage, type StartPage, startPage } from './start-page.ts'

const VIEW = { what: 'Loading synthetic patients: 50 of 200', percent: 12, secondsLeft: 41 }

describe('the progress of a demo', () => {
  it('says what is done, how much of it, and how long the rest will take at this pace', () => {
    let now = 0
    const progress = new Progress({ patients: 100, acts: 0 }, () => now)
    expect(progress.view).toMatchObject({ percent: 0, secondsLeft: null })
    now = 5_000
    progress.imported(25, 100)
    expect(progress.view).toEqual({
      what: 'Loading synthetic patients: 25 of 100',
      percent: 25,
      secondsLeft: 15,
    })
  })

  it('goes on from the patients to what happened, and ends at all of it', () => {
    const progress = new Progress({ patients: 100, acts: 1000 }, () => 0)
    progress.imported(100, 100)
    const loaded = progress.view.percent
    progress.acted(500, 1000, '2026-01-31', 100)
    expect(progress.view.percent).toBeGreaterThan(loaded)
    expect(progress.view.what).toContain('2026-01-31')
    progress.acted(1000, 1000, '2026-02-28', 100)
    expect(progress.view.percent).toBe(100)
  })
})

describe('the page of a demo that is being made', () => {
  let page: StartPage | null = null
  afterEach(() => page?.close())

  const open = async () => {
    const port = await freePort()
    page = await openStartPage({ host: '127.0.0.1', port }, () => VIEW)
    return `http://127.0.0.1:${port}`
  }

  it('says what is done and how long it takes, comes again by itself, and runs nothing', async () => {
    const answer = await fetch(`${await open()}/patients/1`, { headers: { accept: 'text/html' } })
    const text = await answer.text()
    expect(text).toContain(VIEW.what)
    expect(text).toContain('About 45 seconds are left')
    expect(text).toContain('http-equiv="refresh"')
    expect(text).not.toMatch(/<script|style=|<style|onload/)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.status).toBe(503)
  })

  it('lets nobody in: no procedure is there, and health says that it is starting', async () => {
    const url = await open()
    const signIn = await fetch(`${url}/trpc/auth.signIn`, { method: 'POST', body: '{}' })
    expect([signIn.status, await signIn.text()]).toEqual([503, ''])
    const [alive, ready] = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/readyz`)])
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'starting' }])
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'starting' }])
  })

  it('says of longer times no more than is known', () => {
    const left = (secondsLeft: number | null) => startPage({ ...VIEW, secondsLeft })
    expect(left(null)).toContain('said in a moment')
    expect(left(3)).toContain('A few seconds')
    expect(left(200)).toContain('About 4 minutes')
  })

  it('gives the port back', async () => {
    const url = await open()
    await page?.close()
    await expect(fetch(url)).rejects.toThrow()
  })
})
