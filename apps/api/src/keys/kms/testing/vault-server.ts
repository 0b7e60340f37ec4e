import { createHash, randomBytes } from 'node:crypto'
import { kwpUnwrap, kwpWrap } from '@chartward/crypto'
import { type Answer, type Asked, type StoreServer, startStore } from './store-server.ts'

export const TOKEN = 'hvs.a-token-of-the-test'

export interface VaultServer extends StoreServer {
  /** The token that counts now. */
  token: string
  /** What its answer is instead: a status and Vault's texts. */
  refuses: { readonly status: number; readonly errors: readonly string[] } | null
  answersWithFirst: boolean
}

const json = (status: number, value: unknown): Answer => ({ status, body: JSON.stringify(value) })

/** The two calls of Vault's Transit engine for the key `chartward` at `transit`, with `associated_data`. */
export const startVault = async (tls?: {
  readonly key: Buffer
  readonly cert: Buffer
}): Promise<VaultServer> => {
  const root = randomBytes(32)
  let first: string | undefined
  const answer = ({ method, path, headers, body }: Asked): Answer => {
    if (headers['x-vault-token'] !== server.token) return json(403, { errors: ['permission denied'] })
    if (server.refuses !== null) return json(server.refuses.status, { errors: server.refuses.errors })
    const { plaintext, ciphertext, associated_data = '' } = JSON.parse(body)
    const bound = createHash('sha256').update(associated_data).digest()
    if (method === 'POST' && path === '/v1/transit/encrypt/chartward') {
      first ??= plaintext
      const wrapped = kwpWrap(root, Buffer.concat([bound, Buffer.from(plaintext, 'base64')]))
      return json(200, { data: { ciphertext: `vault:v1:${wrapped.toString('base64')}`, key_version: 1 } })
    }
    if (method !== 'POST' || path !== '/v1/transit/decrypt/chartward')
      return json(404, { errors: ['no handler for route'] })
    try {
      const opened = kwpUnwrap(root, Buffer.from(ciphertext.slice('vault:v1:'.length), 'base64'))
      if (!opened.subarray(0, 32).equals(bound)) throw new Error('bound elsewhere')
      const plain = server.answersWithFirst ? first : opened.subarray(32).toString('base64')
      return json(200, { data: { plaintext: plain } })
    } catch {
      return json(400, { errors: ['cipher: message authentication failed'] })
    }
  }
  const store = await startStore(
    answer,
    {
      throttled: json(429, { errors: ['request path "transit" exceeded its quota'] }),
      failing: json(503, { errors: ['Vault is sealed'] }),
    },
    tls,
  )
  const server: VaultServer = Object.assign(store, { token: TOKEN, refuses: null, answersWithFirst: false })
  return server
}
