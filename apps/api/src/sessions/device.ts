import { newToken } from '@chartward/crypto'
import { type Connection, schema, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { and, desc, eq, gt, inArray, isNull, type SQL } from 'drizzle-orm'
import { newId } from '../core/ids.ts'
import type { Keyring } from '../keys/keyring.ts'
import type { RowOf } from '../vouch/kinds.ts'
import type { Vouching } from '../vouch/vouching.ts'

const { knownDevices, users } = schema

/** The cookie by which a browser is known again. It lets nobody in, and stays when somebody signs out. */
export const DEVICE_COOKIE = '__Host-chartward-device'

/** So long after its person last signed in there a device is known. */
export const DEVICE_KEPT_MS = 180 * 24 * 60 * 60_000

/** Devices that a person is known on at most: one more, and the one not used for longest is forgotten. */
const MOST = 20

/** What devices need of the application. */
interface Parts {
  readonly keyring: Pick<Keyring, 'mac' | 'macs'>
  readonly vouching: Vouching
  readonly clock: () => Date
}

type Device = RowOf<'known-device'>

/** What newToken() makes. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

const textOf = (token: string): string => `device\0${token}`

const hashesOf = ({ keyring }: Pick<Parts, 'keyring'>, token: string): string[] =>
  keyring.macs('tokens', textOf(token)).map((mac) => mac.toString('hex'))

/**
 * Whose device it is asked to be: a person's by their id, or whosever an address is, if it is anybody's, by
 * what may stand for it.
 */
export type DeviceOwner = { readonly userId: UserId } | { readonly addressKeys: readonly string[] }

/**
 * The device that a browser is known as to somebody, or null: it holds no such token, has not been used there
 * for long, was forgotten, or its row is none that the application vouches for. One statement, whoever it is
 * about.
 */
export const findDevice = async (
  { orm }: Connection,
  parts: Parts,
  token: string | null,
  owner: DeviceOwner,
): Promise<Device | null> => {
  if (token === null || !TOKEN.test(token)) return null
  const [found] = await orm
    .select({ device: knownDevices })
    .from(knownDevices)
    .innerJoin(users, eq(users.id, knownDevices.userId))
    .where(
      and(
        inArray(knownDevices.tokenHash, hashesOf(parts, token)),
        isNull(knownDevices.endedAt),
        gt(knownDevices.expiresAt, parts.clock()),
        'userId' in owner ? eq(users.id, owner.userId) : inArray(users.addressKey, [...owner.addressKeys]),
      ),
    )
  if (found === undefined) return null
  return (await parts.vouching.admits('known-device', found.device)) ? found.device : null
}

/** What became of a browser in which somebody has signed in fully. */
interface Remembered {
  /** For the cookie. */
  readonly token: string
  /** It was not known to them, and they are known elsewhere: they are told. */
  readonly isNew: boolean
}

/**
 * Has a browser known to somebody who has just signed in fully in it, for as long as devices are from now on.
 * The people of one workstation share its token; one that the application has not given out is not taken.
 */
export const rememberDevice = async (
  tx: Transaction,
  parts: Parts,
  {
    userId,
    token,
    userAgent,
  }: { readonly userId: UserId; readonly token: string | null; readonly userAgent: string | null },
): Promise<Remembered> => {
  const now = parts.clock()
  const expiresAt = new Date(now.getTime() + DEVICE_KEPT_MS)
  const hashes = token === null || !TOKEN.test(token) ? [] : hashesOf(parts, token)
  const ofBrowser = await tx.orm
    .select()
    .from(knownDevices)
    .where(and(inArray(knownDevices.tokenHash, hashes), isNull(knownDevices.endedAt)))
  const given: Device[] = []
  for (const device of ofBrowser) if (await parts.vouching.admits('known-device', device)) given.push(device)
  const own = given.find((device) => device.userId === userId)
  if (own !== undefined && token !== null) {
    await parts.vouching.change(tx, 'known-device', eq(knownDevices.id, own.id), { usedAt: now, expiresAt })
    return { token, isNew: own.expiresAt <= now }
  }
  const others = await tx.orm
    .select({ id: knownDevices.id })
    .from(knownDevices)
    .where(and(eq(knownDevices.userId, userId), isNull(knownDevices.endedAt)))
    .orderBy(desc(knownDevices.usedAt), desc(knownDevices.id))
  const tooMany = others.slice(MOST - 1).map(({ id }) => id)
  if (tooMany.length > 0) await endDevices(tx, parts, inArray(knownDevices.id, tooMany), 'too-many')
  const [shared] = given
  const kept = token !== null && shared !== undefined ? token : newToken()
  await parts.vouching.insert(tx, 'known-device', [
    {
      id: newId(),
      userId,
      tokenHash: shared?.tokenHash ?? parts.keyring.mac('tokens', textOf(kept)).toString('hex'),
      createdAt: now,
      usedAt: now,
      expiresAt,
      userAgent,
      endedAt: null,
      endReason: null,
    },
  ])
  return { token: kept, isNew: others.length > 0 }
}

/**
 * Forgets devices of a person, all unless some are named, and gives which. An entry of the same transaction
 * has to follow.
 */
export const forgetDevices = async (
  tx: Transaction,
  parts: Pick<Parts, 'vouching' | 'clock'>,
  userId: UserId,
  why: NonNullable<Device['endReason']>,
  only?: readonly string[],
): Promise<Device[]> =>
  endDevices(
    tx,
    parts,
    and(
      eq(knownDevices.userId, userId),
      only === undefined ? undefined : inArray(knownDevices.id, [...only]),
    ),
    why,
  )

const endDevices = (
  tx: Transaction,
  { vouching, clock }: Pick<Parts, 'vouching' | 'clock'>,
  which: SQL | undefined,
  endReason: NonNullable<Device['endReason']>,
): Promise<Device[]> =>
  vouching.end(tx, 'known-device', and(which, isNull(knownDevices.endedAt)), { endedAt: clock(), endReason })

/** A person's devices that are known, the one used last first. */
export const devicesOf = async ({ orm }: Connection, clock: () => Date, userId: UserId): Promise<Device[]> =>
  orm
    .select()
    .from(knownDevices)
    .where(
      and(eq(knownDevices.userId, userId), isNull(knownDevices.endedAt), gt(knownDevices.expiresAt, clock())),
    )
    .orderBy(desc(knownDevices.usedAt), desc(knownDevices.id))
