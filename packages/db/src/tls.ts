import type { ConnectionOptions } from 'node:tls'

const IDENTIFIED = ['verify-full', 'verify-ca']

/**
 * What a connection by this URL demands of TLS, as the driver's `ssl` option, or nothing where the URL asks
 * for none: version 1.3, which PostgreSQL has with every OpenSSL since 1.1.1 (2018), and with `verify-…` a
 * server whose certificate a known authority signed for its name.
 */
export const tlsOf = (url: string): { readonly ssl?: ConnectionOptions } => {
  const { searchParams } = new URL(url)
  const mode = searchParams.get('sslrootcert') === 'system' ? 'verify-full' : searchParams.get('sslmode')
  if (mode === null || !(IDENTIFIED.includes(mode) || mode === 'require')) return {}
  return { ssl: { minVersion: 'TLSv1.3', rejectUnauthorized: IDENTIFIED.includes(mode) } }
}
