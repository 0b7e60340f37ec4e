import { formatVerifierKey, type NoteSigner, signingKeyName, signKeyStatement } from '@chartward/audit'
import { ed25519PublicKey, ed25519Sign } from '@chartward/crypto'
import { type Transaction, withTransaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { logKeysBy, newestBundleKey, readEnrolments } from '../../audit/log/enrolments.ts'
import type { BundleSeeds } from '../../keys/key-files.ts'

export type BundleApp = Pick<App, 'db' | 'audit' | 'bundleSeeds' | 'settings' | 'clock'>

/** A bundle key that is at hand. */
export interface BundleKey extends NoteSigner {
  readonly verifierKey: string
}

/** The newest bundle key of the log is not in this process's key folder. The message says what to do. */
export class BundleKeyMissing extends Error {
  override readonly name = 'BundleKeyMissing'

  constructor() {
    super(
      'The key folder lacks the bundle key that is enrolled in the log: copy the newest bundle.key or bundle-N.key from the folder in which it was made. Where it is lost, run `chartward signing rotate bundle --lost`.',
    )
  }
}

/** Those of the seeds, oldest first. */
export const bundleKeysIn = (seeds: BundleSeeds, logOrigin: string): BundleKey[] => {
  const name = signingKeyName('bundle', logOrigin)
  return seeds.read().map((seed) => {
    const publicKey = ed25519PublicKey(seed)
    return {
      name,
      publicKey,
      sign: (message) => ed25519Sign(seed, message),
      verifierKey: formatVerifierKey(name, publicKey),
    }
  })
}

/** Those of the key folder, oldest first. */
export const bundleKeysAtHand = ({
  bundleSeeds,
  settings,
}: Pick<BundleApp, 'bundleSeeds' | 'settings'>): BundleKey[] => bundleKeysIn(bundleSeeds, settings.logOrigin)

/**
 * Sees that the log has a bundle key and this process has it: enrols one where the log has none yet, and
 * makes its file where that is missing. Gives its verifier key. Rejects with BundleKeyMissing.
 */
export const ensureBundleKey = (app: BundleApp): Promise<string> =>
  enrolling(app, async (tx, newest) => {
    if (newest !== null) return keyAtHand(app, newest).verifierKey
    if (bundleKeysAtHand(app).length === 0) app.bundleSeeds.makeNext()
    return enrol(app, tx, { key: newestAtHand(app), previous: null, by: { name: 'install' } })
  })

/**
 * Hands the signing of bundles over to a new key, and gives its verifier key. Cut off before its entry was
 * committed, the key that it has made is the one that the next call enrols. Rejects with BundleKeyMissing.
 */
export const rotateBundleKey = (app: BundleApp, operator: string): Promise<string> =>
  enrolling(app, async (tx, newest) => {
    if (newest === null) throw new BundleKeyMissing()
    const previous = keyAtHand(app, newest)
    if (newestAtHand(app).verifierKey === newest) app.bundleSeeds.makeNext()
    return enrol(app, tx, { key: newestAtHand(app), previous, by: { name: 'operator', operator } })
  })

/**
 * A statement for a new bundle key in the place of one that is lost, for the log's own key to countersign.
 * The key is made where none waits that no entry has enrolled.
 */
export const proposeBundleKey = async (app: BundleApp): Promise<string> => {
  const { logOrigin: origin, logVerifierKey } = app.settings
  const enrolments = await readEnrolments(app.db.sql)
  const known = enrolments.map(({ statement }) => statement?.key)
  const last = bundleKeysAtHand(app).at(-1)?.verifierKey
  if (last === undefined || known.includes(last)) app.bundleSeeds.makeNext()
  const key = newestAtHand(app)
  const { newest } = (await logKeysBy(logVerifierKey, enrolments)).keys
  return signKeyStatement({ purpose: 'bundle', origin, key: key.verifierKey, previous: newest }, [key])
}

/** One at a time, in all processes. */
const enrolling = <T>(
  app: BundleApp,
  act: (tx: Transaction, newest: string | null) => Promise<T>,
): Promise<T> =>
  withTransaction(app.db, 'none', async (tx) => {
    await tx.sql`select from installation for update`
    return act(tx, await newestBundleKey(tx.sql, app.settings.logVerifierKey))
  })

const keyAtHand = (app: BundleApp, verifierKey: string): BundleKey => {
  const key = bundleKeysAtHand(app).find((found) => found.verifierKey === verifierKey)
  if (key === undefined) throw new BundleKeyMissing()
  return key
}

const newestAtHand = (app: BundleApp): BundleKey => {
  const key = bundleKeysAtHand(app).at(-1)
  if (key === undefined) throw new BundleKeyMissing()
  return key
}

interface Enrolling {
  readonly key: BundleKey
  readonly previous: BundleKey | null
  readonly by: { readonly name: string; readonly operator?: string }
}

const enrol = async (app: BundleApp, tx: Transaction, { key, previous, by }: Enrolling): Promise<string> => {
  const before = previous?.verifierKey ?? null
  const statement = signKeyStatement(
    { purpose: 'bundle', origin: app.settings.logOrigin, key: key.verifierKey, previous: before },
    previous === null ? [key] : [key, previous],
  )
  await app.audit.append(tx, {
    action: 'signing-key.enrolled',
    outcome: 'success',
    actor: { kind: 'system', name: by.name },
    resource: { type: 'SigningKey', id: null },
    facts: { purpose: 'bundle', ...(by.operator === undefined ? {} : { operator: by.operator }) },
    change: {
      before: before === null ? null : { key: before },
      after: { key: key.verifierKey, statement },
    },
  })
  return key.verifierKey
}
