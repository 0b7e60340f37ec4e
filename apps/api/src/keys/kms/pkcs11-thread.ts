import { randomBytes } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { KmsProblem } from '@chartward/contract'
import type { Handle, PKCS11 } from 'pkcs11js'

/** What the thread is asked: one call, and everything that it takes. */
export interface Pkcs11Call {
  readonly module: string
  readonly token: string
  readonly key: string
  readonly pin: string
  readonly verb: 'wrap' | 'unwrap'
  readonly bytes: Uint8Array
  readonly bound: Uint8Array
}

/** What it answers. `pin-refused` is not asked again with the same PIN: a token locks after a few. */
export type Pkcs11Answer = { readonly bytes: Uint8Array } | { readonly problem: KmsProblem | 'pin-refused' }

const NONCE_BYTES = 12
const TAG_BITS = 128
const TAG_BYTES = TAG_BITS / 8

class Refused extends Error {
  readonly problem: KmsProblem | 'pin-refused'

  constructor(problem: KmsProblem | 'pin-refused') {
    super(problem)
    this.problem = problem
  }
}

type Library = typeof import('pkcs11js')

/**
 * The return values of PKCS #11 2.40, section 5.1, as far as an operator can do different things about them.
 */
const refusalBy = (error: unknown, verb: Pkcs11Call['verb']): KmsProblem | 'pin-refused' => {
  if (error instanceof Refused) return error.problem
  const name = error instanceof Error ? error.message : ''
  if (/CKR_PIN_/.test(name)) return 'pin-refused'
  if (/CKR_(KEY_FUNCTION_NOT_PERMITTED|KEY_HANDLE_INVALID|OBJECT_HANDLE_INVALID)/.test(name))
    return 'disabled'
  if (/CKR_(TOKEN_|DEVICE_REMOVED|SLOT_)/.test(name)) return 'unreachable'
  const isOfData = /CKR_(ENCRYPTED_DATA|AEAD_DECRYPT|SIGNATURE_INVALID|ARGUMENTS_BAD|GENERAL_ERROR)/.test(
    name,
  )
  return verb === 'unwrap' && isOfData ? 'unwrap-failed' : 'failing'
}

const slotOf = (pkcs11: PKCS11, label: string): Handle => {
  const slot = pkcs11.C_GetSlotList(true).find((one) => pkcs11.C_GetTokenInfo(one).label.trim() === label)
  if (slot === undefined) throw new Refused('unreachable')
  return slot
}

const keyOf = (
  pkcs11: PKCS11,
  session: Handle,
  { CKA_CLASS, CKA_LABEL, CKO_SECRET_KEY }: Library,
  label: string,
): Handle => {
  pkcs11.C_FindObjectsInit(session, [
    { type: CKA_CLASS, value: CKO_SECRET_KEY },
    { type: CKA_LABEL, value: label },
  ])
  const found = pkcs11.C_FindObjects(session, 2)
  pkcs11.C_FindObjectsFinal(session)
  const [key] = found
  // Of two keys with one label nobody could tell which has wrapped.
  if (key === undefined || found.length !== 1) throw new Refused('disabled')
  return key
}

/** AES-256-GCM in the token: `nonce(12) | ciphertext | tag(16)`, what is bound as associated data. */
const called = (pkcs11: PKCS11, library: Library, call: Pkcs11Call): Buffer => {
  const session = pkcs11.C_OpenSession(slotOf(pkcs11, call.token), library.CKF_SERIAL_SESSION)
  pkcs11.C_Login(session, library.CKU_USER, call.pin)
  const key = keyOf(pkcs11, session, library, call.key)
  const bytes = Buffer.from(call.bytes)
  if (call.verb === 'unwrap' && bytes.length <= NONCE_BYTES + TAG_BYTES) throw new Refused('unwrap-failed')
  const nonce = call.verb === 'wrap' ? randomBytes(NONCE_BYTES) : bytes.subarray(0, NONCE_BYTES)
  const mechanism = {
    mechanism: library.CKM_AES_GCM,
    parameter: {
      type: library.CK_PARAMS_AES_GCM,
      iv: nonce,
      ivBits: NONCE_BYTES * 8,
      aad: Buffer.from(call.bound),
      tagBits: TAG_BITS,
    },
  }
  const room = Buffer.alloc(bytes.length + TAG_BYTES)
  if (call.verb === 'wrap') {
    pkcs11.C_EncryptInit(session, mechanism, key)
    return Buffer.concat([nonce, pkcs11.C_Encrypt(session, bytes, room)])
  }
  pkcs11.C_DecryptInit(session, mechanism, key)
  return pkcs11.C_Decrypt(session, bytes.subarray(NONCE_BYTES), room)
}

const load = async (module: string): Promise<{ library: Library; pkcs11: PKCS11 }> => {
  try {
    const { default: library } = await import('pkcs11js')
    const pkcs11 = new library.PKCS11()
    pkcs11.load(module)
    return { library, pkcs11 }
  } catch {
    throw new Refused('not-built')
  }
}

/*
 * One call to a token, in a thread of its own: a module is native code that blocks, and one that hangs is to
 * hang nothing else.
 */
const answer = async (call: Pkcs11Call): Promise<Pkcs11Answer> => {
  try {
    const { library, pkcs11 } = await load(call.module)
    pkcs11.C_Initialize()
    try {
      return { bytes: called(pkcs11, library, call) }
    } finally {
      // Ends its sessions, and with them the login.
      pkcs11.C_Finalize()
      pkcs11.close()
    }
  } catch (error) {
    return { problem: refusalBy(error, call.verb) }
  }
}

parentPort?.postMessage(await answer(workerData))
