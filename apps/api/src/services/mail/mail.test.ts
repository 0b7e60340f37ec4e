import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withTransaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { afterAll, beforeAll, beforeEach, describe, expect, test as it } from 'vitest'
import { type MailServer, startMailServer, tokenIn } from '../../cli/dev/mail-server.ts'
import { newId } from '../../core/ids.ts'
import { installQueue } from '../../jobs/install-queue.ts'
import { startJobs } from '../../jobs/start-jobs.ts'
import { makeCertificate } from '../../testing/certificate.ts'
import { auditEntries } from '../../testing/entries.ts'
import { patientOf, signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { newBrowser, newPerson, PASSWORD, wait } from '../auth/testing/person.ts'
import { totpCode } from '../auth/totp.ts'
import { notify } from '../notices/notify.ts'
import { createDemoPatientAccount } from '../patient-accounts/create-demo-account.ts'
import { as } from '../users/testing/person.ts'
import { queueMail } from './queue-mail.ts'
import { giveUpMail, sendQueuedMail } from './send.ts'
import { post } from './testing/post.ts'

let t: TestApp
let server: MailServer

beforeAll(async () => {
  server = await startMailServer()
  t = await createTestApp({ connections: 20, smtp: server.smtp })
  await installQueue(t.database.url('chartward_owner'))
})
beforeEach(() => post(t.app).then(() => server.received.splice(0)))
afterAll(async () => {
  await t?.stop()
  await server?.close()
})

const waiting = async (): Promise<string> => {
  const [row] = await t.app.db.sql<
    { id: string }[]
  >`select id from mails where state = 'waiting' order by id desc`
  return row?.id ?? 'none waits'
}
const stateOf = async (id: string) => {
  const [row] = await t.app.db.sql<{ state: string; failure: string | null; content: Buffer | null }[]>`
    select state, failure, content from mails where id = ${id}`
  return row
}
const invite = async (email = `${newId()}@example.test`) => {
  const administrator = await as(t.app, 'administrator')
  const { id, ...shown } = await administrator.users.invite({ email, displayName: 'Ada Bee' })
  return { administrator, id: id as UserId, email, shown, mail: await waiting() }
}

describe('an invitation', () => {
  it('is mailed, and is not shown to the administrator', async () => {
    const { email, shown, mail } = await invite()
    expect(shown).toMatchObject({ invitationUrl: null })
    await sendQueuedMail(t.app, mail)
    expect(server.received).toHaveLength(1)
    expect(server.received[0]).toMatchObject({ to: [email], subject: 'Your invitation to Chartward' })
    const token = tokenIn(server.received[0])
    const { caller } = newBrowser(t.app)
    expect(await caller.auth.invitation({ token })).toMatchObject({ email })
    expect(await caller.auth.acceptInvitation({ token, password: PASSWORD })).toEqual({ stage: 'enrol' })
    const entries = await auditEntries(t.app, 'user.invited')
    expect(entries.at(-1)?.change?.after).toMatchObject({ linkShownTo: null })
    expect(JSON.stringify(await auditEntries(t.app))).not.toContain(token)
  })

  it('that has ended before it could be sent is not sent, and that is shown', async () => {
    const { administrator, id, mail } = await invite()
    wait(t, 73 * 60 * 60_000)
    await sendQueuedMail(t.app, mail)
    expect(server.received).toEqual([])
    expect(await stateOf(mail)).toMatchObject({ state: 'undeliverable', failure: 'expired' })
    const again = await as(t.app, 'administrator')
    expect((await again.users.get({ id })).mail).toMatchObject({ kind: 'invitation', failure: 'expired' })
    expect(administrator.id).not.toBe(again.id)
  })

  it('to somebody who has come in by then goes nowhere', async () => {
    const { id, mail } = await invite()
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`update mails set kind = kind where id = ${mail}`
    const administrator = await as(t.app, 'administrator')
    await administrator.users.deactivate({ id, reason: 'for the test' })
    await sendQueuedMail(t.app, mail)
    expect(server.received).toEqual([])
    expect((await stateOf(mail))?.state).toBe('dropped')
  })
})

describe('a mail', () => {
  it('names nobody, holds no picture and nothing that is fetched, and says the same as text and as HTML', async () => {
    const { mail } = await invite()
    await sendQueuedMail(t.app, mail)
    const raw = server.received[0]?.raw ?? ''
    expect(raw).not.toContain('Ada')
    expect(raw).not.toMatch(/<img|<link|src=|@import|url\(/i)
    expect(raw).toMatch(/Content-Type: text\/plain/)
    expect(raw).toMatch(/Content-Type: text\/html/)
    expect(raw).toMatch(/^Auto-Submitted: auto-generated/m)
  })

  it('can not be sent elsewhere by somebody who writes rows: another’s content does not open in it', async () => {
    const [mine, other] = [await invite(), await invite()]
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`
      update mails set content = (select content from mails where id = ${other.mail}), user_id = ${mine.id}
      where id = ${mine.mail}`
    await expect(sendQueuedMail(t.app, mine.mail)).rejects.toMatchObject({ code: 'INTEGRITY' })
    await owner.sql`update mails set user_id = ${mine.id} where id = ${other.mail}`
    await sendQueuedMail(t.app, other.mail)
    expect(server.received.map(({ to }) => to)).toEqual([[other.email]])
    await owner.sql`update mails set state = 'dropped', content = null, settled_at = now() where id = ${mine.mail}`
  })

  it('does not go to an address that was put into the account’s row', async () => {
    const { id, mail } = await invite()
    const owner = t.database.open('chartward_owner', 1)
    await owner.sql`update users set email = 'attacker@example.test' where id = ${id}`
    await expect(sendQueuedMail(t.app, mail)).rejects.toMatchObject({ code: 'INTEGRITY' })
    expect(server.received).toEqual([])
    await owner.sql`update mails set state = 'dropped', content = null, settled_at = now() where id = ${mail}`
  })

  it('is wiped of what it held as soon as it is settled', async () => {
    const { mail } = await invite()
    expect((await stateOf(mail))?.content).not.toBeNull()
    await sendQueuedMail(t.app, mail)
    expect(await stateOf(mail)).toEqual({ state: 'sent', failure: null, content: null })
  })

  it('is not sent a second time once it was noted', async () => {
    const { mail } = await invite()
    await sendQueuedMail(t.app, mail)
    await sendQueuedMail(t.app, mail)
    expect(server.received).toHaveLength(1)
  })

  it('goes to an international address where the server takes them', async () => {
    const { mail } = await invite(`jörg-${newId().slice(-6)}@bücher.example`)
    await sendQueuedMail(t.app, mail)
    expect((await stateOf(mail))?.state).toBe('sent')
    expect(server.received[0]?.to[0]).toMatch(/^jörg-.*@(xn--bcher-kva|bücher)\.example$/)
  })

  it('is there if and only if what causes it has happened', async () => {
    const person = await newPerson(t.app)
    const count = async () => (await t.app.db.sql`select count(*) from mails`)[0]?.count
    const before = await count()
    const undone = withTransaction(t.app.db, 'none', async (tx) => {
      await notify(tx, t.app, person.id, { word: 'new-device' })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await count()).toBe(before)
  })
})

describe('a server that refuses', () => {
  it('the address for good: it is undeliverable at once, and whoever may act is told until another is sent', async () => {
    const { administrator, id, mail } = await invite()
    server.refusals.push({ at: 'RCPT', code: 550 })
    await sendQueuedMail(t.app, mail)
    expect(await stateOf(mail)).toMatchObject({ state: 'undeliverable', failure: 'address-refused' })
    expect((await administrator.users.get({ id })).mail).toMatchObject({ state: 'undeliverable' })
    const [entry] = (await auditEntries(t.app, 'mail.undeliverable')).slice(-1)
    expect(entry).toMatchObject({ reason: 'address-refused', resource: { id }, outcome: 'failure' })
    await administrator.users.reinvite({ id })
    expect((await administrator.users.get({ id })).mail).toMatchObject({ state: 'waiting' })
  })

  it('the message for good: likewise', async () => {
    const { mail } = await invite()
    server.refusals.push({ at: 'DATA', code: 554 })
    await sendQueuedMail(t.app, mail)
    expect(await stateOf(mail)).toMatchObject({ state: 'undeliverable', failure: 'refused' })
  })

  it('for now: it waits, and is sent later', async () => {
    const { mail } = await invite()
    server.refusals.push({ at: 'RCPT', code: 451 }, { at: 'DATA', code: 452 })
    await expect(sendQueuedMail(t.app, mail)).rejects.toThrow('could not be handed over')
    await expect(sendQueuedMail(t.app, mail)).rejects.toThrow('could not be handed over')
    expect((await stateOf(mail))?.state).toBe('waiting')
    await sendQueuedMail(t.app, mail)
    expect((await stateOf(mail))?.state).toBe('sent')
  })

  it('for as long as it is tried: it is given up, and shown', async () => {
    const { mail } = await invite()
    await giveUpMail(t.app, mail)
    expect(await stateOf(mail)).toMatchObject({ state: 'undeliverable', failure: 'gave-up', content: null })
    await sendQueuedMail(t.app, mail)
    expect(server.received).toEqual([])
  })

  it('says no address to the log', async () => {
    const { email, mail } = await invite()
    server.refusals.push({ at: 'RCPT', code: 450 })
    const error: unknown = await sendQueuedMail(t.app, mail).catch((failure: unknown) => failure)
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(email)
    await sendQueuedMail(t.app, mail)
  })
})

describe('a notice', () => {
  it('is mailed to its person, from which address it was done, and never by which browser', async () => {
    const person = await newPerson(t.app)
    await post(t.app)
    server.received.splice(0)
    const from = { ip: '203.0.113.9', userAgent: 'Visit http://evil.example' }
    await withTransaction(t.app.db, 'none', (tx) =>
      notify(tx, t.app, person.id, { word: 'new-device', from }),
    )
    await post(t.app)
    expect(server.received[0]).toMatchObject({ to: [person.email], subject: 'A new device' })
    expect(server.received[0]?.text).toContain('203.0.113.9')
    expect(server.received[0]?.raw).not.toContain('evil')
  })

  it('goes nowhere for whoever has not come in yet', async () => {
    const administrator = await as(t.app, 'administrator')
    const { id } = await administrator.users.invite({
      email: `${newId()}@example.test`,
      displayName: 'New',
      role: 'nurse',
      reason: 'for the test',
    })
    await post(t.app)
    expect(server.received.map(({ subject }) => subject)).toEqual(['Your invitation to Chartward'])
    expect(id).toBeTruthy()
  })
})

describe('of a patient', () => {
  const linkIn = ({ text }: { readonly text: string }) => {
    const { pathname, hash } = new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? '')
    return pathname + hash
  }

  it('says only that there is something, whatever it is, and goes where the patient signs in by', async () => {
    const email = `${newId()}@home.test`
    const { userId, signedIn } = await signInAs(t.app, 'patient', { email, displayName: 'Ada Quince' })
    await withTransaction(t.app.db, 'none', (tx) => notify(tx, t.app, userId, { word: 'factor-added' }))
    await sendQueuedMail(t.app, await waiting())
    await withTransaction(t.app.db, 'none', async (tx) => {
      const link = {
        userId,
        token: 'a'.repeat(43),
        expiresAt: new Date(t.now.getTime() + 60_000).toISOString(),
      }
      await queueMail(tx, t.app, { kind: 'password-reset', ...link })
    })
    await sendQueuedMail(t.app, await waiting())
    expect(server.received.map(({ to }) => to)).toEqual([[email], [email]])
    expect(server.received.map(linkIn)).toEqual(['/sign-in#own', `/sign-in#r.${'a'.repeat(43)}`])
    expect(new Set(server.received.map(({ subject }) => subject))).toEqual(
      new Set(['There is something for you']),
    )
    for (const { raw } of server.received) {
      expect(raw).not.toMatch(/quince|patient|password|factor|reset|clinic/i)
      expect(raw).toContain('There is something for you. Open this link')
    }
    expect(signedIn.user.patientId).not.toBeNull()
  })

  it('a link to a new password is asked for at their own door alone', async () => {
    const email = `${newId()}@home.test`
    const patientId = await patientOf(t.app)
    const called = { patientId, email, displayName: 'Ada Quince', password: PASSWORD }
    const { totpSecret } = await createDemoPatientAccount(t.app, called)
    const { caller } = newBrowser(t.app)
    await caller.auth.askForReset({ email })
    await post(t.app)
    expect(server.received).toEqual([])
    await caller.auth.askForReset({ email, as: 'patient' })
    await post(t.app)
    expect(server.received.map(({ to, subject }) => ({ to, subject }))).toEqual([
      { to: [email], subject: 'There is something for you' },
    ])
    const token = tokenIn(server.received[0])
    const password = 'Seven-loud-w1ndows?'
    wait(t)
    await caller.auth.resetPassword({ token, password, code: totpCode(totpSecret, t.now) })
    await caller.auth.signIn({ email, password, as: 'patient' })
  })
})

describe('a runner of jobs', () => {
  it('sends what is queued, by itself', async () => {
    const { mail } = await invite()
    const jobs = await startJobs(t.app, t.database.url('chartward_app'))
    while ((await stateOf(mail))?.state === 'waiting') await new Promise((done) => setTimeout(done, 100))
    await jobs.stop()
    expect((await stateOf(mail))?.state).toBe('sent')
  })

  it('that is killed between sending and noting sends it again under the same Message-ID', async () => {
    const program = fileURLToPath(new URL('./testing/send-and-die.ts', import.meta.url))
    const { email, mail } = await invite()
    const dying = await startMailServer({
      onData: (stream, _session, done) => {
        stream.resume()
        stream.on('end', () => {
          child.kill('SIGKILL')
          done()
        })
      },
    })
    const folder = dirname(t.files.kms)
    const child = spawn(process.execPath, [
      program,
      t.database.url('chartward_app'),
      folder,
      String(dying.smtp.port),
      mail,
    ])
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGKILL')
    await dying.close()
    expect((await stateOf(mail))?.state).toBe('waiting')
    await sendQueuedMail(t.app, mail)
    expect(server.received).toMatchObject([{ to: [email], messageId: `<${mail}@localhost>` }])
  })
})

describe('on its way', () => {
  it.each(['implicit', 'starttls'] as const)(
    'a mail is protected by TLS (%s), with the login in it',
    async (tls) => {
      const folder = await mkdtemp(join(tmpdir(), 'chartward-smtp-'))
      const { keyFile, certFile, ca } = await makeCertificate(folder)
      const [key, cert] = [await readFile(keyFile), await readFile(certFile)]
      const seen: (readonly [secure: boolean, user: string | undefined])[] = []
      const secure = await startMailServer(
        {
          key,
          cert,
          secure: tls === 'implicit',
          disabledCommands: [],
          onAuth: (auth, session, done) => {
            seen.push([session.secure, auth.username])
            done(null, { user: auth.username })
          },
        },
        { tls, ca, login: { user: 'chartward', password: 'secret' } },
      )
      const { mail } = await invite()
      await sendQueuedMail({ ...t.app, settings: { ...t.app.settings, smtp: secure.smtp } }, mail)
      expect(secure.received).toHaveLength(1)
      expect(seen).toEqual([[true, 'chartward']])
      const unknown = { ...secure.smtp, ca: undefined }
      const { mail: second } = await invite()
      await expect(
        sendQueuedMail({ ...t.app, settings: { ...t.app.settings, smtp: unknown } }, second),
      ).rejects.toThrow()
      expect(secure.received).toHaveLength(1)
      await secure.close()
      await rm(folder, { recursive: true, force: true })
    },
  )

  it('where STARTTLS is not offered nothing is said: no login, no address', async () => {
    const plain = await startMailServer({}, { tls: 'starttls' })
    const { mail } = await invite()
    await expect(
      sendQueuedMail({ ...t.app, settings: { ...t.app.settings, smtp: plain.smtp } }, mail),
    ).rejects.toThrow('could not be handed over')
    expect(plain.received).toEqual([])
    await plain.close()
  })
})
