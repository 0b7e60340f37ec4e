import { countOf } from '../../../lib/format.ts'
import type { Outputs } from '../../../lib/trpc.ts'

type OwnAccess = Outputs['audit']['ownAccesses']['items'][number]

const ACTIONS: Readonly<Record<OwnAccess['action'], string>> = {
  'patient.searched': 'Found you in a search',
  'patient.listed': 'Saw you in a list of patients',
  'patient.emergency-searched': 'Looked for you in an emergency',
  'patient.viewed': 'Opened your record',
  'claim.searched': 'Found your bills',
  'record.listed': 'Looked at your records',
  'record.viewed': 'Opened one of your records',
  'record.taken-away': 'Took part of your record away',
  'care.relationship.listed': 'Saw who takes part in your care',
  'export.patients-read': 'Read for data in which nobody is named',
}

/** What was seen, for the person whom it is about. */
export const ownActionText = ({ action, records }: Pick<OwnAccess, 'action' | 'records'>): string =>
  action.startsWith('record.') && records !== null && records > 0
    ? `${ACTIONS[action]}: ${countOf(records, 'record')}`
    : ACTIONS[action]

const CARE: Readonly<Record<NonNullable<OwnAccess['care']>, string>> = {
  encounter: 'because of a visit of yours',
  appointment: 'because of an appointment of yours',
  referral: 'because of a referral of yours',
  'care-team': 'as one of your care team',
  cover: 'in the place of somebody who gives you care',
}

const GROUNDS: Readonly<Record<OwnAccess['ground'], string>> = {
  care: 'They take part in your care',
  'break-glass': 'By breaking the glass, as is done in an emergency: the privacy officer was told at once',
  'all-patients': 'Their work is about all patients',
  self: 'It is your own record',
  none: 'The log does not say',
  program: 'A program of the installation',
  unknown: 'The log does not say',
}

/** Why it could be seen. */
export const ownGroundText = ({ ground, care }: Pick<OwnAccess, 'ground' | 'care'>): string =>
  ground === 'care' && care !== null ? `They take part in your care, ${CARE[care]}` : GROUNDS[ground]

/** Who it was: by role, and by name where the installation tells it. */
export const ownWhoText = ({ kind, roles, name }: OwnAccess['who']): string => {
  if (kind === 'you') return 'You'
  if (kind === 'program') return 'A program'
  const role = roles.length === 0 ? 'Somebody who works here' : roles.join(', ')
  return name === null ? role : `${name}, ${role}`
}
