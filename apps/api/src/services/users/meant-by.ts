import { addressKey } from '@chartward/contract'
import { foldText, isFoundBy, readTyped } from '@chartward/crypto'

interface Person {
  readonly displayName: string
  /** Left out where whoever looks is not shown it. */
  readonly email?: string
}

/** What is read as a name: letters, digits, and marks that stand in names. All else is taken literally. */
const NAME = /^[\p{L}\p{M}\p{N}\s\p{Pd}'.,()·・]*$/u

/**
 * Whether somebody is meant by what was typed: by each word of it somewhere in name or address, or by the
 * parts of a name in any order, by the rules that patients are found by. Compared here and not by the
 * database, whose rules of case and accents are those of the locale that it was made with.
 */
export const meantBy = (typed: string): ((person: Person) => boolean) => {
  const words = foldText(typed).split(/\s+/u)
  const readings = NAME.test(foldText(typed)) ? readTyped(typed) : []
  const address = addressKey(typed)
  return ({ displayName, email }) => {
    const shown = foldText(email === undefined ? displayName : `${displayName} ${email}`)
    return (
      words.every((word) => shown.includes(word)) ||
      isFoundBy(readings, [displayName]) ||
      (email !== undefined && addressKey(email) === address)
    )
  }
}
