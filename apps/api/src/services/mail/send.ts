import { schema } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { MailRefused, sendBySmtp } from '../../core/outbound/smtp.ts'
import { linkUrl } from '../auth/account-link.ts'
import { calledAs } from '../auth/called-as.ts'
import { invitationUrl } from '../auth/invitation.ts'
import { answerResetRequest } from './answer-reset-request.ts'
import { type MailContent, openContent } from './content.ts'
import { type MailRow, settleMail } from './settle.ts'
import {
  addressMail,
  invitationMail,
  type MailText,
  noticeMail,
  patientMail,
  resetMail,
  written,
} from './texts.ts'

const { mails, users } = schema

type AccountKind = (typeof users.$inferSelect)['kind']
type Ready = Exclude<MailContent, { kind: 'reset-asked' }>

/**
 * Sends the mail that a row asks for, and says so. It may be run again after it was cut off anywhere: what
 * was sent and not noted goes out a second time, under the same Message-ID, by which mail programs know it
 * as one. Rejects where it should be tried again.
 */
export const sendQueuedMail = async (app: App, id: string): Promise<void> => {
  const waiting = await waitingMail(app, id)
  if (waiting === null) return
  const { smtp } = app.settings
  if (smtp === null) throw new ChartwardError('UNAVAILABLE', 'There is no server that takes mail.')
  const { row, content } = waiting
  const ready = content.kind === 'reset-asked' ? await answerResetRequest(app, row, content) : content
  const to = ready === null ? null : await addressFor(app, ready)
  const said = ready === null || to === null ? null : textOf(app, ready, to.kind)
  if (ready === null || to === null || said === null) return settleMail(app, row, { state: 'dropped' })
  const settled = { id, kind: ready.kind, userId: ready.userId }
  if ('expiresAt' in ready && new Date(ready.expiresAt) <= app.clock())
    return settleMail(app, settled, { state: 'undeliverable', failure: 'expired' })
  try {
    await sendBySmtp(smtp, {
      id: messageId(app, id),
      to: to.address,
      subject: said.subject,
      ...written(said),
    })
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error
    return settleMail(app, settled, { state: 'undeliverable', failure: error.code })
  }
  return settleMail(app, settled, { state: 'sent' })
}

/** Gives a mail up that could not be handed over for as long as it was tried. */
export const giveUpMail = async (app: App, id: string): Promise<void> => {
  const [row] = await app.db.orm.select().from(mails).where(eq(mails.id, id))
  if (row !== undefined) await settleMail(app, row, { state: 'undeliverable', failure: 'gave-up' })
}

const waitingMail = async (
  { db, keyring }: App,
  id: string,
): Promise<{ row: MailRow; content: MailContent } | null> => {
  const [row] = await db.orm
    .select()
    .from(mails)
    .where(and(eq(mails.id, id), eq(mails.state, 'waiting')))
  if (row === undefined || row.content === null) return null
  return { row, content: await openContent(keyring, id, row.content) }
}

const messageId = ({ settings }: App, id: string): string => `${id}@${new URL(settings.publicUrl).hostname}`

/** Whose account may be mailed what: an invitation before it is taken up, all else afterwards. */
const OPEN: Readonly<Record<Ready['kind'], readonly string[]>> = {
  invitation: ['invited'],
  'password-reset': ['active'],
  address: ['active'],
  notice: ['active', 'suspended'],
}

/**
 * Where it goes: looked up as it is sent, in a row that the application vouches for. Null where the account
 * is no more what it was.
 */
const addressFor = async (
  { db, reads, vouching }: App,
  content: Ready,
): Promise<{ readonly address: string; readonly kind: AccountKind } | null> => {
  const id: UserId = content.userId
  const [row] = await db.orm.select().from(users).where(eq(users.id, id))
  if (row === undefined) return null
  const { status } = await vouching.require('user', row)
  if (!OPEN[content.kind].includes(status)) return null
  const called = await calledAs({ reads }, row)
  if (called === null) return null
  return { address: ('to' in content ? content.to : null) ?? called.email, kind: called.kind }
}

const textOf = (
  { settings: { publicUrl }, calendar }: App,
  content: Ready,
  kind: AccountKind,
): MailText | null => {
  if (kind === 'patient') return patientMail(patientLink(publicUrl, content))
  if (content.kind === 'notice') {
    const accountUrl = new URL('/account', publicUrl).href
    return noticeMail({ ...content, at: calendar.moment(new Date(content.at)), accountUrl })
  }
  const until = calendar.moment(new Date(content.expiresAt))
  if (content.kind === 'invitation')
    return invitationMail({ url: invitationUrl(publicUrl, content.token), until })
  const purpose = content.kind === 'address' ? 'address' : 'password-reset'
  const link = { url: linkUrl(publicUrl, purpose, content.token), until }
  return purpose === 'address' ? addressMail(link) : resetMail(link)
}

/** What stands before the token of a link to a patient (`sign-in/landing.ts` of the console). */
const LETTERS = { invitation: 'i', 'password-reset': 'r', address: 'a' } as const

/**
 * Where there is something for a patient: whatever it is, no mail says it. What tells of it stands in the
 * fragment, which browsers send to no server.
 */
const patientLink = (publicUrl: string, content: Ready): string => {
  const url = new URL('/sign-in', publicUrl)
  url.hash = content.kind === 'notice' ? 'own' : `${LETTERS[content.kind]}.${content.token}`
  return url.href
}
