import { createTransport } from 'nodemailer'
import type { NamedNetworks } from './addresses.ts'
import { type Destination, dial, tlsFor } from './dial.ts'

/** The server that takes our mail, as the operator has named it. */
export interface Smtp {
  readonly host: string
  readonly port: number
  /** From the first byte, by STARTTLS without which nothing is said, or none on loopback. */
  readonly tls: 'implicit' | 'starttls' | 'none'
  readonly from: string
  readonly named: NamedNetworks
  readonly ca: string | undefined
  readonly login: { readonly user: string; readonly password: string } | undefined
}

interface Message {
  /** What the receiving side knows a second sending of the same message by (RFC 5322 section 3.6.4). */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The server said no for good (a reply of 5xx): to this address, or to this message. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused'
  readonly code: 'address-refused' | 'refused'

  constructor(code: 'address-refused' | 'refused', options?: ErrorOptions) {
    super('the mail server refuses it', options)
    this.code = code
  }
}

const TIMEOUT_MS = 20_000

const destinationOf = ({ host, port, tls, ca }: Smtp): Destination => ({
  name: 'smtp',
  host,
  port,
  tls: tls === 'starttls' ? 'upgraded' : tls,
  ca,
})

/**
 * Hands a message to the server. Throws MailRefused where that is no good for ever; any other error may pass,
 * a refusal of our login or of our own address included: the operator mends those. What a server answers can
 * repeat an address, so none of it is kept.
 */
export const sendBySmtp = async (smtp: Smtp, message: Message): Promise<void> => {
  const connection = await dial(destinationOf(smtp), smtp.named)
  const transport = createTransport({
    connection,
    host: smtp.host,
    secure: smtp.tls === 'implicit',
    secured: smtp.tls === 'implicit',
    requireTLS: smtp.tls === 'starttls',
    ignoreTLS: smtp.tls === 'none',
    tls: tlsFor(smtp),
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // A message is what is given here: nothing is read from a file or fetched for it.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(smtp.login === undefined ? {} : { auth: { user: smtp.login.user, pass: smtp.login.password } }),
  })
  try {
    await transport.sendMail({
      messageId: `<${message.id}>`,
      from: { name: 'Chartward', address: smtp.from },
      to: { name: '', address: message.to },
      subject: message.subject,
      text: message.text,
      html: message.html,
      // No answer of a machine is wanted, nor is one sent: RFC 3834 section 5.
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } catch (error) {
    const refusal = refusalOf(error)
    throw refusal === null
      ? new Error('the mail could not be handed over', { cause: codeOf(error) })
      : refusal
  } finally {
    transport.close()
    connection.destroy()
  }
}

const partsOf = (error: unknown): { code?: unknown; responseCode?: unknown; command?: unknown } =>
  typeof error === 'object' && error !== null ? error : {}

/** Of an error what says nothing of a person: its code, and what the server was asked. */
const codeOf = (error: unknown): string => {
  const { code, responseCode, command } = partsOf(error)
  return [code, responseCode, command].filter((part) => part !== undefined).join(' ')
}

const refusalOf = (error: unknown): MailRefused | null => {
  const { responseCode, command } = partsOf(error)
  if (typeof responseCode !== 'number' || responseCode < 500) return null
  if (command === 'RCPT TO') return new MailRefused('address-refused')
  return command === 'DATA' ? new MailRefused('refused') : null
}
