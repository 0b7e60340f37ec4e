import { permissionOf, SECURITY_LABELS, type SecurityLabel } from '@chartward/policy'
import type { Outputs } from '../../lib/trpc.ts'

export type Difference = Outputs['roles']['compare']['difference']
export type Change = Difference['change']
type Cell = Change['fields'][number]['cells'][number]
type Answer = Change['permissions'][number]['before']
type Grant = Change['fields'][number]['from']

export const permissionLabel = (permission: string): string =>
  permissionOf(permission)?.description ?? permission

/** A security label in words; one that nobody knows as it is written. */
export const labelWords = (label: string): string =>
  Object.hasOwn(SECURITY_LABELS, label) ? SECURITY_LABELS[label as SecurityLabel].toLowerCase() : label

const REACHES: Readonly<Record<Cell['reach'], string>> = {
  none: '',
  'any-patient': 'any patient',
  'in-care': 'patients in their care',
  'broken-glass': 'a patient for whom they have broken the glass',
  self: 'themselves',
  'self-in-care': 'themselves, in their own care',
  'self-broken-glass': 'themselves, by a broken glass',
  list: 'lists',
  'list-of-patient': 'lists of their own',
}

export const reachLabel = (reach: Cell['reach']): string => REACHES[reach]

const ANSWERS: Readonly<Record<Answer, string>> = {
  no: 'refused',
  'break-glass': 'by break-glass',
  yes: 'allowed',
  self: 'themselves alone',
  care: 'patients in their care',
  all: 'every patient',
}

export const answerLabel = (answer: Answer): string => ANSWERS[answer]

export const GRANTS: Readonly<Record<Grant, string>> = {
  none: 'not at all',
  masked: 'masked',
  partly: 'in part',
  clear: 'clear',
}

/** Where fields are shown otherwise: by which permissions, of whom, of which records. */
export const placesOf = (cells: readonly Cell[]): string => {
  const permissions = [...new Set(cells.map(({ permission }) => permissionLabel(permission)))]
  const reaches = [...new Set(cells.map(({ reach }) => reachLabel(reach)))]
  const labels = cells.flatMap((cell) =>
    cell.labels.length === 0 ? [] : [cell.labels.map(labelWords).join(' and ')],
  )
  const plain = cells.some((cell) => cell.labels.length === 0)
  const restricted =
    labels.length === 0
      ? ''
      : `; ${plain ? 'also of' : 'of'} records labelled ${[...new Set(labels)].join(', ')}`
  return `${permissions.join(', ')}: ${reaches.join(', ')}${restricted}`
}
