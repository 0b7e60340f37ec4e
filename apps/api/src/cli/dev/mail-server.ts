import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { NamedNetworks } from '../../core/outbound/addresses.ts'
import type { Smtp } from '../../core/outbound/smtp.ts'

export interface ReceivedMail {
  readonly to: readonly string[]
  /** Headers and body, as they came. */
  readonly raw: string
  readonly messageId: string
  readonly subject: string
  /** The first part, its transfer encoding taken off. */
  readonly text: string
}

export interface MailServer {
  readonly smtp: Smtp
  readonly received: ReceivedMail[]
  /** What the next messages are answered with instead of being taken, one each. */
  readonly refusals: { readonly at: 'RCPT' | 'DATA'; readonly code: number }[]
  close(): Promise<void>
}

const unfolded = (raw: string): string => raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
const headerOf = (raw: string, name: string): string =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded(raw))?.[1] ?? ''

/** The text part: quoted-printable, as its lines are long, or as it stands. */
const textOf = (raw: string): string => {
  const part = raw.slice(raw.indexOf('Content-Type: text/plain'))
  const body = part.slice(part.indexOf('\r\n\r\n') + 4).split('\r\n--')[0] ?? ''
  return /quoted-printable/.test(part.slice(0, part.indexOf('\r\n\r\n')))
    ? body
        .replace(/=\r\n/g, '')
        .replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())
    : body
}

/** A real SMTP server on loopback that keeps what it is handed. `options` are those of `smtp-server`. */
export const startMailServer = async (
  options: SMTPServerOptions = {},
  smtp: Partial<Smtp> = {},
): Promise<MailServer> => {
  const received: ReceivedMail[] = []
  const refusals: MailServer['refusals'] = []
  const refuse = (at: 'RCPT' | 'DATA'): Error | null => {
    if (refusals[0]?.at !== at) return null
    const { code } = refusals.shift() ?? { code: 550 }
    return Object.assign(new Error('not here'), { responseCode: code })
  }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: (_address, _session, done) => done(refuse('RCPT')),
    onData: (stream, session, done) => {
      void text(stream).then((raw) => {
        const refusal = refuse('DATA')
        if (refusal !== null) return done(refusal)
        const to = session.envelope.rcptTo.map(({ address }) => address)
        received.push({
          to,
          raw,
          messageId: headerOf(raw, 'Message-ID'),
          subject: headerOf(raw, 'Subject'),
          text: textOf(raw),
        })
        return done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    received,
    refusals,
    smtp: {
      host: '127.0.0.1',
      port: address.port,
      tls: 'none',
      from: 'chartward@hospital.example',
      named: new NamedNetworks(['127.0.0.1']),
      ca: undefined,
      login: undefined,
      ...smtp,
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The token in the one link of a mail; of a patient's, a letter stands before it. */
export const tokenIn = (mail: Pick<ReceivedMail, 'text'> | undefined): string =>
  /https?:\/\/\S+#(?:[a-z]\.)?(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
