import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createServer, type ServerOptions } from '../../server.ts'
import { newAddress, type TestApp } from '../../testing/test-app.ts'

export interface Served {
  readonly server: FastifyInstance
  /**
   * A request from an address of its own, or with a cookie from where tests sign in, unless told; the
   * answer's body as text.
   */
  ask(given: {
    readonly url: string
    readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS'
    readonly headers?: Record<string, string>
    readonly body?: string
    readonly from?: string
  }): Promise<{ status: number; headers: Record<string, unknown>; text: string }>
  /** What comes back for these very bytes, until the server ends the connection. */
  raw(bytes: string): Promise<string>
  stop(): Promise<void>
}

/** As the build writes its pages, with all that is filled in. */
const PAGE = `<html data-scheme="__SCHEME__"><head><meta nonce="__CSP_NONCE__" content="__MODE__ __TIME_ZONE__"></head>
<body><!--__FRAME__--><div id="frame">Loading</div><!--__END_FRAME__--></body></html>`

const PRELOADS = [
  { path: '/', files: ['assets/home-page-A1b2C3d4.js', 'assets/home-page-A1b2C3d4.css'] },
  { path: '/patients/$id', files: ['assets/patient-page-A1b2C3d4.js'] },
]

/** The whole server with a console of two pages, a hashed asset, one without a hash and the icon. */
export const serveTest = async (on: TestApp, options: Partial<ServerOptions> = {}): Promise<Served> => {
  const folder = await mkdtemp(join(tmpdir(), 'chartward-served-'))
  await mkdir(join(folder, 'assets'))
  for (const name of ['index.html', 'sign-in.html']) await writeFile(join(folder, name), PAGE)
  await writeFile(join(folder, 'preloads.json'), JSON.stringify(PRELOADS))
  for (const name of ['favicon.svg', 'assets/app-A1b2C3d4.js', 'assets/plain.js'])
    await writeFile(join(folder, name), '/**/')
  const server = await createServer({
    app: on.app,
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    trustedProxy: undefined,
    consoleFolder: folder,
    ...options,
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return {
    server,
    ask: async ({ url, method = 'GET', headers = {}, body, from }) => {
      const remoteAddress = from ?? (headers.cookie === undefined ? newAddress() : '127.0.0.1')
      const answer = await server.inject({
        url,
        method,
        headers: { host: 'localhost', ...headers },
        remoteAddress,
        ...(body === undefined ? {} : { payload: body }),
      })
      return { status: answer.statusCode, headers: answer.headers, text: answer.body }
    },
    raw: async (bytes) => {
      const socket = connect(address.port, '127.0.0.1')
      socket.on('error', () => undefined)
      await once(socket, 'connect')
      socket.write(bytes)
      let text = ''
      for await (const chunk of socket.setEncoding('latin1')) text += chunk
      return text
    },
    stop: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
