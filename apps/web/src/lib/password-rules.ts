/**
 * What the person can see while typing. The server decides, and also knows common passwords and the person's
 * own name.
 */

export interface PasswordRule {
  readonly label: string
  readonly met: boolean
}

const KINDS: readonly RegExp[] = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u]

/** As the server says them: they are the installation's. */
export interface Asked {
  readonly shortest: number
  /** How many of the four kinds of characters; 0 where that is not asked. */
  readonly kinds: number
}

const WORDS_OF = ['', 'One', 'Two', 'Three', 'Four']

/** Length in characters as a person counts them, after NFC, which is how the server takes it. */
export const passwordRules = (password: string, asked: Asked): readonly PasswordRule[] => {
  const text = password.normalize('NFC')
  const kinds = KINDS.filter((kind) => kind.test(text)).length
  const length = { label: `At least ${asked.shortest} characters`, met: [...text].length >= asked.shortest }
  if (asked.kinds === 0) return [length]
  const label = `${WORDS_OF[asked.kinds] ?? asked.kinds} of: lower case, upper case, digit, other sign`
  return [length, { label, met: kinds >= asked.kinds }]
}
