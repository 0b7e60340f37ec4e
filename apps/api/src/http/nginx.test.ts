import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { request } from 'node:https'
import { type AddressInfo, connect, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, makeCertificate } from '../testing/certificate.ts'

const NGINX = '/usr/sbin/nginx'
const CONFIGURATION = fileURLToPath(new URL('../../../../deploy/nginx.conf', import.meta.url))
const missing = !existsSync(NGINX)
/** In CI a skipped probe would be a check that can't fail. */
const skip = missing && process.env.CI === undefined
const title = `deploy/nginx.conf in Debian's nginx${skip ? ` (skipped: there is no ${NGINX})` : ''}`

/** Larger than what the kernel's socket buffers and nginx's own hold between them. */
const LARGE_ANSWER = 48 * 1024 * 1024

let folder: string
let certificate: Certificate
let upstream: Server
let nginx: Nginx

interface Nginx {
  readonly port: number
  readonly folder: string
  stop(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Stands in for Chartward: says what reached it, or answers at length. */
const startUpstream = async (): Promise<Server> => {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/large') {
      outgoing.writeHead(200, { 'content-length': LARGE_ANSWER })
      outgoing.end(Buffer.alloc(LARGE_ANSWER))
      return
    }
    let bytes = 0
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    incoming.on('end', () => {
      outgoing.writeHead(200, {
        'content-type': 'application/json',
        'strict-transport-security': 'max-age=1',
      })
      outgoing.end(JSON.stringify({ url: incoming.url, bytes, headers: incoming.headers }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const portOf = (server: { address(): AddressInfo | string | null }): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

const freePort = async (): Promise<number> => {
  const probe = createSocketServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const port = portOf(probe)
  probe.close()
  await once(probe, 'close')
  return port
}

const replaceOnce = (text: string, before: string, after: string): string => {
  const parts = text.split(before)
  if (parts.length !== 2) throw new Error(`${before} stands ${parts.length - 1} times in the configuration`)
  return parts.join(after)
}

/**
 * The deployed file, unchanged but for what belongs to the machine: the port of the upstream and the
 * folder of the log.
 */
const deployedConfiguration = async (inFolder: string): Promise<string> => {
  const text = await readFile(CONFIGURATION, 'utf8')
  const here = replaceOnce(text, 'server 127.0.0.1:4380;', `server 127.0.0.1:${portOf(upstream)};`)
  return replaceOnce(here, '/var/log/nginx/', `${inFolder}/`)
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

const startNginx = async (name: string, edit: (text: string) => string = (text) => text): Promise<Nginx> => {
  const own = join(folder, name)
  const port = await freePort()
  await mkdir(join(own, 'chartward'), { recursive: true })
  await mkdir(join(own, 'conf.d'))
  await writeFile(join(own, 'conf.d', 'chartward.conf'), edit(await deployedConfiguration(own)))
  await writeFile(
    join(own, 'chartward', 'site.conf'),
    `listen 127.0.0.1:${port} ssl http2 default_server;
     server_name ${certificate.name};
     ssl_certificate ${certificate.certFile};
     ssl_certificate_key ${certificate.keyFile};`,
  )
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${own}/${kind};`)
    .join('\n')
  // As Debian's own nginx.conf: old protocols, compression and a log of everything, unless a site
  // says otherwise.
  await writeFile(
    join(own, 'nginx.conf'),
    `pid ${own}/nginx.pid;
     daemon off;
     error_log ${own}/error.log warn;
     events {}
     http {
       ${temporary}
       ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
       access_log ${own}/everything.log;
       gzip on;
       include ${own}/conf.d/*.conf;
     }`,
  )
  const options = ['-p', own, '-e', join(own, 'error.log'), '-c', join(own, 'nginx.conf')]
  await promisify(execFile)(NGINX, ['-t', ...options])
  const child: ChildProcess = spawn(NGINX, options, { stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(await readFile(join(own, 'error.log'), 'utf8'))
    await sleep(20)
  }
  return {
    port,
    folder: own,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

const call = (
  port: number,
  path: string,
  { headers = {}, method = 'GET', body }: { headers?: object; method?: string; body?: Buffer } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        path,
        method,
        host: '127.0.0.1',
        servername: certificate.name,
        ca: certificate.ca,
        agent: false,
        headers: { host: certificate.name, ...headers },
      },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
        )
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })

/** The suite that was agreed on, or the code of the failure. */
const handshake = (options: object): Promise<string> =>
  new Promise((resolve) => {
    const socket: TLSSocket = connectTls(
      { port: nginx.port, host: '127.0.0.1', servername: certificate.name, ca: certificate.ca, ...options },
      () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().name}`)
        socket.destroy()
      },
    )
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })

/** Takes the answer's first bytes and then none until nginx has had to put the rest somewhere. */
const readSlowly = (port: number, until: () => Promise<boolean>): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        path: '/large',
        host: '127.0.0.1',
        servername: certificate.name,
        ca: certificate.ca,
        agent: false,
        headers: { host: certificate.name },
      },
      (incoming) => {
        let bytes = 0
        incoming.once('data', async () => {
          incoming.pause()
          // Bounded: 2 s without a temporary file, and nginx is waiting for the reader as it should.
          for (let waited = 0; waited < 100 && !(await until()); waited++) await sleep(20)
          incoming.resume()
        })
        incoming.on('data', (chunk: Buffer) => {
          bytes += chunk.length
        })
        incoming.on('end', () => resolve(bytes)).once('error', reject)
      },
    )
    sent.once('error', reject)
    sent.end()
  })

const wroteTemporaryFile = async (where: Nginx): Promise<boolean> =>
  (await readFile(join(where.folder, 'error.log'), 'utf8')).includes('buffered to a temporary file')

describe.skipIf(skip)(title, () => {
  beforeAll(async () => {
    if (missing) throw new Error(`CI must have ${NGINX}: apt-get install nginx-light`)
    folder = await mkdtemp(join(tmpdir(), 'chartward-nginx-'))
    // Started by root, nginx works as another account, whose temporary files are what is looked for.
    await chmod(folder, 0o755)
    certificate = await makeCertificate(folder)
    upstream = await startUpstream()
    nginx = await startNginx('deployed')
  })
  afterAll(async () => {
    await nginx?.stop()
    upstream?.closeAllConnections()
    upstream?.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  it('TLS 1.2 is refused, though nginx as a whole allows it', async () => {
    expect(await handshake({ maxVersion: 'TLSv1.2' })).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
  })

  it.each(['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'])(
    'TLS 1.3 with %s is spoken',
    async (suite) => {
      expect(await handshake({ ciphers: suite, minVersion: 'TLSv1.3' })).toBe(`TLSv1.3 ${suite}`)
    },
  )

  it('TLS 1.3 with TLS_AES_128_GCM_SHA256 alone is refused', async () => {
    const result = await handshake({ ciphers: 'TLS_AES_128_GCM_SHA256', minVersion: 'TLSv1.3' })
    expect(result).toMatch(/^ERR_SSL_.*HANDSHAKE_FAILURE$/)
  })

  it('HTTP/2 is offered', async () => {
    const socket = connectTls({
      port: nginx.port,
      host: '127.0.0.1',
      servername: certificate.name,
      ca: certificate.ca,
      ALPNProtocols: ['h2', 'http/1.1'],
    })
    await once(socket, 'secureConnect')
    expect(socket.alpnProtocol).toBe('h2')
    socket.destroy()
  })

  it('HSTS lasts two years and is said once, also with an error', async () => {
    const twoYears = 'max-age=63072000; includeSubDomains'
    expect((await call(nginx.port, '/')).headers['strict-transport-security']).toBe(twoYears)
    const refused = await call(nginx.port, '/', { headers: { host: 'other.test' } })
    expect([refused.status, refused.headers['strict-transport-security']]).toEqual([421, twoYears])
  })

  it("the client's address comes from the connection, whatever the client claims", async () => {
    const claims = {
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-host': 'claimed.test',
      'x-forwarded-port': '1',
      'x-forwarded-proto': 'http',
      'x-real-ip': '203.0.113.7',
      forwarded: 'for=203.0.113.7',
      via: '1.1 claimed.test',
    }
    const { headers } = JSON.parse((await call(nginx.port, '/', { headers: claims })).body)
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      host: certificate.name,
    })
    expect(JSON.stringify(headers)).not.toMatch(/203\.0\.113\.7|claimed\.test/)
    for (const dropped of ['x-real-ip', 'forwarded', 'via', 'x-forwarded-host', 'x-forwarded-port']) {
      expect(headers).not.toHaveProperty(dropped)
    }
  })

  it('the log holds the path and not the query, in the one log that there is', async () => {
    await call(nginx.port, '/trpc/some.call?input=typed-words', {
      headers: { referer: 'https://x.test/typed-words' },
    })
    await expect
      .poll(() => readFile(join(nginx.folder, 'chartward.log'), 'utf8'))
      .toContain('/trpc/some.call')
    expect(await readFile(join(nginx.folder, 'chartward.log'), 'utf8')).not.toContain('typed-words')
    expect(await readFile(join(nginx.folder, 'everything.log'), 'utf8')).toBe('')
  })

  it('a body of 1 MiB goes through, a larger one is refused', async () => {
    const body = Buffer.alloc(1024 * 1024)
    const passed = await call(nginx.port, '/', { method: 'POST', body })
    expect(JSON.parse(passed.body).bytes).toBe(body.length)
    const refused = await call(nginx.port, '/', {
      method: 'POST',
      headers: { 'content-length': body.length + 1, expect: '100-continue' },
    })
    expect(refused.status).toBe(413)
  })

  it('neither a request nor an answer is written to disk, however slowly it is read', async () => {
    await call(nginx.port, '/', { method: 'POST', body: Buffer.alloc(1024 * 1024) })
    expect(await readSlowly(nginx.port, () => wroteTemporaryFile(nginx))).toBe(LARGE_ANSWER)
    expect(await wroteTemporaryFile(nginx)).toBe(false)
  })

  it('the same reader makes nginx write a temporary file where the configuration does not forbid it', async () => {
    const careless = await startNginx('careless', (text) =>
      replaceOnce(text, 'proxy_max_temp_file_size 0;', ''),
    )
    try {
      expect(await readSlowly(careless.port, () => wroteTemporaryFile(careless))).toBe(LARGE_ANSWER)
      expect(await wroteTemporaryFile(careless)).toBe(true)
    } finally {
      await careless.stop()
    }
  })
})
