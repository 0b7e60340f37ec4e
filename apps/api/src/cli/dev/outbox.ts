import { once } from 'node:events'
import { createServer } from 'node:http'
import { startMailServer } from './mail-server.ts'

export interface Outbox {
  /** What of the environment has the API send its mail here. */
  readonly settings: Readonly<Record<string, string>>
  close(): Promise<void>
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const linked = (text: string): string =>
  escaped(text).replace(/https?:\/\/[^\s&<]+/g, (url) => `<a href="${url}">${url}</a>`)

const PAGE = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" }

/**
 * The mail of development: a real SMTP server on loopback that keeps what it is handed, and a page on `port`
 * that shows it, newest first. It is a part of `pnpm dev` and of nothing else.
 */
export const startOutbox = async (port: number): Promise<Outbox> => {
  const mail = await startMailServer()
  const page = createServer((_request, response) => {
    const items = mail.received
      .toReversed()
      .map(
        ({ to, subject, text }) =>
          `<h2>${escaped(subject)}</h2><p>To ${escaped(to.join(', '))}</p><pre>${linked(text)}</pre>`,
      )
    const body = items.length === 0 ? '<p>Nothing was sent yet.</p>' : items.join('\n<hr>\n')
    response.writeHead(200, PAGE).end(`<!doctype html><title>Outbox</title><h1>Outbox</h1>\n${body}\n`)
  })
  await once(page.listen(port, '127.0.0.1'), 'listening')
  return {
    settings: {
      CHARTWARD_SMTP_HOST: mail.smtp.host,
      CHARTWARD_SMTP_PORT: String(mail.smtp.port),
      CHARTWARD_SMTP_TLS: 'none',
      CHARTWARD_SMTP_FROM: mail.smtp.from,
      CHARTWARD_OUTBOUND_PRIVATE: '127.0.0.1',
    },
    close: async () => {
      page.closeAllConnections()
      page.close()
      await mail.close()
    },
  }
}
