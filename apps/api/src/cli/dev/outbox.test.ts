import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendBySmtp } from '../../core/outbound/smtp.ts'
import { readEnvironment } from '../../env.ts'
import { type Outbox, startOutbox } from './outbox.ts'

let outbox: Outbox
let port: number
beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
  probe.close()
  await once(probe, 'close')
  outbox = await startOutbox(port)
})
afterAll(() => outbox.close())

describe('the outbox of development', () => {
  it('shows what was mailed by the settings that it gives, with its link, and runs nothing of it', async () => {
    const { smtp } = readEnvironment(undefined, outbox.settings)
    if (smtp === undefined) throw new Error('no server')
    await sendBySmtp(smtp, {
      id: 'a@localhost',
      to: 'ada@example.test',
      subject: 'Hello <script>',
      text: 'Open http://localhost:4380/invitation#token <script>alert(1)</script>',
      html: '<p>Hello</p>',
    })
    const answer = await fetch(`http://127.0.0.1:${port}/`)
    const page = await answer.text()
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'")
    expect(page).toContain('<a href="http://localhost:4380/invitation#token">')
    expect(page).not.toContain('<script>')
  })
})
