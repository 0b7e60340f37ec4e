import { ACTIONS } from '@chartward/audit'

const ACTION_WORDS: readonly string[] = [
  ...new Set(Object.keys(ACTIONS).flatMap((action) => action.split(/[^a-z]+/))),
].filter((word) => word !== '')

/**
 * Whether a text is made of beginnings of words that actions have. Nothing else is asked for, and nothing
 * else comes into the address: whatever a person types there by mistake stays in the field.
 */
export const isActionText = (text: string): boolean => {
  const words = text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
  return words.length > 0 && words.every((part) => ACTION_WORDS.some((word) => word.startsWith(part)))
}
