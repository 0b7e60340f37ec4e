/** How a password is judged, beside the lists of what is guessed first. */
export interface PasswordRules {
  readonly profile: PasswordProfile
  /** In characters of its NFC form. */
  readonly shortest: number
  readonly longest: number
  /** How many of small letters, capital letters, digits and others it has; 0 where that is not asked. */
  readonly kinds: number
}

export const PASSWORD_PROFILES = ['default', 'nist-800-63b-4'] as const
export type PasswordProfile = (typeof PASSWORD_PROFILES)[number]

/** Longer ones are taken from nobody: it is as much as a person types, and more than anybody guesses. */
export const LONGEST_PASSWORD = 128
/** The most that an operator may ask for at least: beyond it people write them down. */
export const MOST_SHORTEST = 64

/**
 * The floors of each profile. `nist-800-63b-4`: NIST SP 800-63B-4 section 3.1.1.2 asks for 15 characters
 * where a password may be all that is given, and for no kinds.
 */
const FLOORS = {
  default: { shortest: 12, kinds: 3 },
  'nist-800-63b-4': { shortest: 15, kinds: 0 },
} as const satisfies Readonly<Record<PasswordProfile, Pick<PasswordRules, 'shortest' | 'kinds'>>>

/** The rules of a profile, with more characters than it asks for where `shortest` says so; never fewer. */
export const passwordRules = (profile: PasswordProfile, shortest = 0): PasswordRules => ({
  profile,
  shortest: Math.max(FLOORS[profile].shortest, Math.min(shortest, MOST_SHORTEST)),
  longest: LONGEST_PASSWORD,
  kinds: FLOORS[profile].kinds,
})
