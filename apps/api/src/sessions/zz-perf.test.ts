import { test } from 'vitest'
import { hashToken } from '@chartward/crypto'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp } from '../testing/test-app.ts'
import { findSignedIn } from './sessions.ts'
test('perf', async () => {
  const t = await createTestApp()
  const tokens: string[] = []
  for (let i = 0; i < 300; i++) tokens.push((await signInAs(t.app, ['nurse', 'billing'])).token)
  const hashes = tokens.map((x) => hashToken(x).toString('hex'))
  const { sql } = t.app.db
  await sql`analyze`
  const bare = async (i: number) => { await sql`select * from sessions where token_hash = ${hashes[i % 300] ?? ''}` }
  const full = async (i: number) => { await findSignedIn(t.app, tokens[i % 300] ?? '', { background: false }) }
  const run = async (f: (i: number) => Promise<void>, n: number, par: number) => {
    const t0 = performance.now()
    for (let i = 0; i < n; i += par) await Promise.all(Array.from({ length: par }, (_, k) => f(i + k)))
    return ((performance.now() - t0) * 1000) / n
  }
  for (const par of [1, 10]) {
    await run(bare, 1000, par); await run(full, 1000, par)
    const a: number[] = [], b: number[] = []
    for (let r = 0; r < 5; r++) { a.push(await run(bare, 2000, par)); b.push(await run(full, 2000, par)) }
    a.sort((x, y) => x - y); b.sort((x, y) => x - y)
    console.log('par', par, 'bare us', a[2], 'full us', b[2], 'ratio', (b[2] ?? 0) / (a[2] ?? 1))
  }
  await t.stop()
})
