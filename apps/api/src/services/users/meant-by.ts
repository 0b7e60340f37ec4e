import { addressKey } from '@chartward/contract'
import { type FoundBy, foldText, foundBy, isFoundIn, readTyped } from '@chartward/crypto'

interface Person {
  readonly displayName: string
  /** Left out where whoever looks is not shown it. */
  readonly email?: string
  readonly employeeNumber?: string | null
}

/** What is read as a name: letters, digits, and marks that stand in names. All else is taken literally. */
const NAME = /^[\p{L}\p{M}\p{N}\s\p{Pd}'.,()·・]*$/u

interface Folded {
  readonly shown: string
  readonly parts: readonly FoundBy[]
  readonly address: string | null
}

/** What people are compared by, taken apart once: the same account is looked at by every search. */
const known = new WeakMap<Person, Folded>()

const foldedOf = (person: Person): Folded => {
  const before = known.get(person)
  if (before !== undefined) return before
  const { displayName, email, employeeNumber } = person
  const folded = {
    shown: foldText([displayName, email, employeeNumber].filter((part) => part != null).join(' ')),
    parts: [foundBy(displayName)],
    address: email === undefined ? null : addressKey(email),
  }
  known.set(person, folded)
  return folded
}

/**
 * Whether somebody is meant by what was typed: by each word of it somewhere in name, address or employee
 * number, or by the parts of a name in any order, by the rules that patients are found by. Compared here and
 * not by the database, whose rules of case and accents are those of the locale that it was made with.
 */
export const meantBy = (typed: string): ((person: Person) => boolean) => {
  const words = foldText(typed).split(/\s+/u)
  const readings = NAME.test(foldText(typed)) ? readTyped(typed) : []
  const address = addressKey(typed)
  return (person) => {
    const folded = foldedOf(person)
    return (
      words.every((word) => folded.shown.includes(word)) ||
      isFoundIn(readings, folded.parts) ||
      folded.address === address
    )
  }
}
