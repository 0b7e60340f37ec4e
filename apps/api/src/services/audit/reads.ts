import { ACTIONS, type Action, type Category, isAction } from '@chartward/audit'
import { plainAction } from './plain/plain-action.ts'

const all: readonly Action[] = Object.keys(ACTIONS).filter(isAction)

/** Actions that only look at something: what changes something, or takes it away as a file, is none. */
export const READS: readonly Action[] = all.filter(
  (action) => plainAction({ action, outcome: 'success', change: null }) === 'VIEW',
)

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

/** The actions in whose names each word of the text stands, from a beginning of a word on. */
export const actionsNamed = (text: string): Action[] => {
  const wanted = wordsOf(text)
  return all.filter((action) => {
    const words = wordsOf(action)
    return wanted.length > 0 && wanted.every((part) => words.some((word) => word.startsWith(part)))
  })
}

/** The actions of a category. */
export const actionsOf = (category: Category): Action[] =>
  all.filter((action) => ACTIONS[action].category === category)
