/**
 * What the person can see while typing. The server decides, and also knows common passwords and the person's
 * own name.
 */

export interface PasswordRule {
  readonly label: string
  readonly met: boolean
}

const KINDS: readonly RegExp[] = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u]

export const MIN_LENGTH = 12
const MIN_KINDS = 3

/** Length in characters as a person counts them, after NFC, which is how the server takes it. */
export const passwordRules = (password: string): readonly PasswordRule[] => {
  const text = password.normalize('NFC')
  const kinds = KINDS.filter((kind) => kind.test(text)).length
  return [
    { label: `At least ${MIN_LENGTH} characters`, met: [...text].length >= MIN_LENGTH },
    { label: 'Three of: lower case, upper case, digit, other sign', met: kinds >= MIN_KINDS },
  ]
}
