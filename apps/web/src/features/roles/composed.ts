import type { Outputs } from '../../lib/trpc.ts'

export type Composition = Outputs['roles']['get']['composition']
export const LISTS = ['clear', 'partly', 'masked', 'hidden'] as const
export type List = (typeof LISTS)[number]

/** A composition as a form holds it: lists of words, a permission with its patients as `permission|rows`. */
export interface Composed {
  readonly permissions: readonly string[]
  readonly clear: readonly string[]
  readonly partly: readonly string[]
  readonly masked: readonly string[]
  readonly hidden: readonly string[]
  readonly labels: readonly string[]
  readonly breakGlass: boolean
}

export type Rows = Composition['permissions'][number]['rows']

const isRows = (text: string | undefined): text is NonNullable<Rows> =>
  text === 'care' || text === 'self' || text === 'all'

export const NOTHING: Composed = {
  permissions: [],
  clear: [],
  partly: [],
  masked: [],
  hidden: [],
  labels: [],
  breakGlass: false,
}

export const composedOf = ({ permissions, ...rest }: Composition): Composed => ({
  ...rest,
  permissions: permissions.map(({ permission, rows }) =>
    rows === null ? permission : `${permission}|${rows}`,
  ),
})

export const compositionFrom = ({
  permissions,
  clear,
  partly,
  masked,
  hidden,
  labels,
  breakGlass,
}: Composed): Composition => ({
  permissions: permissions.map((text) => {
    const [permission = '', rows] = text.split('|')
    return { permission, rows: isRows(rows) ? rows : null }
  }),
  clear: [...clear],
  partly: [...partly],
  masked: [...masked],
  hidden: [...hidden],
  labels: [...labels],
  breakGlass,
})

/** How a permission is given: not at all, for those patients, or at all where it is about none. */
export type Given = 'no' | 'yes' | NonNullable<Rows>

export const givenOf = ({ permissions }: Pick<Composed, 'permissions'>, permission: string): Given => {
  const found = permissions.find((text) => text === permission || text.startsWith(`${permission}|`))
  if (found === undefined) return 'no'
  const [, rows] = found.split('|')
  return isRows(rows) ? rows : 'yes'
}

export const withGiven = (
  permissions: readonly string[],
  permission: string,
  given: Given,
): readonly string[] => {
  const rest = permissions.filter((text) => text !== permission && !text.startsWith(`${permission}|`))
  if (given === 'no') return rest
  return [...rest, given === 'yes' ? permission : `${permission}|${given}`].toSorted()
}

/** How a selector is shown: as said by itself, or by what it is part of. */
export const levelOf = (composed: Composed, selector: string): List | null =>
  LISTS.find((list) => composed[list].includes(selector)) ?? null

/** What the four lists become where a selector is shown otherwise. */
export const withLevel = (
  composed: Composed,
  selector: string,
  level: List | null,
): Readonly<Record<List, readonly string[]>> => {
  const listOf = (list: List): readonly string[] => {
    const rest = composed[list].filter((one) => one !== selector)
    return list === level ? [...rest, selector].toSorted() : rest
  }
  return {
    clear: listOf('clear'),
    partly: listOf('partly'),
    masked: listOf('masked'),
    hidden: listOf('hidden'),
  }
}
