import { PATIENT_DOOR } from '../lib/session/door.ts'

/** There are two: one address may be that of somebody who works here and of a patient. */
export type Door = 'workforce' | 'patient'

/** The pages that a link leads to, by their paths. */
const LINKED = {
  '/invitation': 'invitation',
  '/reset': 'reset',
  '/address': 'address',
  '/lost-factor': 'lost-factor',
} as const

type Linked = (typeof LINKED)[keyof typeof LINKED]

/** What a link of mail to a patient is for: a letter before its token, for the address must not say it. */
const MAILED: Readonly<Record<string, Linked>> = { i: 'invitation', r: 'reset', a: 'address' }

const TOKEN = /^[A-Za-z0-9_-]{16,256}$/
const MAILED_TOKEN = /^#([a-z])\.(.*)$/

const tokenOf = (text: string): string | null => (TOKEN.test(text) ? text : null)

/** Where somebody has come in. */
export interface Landing {
  readonly door: Door
  /** The step of the link that they have followed; null for whoever signs in. */
  readonly linked: Linked | null
  /** Null where there is none, or where it is none. */
  readonly token: string | null
}

const isLinked = (path: string): path is keyof typeof LINKED => Object.hasOwn(LINKED, path)

/**
 * Reads where somebody has come in. A token stands in the fragment, which browsers send to no server; it is
 * read once and taken out of the address bar and this history entry.
 */
export const takeLanding = (
  { hash, pathname }: Pick<Location, 'hash' | 'pathname'>,
  history: Pick<History, 'replaceState'>,
): Landing => {
  const [, letter = '', mailed = ''] = MAILED_TOKEN.exec(hash) ?? []
  const stage = Object.hasOwn(MAILED, letter) ? MAILED[letter] : undefined
  if (pathname === '/sign-in' && stage !== undefined) {
    history.replaceState(null, '', pathname + PATIENT_DOOR)
    return { door: 'patient', linked: stage, token: tokenOf(mailed) }
  }
  if (!isLinked(pathname))
    return { door: hash === PATIENT_DOOR ? 'patient' : 'workforce', linked: null, token: null }
  history.replaceState(null, '', pathname)
  return { door: 'workforce', linked: LINKED[pathname], token: tokenOf(hash.slice(1)) }
}

/** Loads the page of a door anew: what was typed at another step is gone. */
export const goToSignIn = (door: Door): void => {
  window.history.replaceState(null, '', `/sign-in${door === 'patient' ? PATIENT_DOOR : ''}`)
  window.location.reload()
}
