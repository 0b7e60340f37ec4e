import { describe, expect, it } from 'vitest'
import { tlsOf } from './tls.ts'

const URL = 'postgres://login@host.example/database'

describe('the TLS of a connection', () => {
  it('is 1.3, whatever else the URL says of it', () => {
    for (const mode of ['sslmode=require', 'sslmode=verify-ca', 'sslmode=verify-full', 'sslrootcert=system'])
      expect(tlsOf(`${URL}?${mode}`).ssl?.minVersion).toBe('TLSv1.3')
  })

  it('demands a certificate where the URL does', () => {
    expect(tlsOf(`${URL}?sslmode=verify-full`).ssl?.rejectUnauthorized).toBe(true)
    expect(tlsOf(`${URL}?sslrootcert=system`).ssl?.rejectUnauthorized).toBe(true)
    expect(tlsOf(`${URL}?sslmode=require`).ssl?.rejectUnauthorized).toBe(false)
  })

  it('is none where the URL asks for none', () => {
    expect(tlsOf(URL)).toEqual({})
    expect(tlsOf(`${URL}?sslmode=disable`)).toEqual({})
  })
})
