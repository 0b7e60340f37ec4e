import { normaliseName } from '@chartward/crypto'
import { dictionary } from '@zxcvbn-ts/language-common'
import type { PasswordRules } from '../../core/password-rules.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'

/** Common words may occur, but this much of the password has to be something else. */
const OWN_CHARACTERS = 8
/** The same beside one password of the long list, which holds many a word of every day. */
const OWN_BESIDE_LISTED = 6
/** A listed password that is shorter than this occurs in too many words to be held against anyone. */
const SHORTEST_LISTED = 5
/** Fewer different characters than this are a pattern, not a password. */
const FEWEST_DISTINCT = 6
/** A shorter part of a name occurs in too many words to be held against anyone. */
const SHORTEST_NAME_PART = 4

const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u]
/** What somebody thinks of who is asked for a password here. */
const CONTEXT_WORDS = ['chartward']

/** Whose password it is: it must not hold their own name. */
export interface PasswordOwner {
  readonly email: string
  readonly displayName: string
}

/**
 * What is wrong with a password, in sentences for whoever chose it, none of which repeats any of it. Empty
 * where nothing is. Length is counted in characters of its NFC form, not in bytes.
 */
export const passwordProblems = (
  password: string,
  owner: PasswordOwner,
  { shortest, longest, kinds }: PasswordRules,
): string[] => {
  const nfc = password.normalize('NFC')
  const length = [...nfc].length
  const problems: string[] = []
  if (length < shortest) problems.push(`Use ${shortest} characters or more.`)
  // Nobody is asked about more than may be: what follows takes the longer the longer it is.
  if (length > longest) return [`Use at most ${longest} characters.`]
  if (KINDS.filter((kind) => kind.test(nfc)).length < kinds) {
    problems.push('Use three of these: small letters, capital letters, digits, other characters.')
  }
  const plain = undisguised(nfc)
  if (forbiddenWords(owner).some((word) => plain.includes(word))) {
    problems.push("Don't use your name, your address or the name of this product.")
  }
  if (isCommon(plain) || isNearListed(plain))
    problems.push('This is close to one of the passwords that are guessed first.')
  return problems
}

const DISGUISES: ReadonlyMap<string, string> = new Map([
  ['@', 'a'],
  ['4', 'a'],
  ['3', 'e'],
  ['!', 'i'],
  ['1', 'i'],
  ['0', 'o'],
  ['$', 's'],
  ['5', 's'],
  ['7', 't'],
])

/** Lower case, with the usual disguises of letters taken off. */
const undisguised = (text: string): string =>
  [...text.toLowerCase()].map((character) => DISGUISES.get(character) ?? character).join('')

const forbiddenWords = ({ email, displayName }: PasswordOwner): string[] => {
  const parts = [
    ...displayName.split(/[^\p{L}\p{N}]+/u),
    ...(email.split('@')[0] ?? '').split(/[^\p{L}\p{N}]+/u),
  ]
  const names = parts.flatMap((part) => [part, normaliseName(part)])
  return [...CONTEXT_WORDS, ...names.filter((name) => [...name].length >= SHORTEST_NAME_PART)].map(
    undisguised,
  )
}

/** Longest first, so that `password` is taken out before `pass`. */
const COMMON = COMMON_PASSWORDS.map(undisguised).sort((a, b) => b.length - a.length)

const isCommon = (plain: string): boolean => {
  const rest = COMMON.reduce((left, word) => left.replaceAll(word, ''), plain)
  return new Set(plain).size < FEWEST_DISTINCT || (rest.length < plain.length && rest.length < OWN_CHARACTERS)
}

/**
 * Some 49,000 passwords that leaked most often (the list of zxcvbn, MIT), undisguised as what is compared
 * with them; made when the first password is chosen.
 */
let listed: ReadonlySet<string> | null = null
const listedPasswords = (): ReadonlySet<string> => {
  listed ??= new Set(
    dictionary['passwords-common'].map(undisguised).filter((word) => word.length >= SHORTEST_LISTED),
  )
  return listed
}

/** Whether one of the listed is in it, with too little beside. */
const isNearListed = (plain: string): boolean => {
  const list = listedPasswords()
  const least = Math.max(SHORTEST_LISTED, plain.length - OWN_BESIDE_LISTED + 1)
  for (let length = plain.length; length >= least; length -= 1)
    for (let at = 0; at + length <= plain.length; at += 1)
      if (list.has(plain.slice(at, at + length))) return true
  return false
}
