import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Certificate {
  readonly certFile: string
  readonly keyFile: string
  /** What a client has to trust. */
  readonly ca: string
  /** The name in it, beside 127.0.0.1. */
  readonly name: string
}

/**
 * A self-signed certificate for a test, valid for a day. Made by OpenSSL's program, since
 * node:crypto makes none.
 */
export const makeCertificate = async (folder: string): Promise<Certificate> => {
  const certFile = join(folder, 'certificate.pem')
  const keyFile = join(folder, 'private.pem')
  const name = 'chartward.test'
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '1',
    '-subj',
    `/CN=${name}`,
    '-addext',
    `subjectAltName=DNS:${name},IP:127.0.0.1`,
    '-keyout',
    keyFile,
    '-out',
    certFile,
  ])
  return { certFile, keyFile, ca: await readFile(certFile, 'utf8'), name }
}
