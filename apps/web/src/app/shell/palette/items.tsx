import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import {
  IconArrowRight,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconStethoscope,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { Failure } from '../../../lib/errors.ts'
import { identifierText } from '../../../lib/fhir/text.ts'
import { useSingleKeys } from '../../../lib/keyboard/use-single-keys.ts'
import { leaveBySigningOut } from '../../../lib/session/leave.ts'
import { useSession } from '../../../lib/session/session.ts'
import { client } from '../../../lib/trpc.ts'
import { actionsFor, placesFor } from '../../nav.ts'
import { ICONS } from '../icons.ts'
import { matches } from './match.ts'
import { patientLine, useFoundPatients } from './use-found-patients.ts'
import { useFoundUsers } from './use-found-users.ts'

export const GROUPS = ['Go to', 'Do', 'Patients', 'Users'] as const

export interface PaletteItem {
  readonly key: string
  readonly group: (typeof GROUPS)[number]
  readonly label: string
  readonly description?: string
  /** The keys that do the same. */
  readonly hint?: string
  readonly icon: typeof IconUser
  readonly run: () => void
  /** The palette stays open, since it shows what comes of it. */
  readonly stays?: boolean
}

const quietly = () => undefined

/** What the palette offers for what is typed, in the order of the groups. */
export const usePaletteItems = (typed: string, onShortcuts: () => void) => {
  const { permissions } = useSession()
  const navigate = useNavigate()
  const [singleKeys] = useSingleKeys()
  const patients = usePatientItems(typed)
  const { users, failure } = useFoundUsers(typed)
  const own = useOwnItems(onShortcuts)
  const places = placesFor(permissions).map(
    ({ to, label, letter }): PaletteItem => ({
      key: to,
      group: 'Go to',
      label,
      ...(singleKeys ? { hint: `g ${letter}` } : {}),
      icon: ICONS[to],
      run: () => void navigate({ to }),
    }),
  )
  const actions = actionsFor(permissions).map(
    ({ label, href }): PaletteItem => ({
      key: href,
      group: 'Do',
      label,
      icon: IconArrowRight,
      run: () => void navigate({ href }),
    }),
  )
  const people = users.map(
    ({ id, displayName, email }): PaletteItem => ({
      key: id,
      group: 'Users',
      label: displayName,
      description: email,
      icon: IconUser,
      run: () => void navigate({ to: '/users/$id', params: { id } }),
    }),
  )
  return {
    items: [
      ...[...places, ...actions, ...own].filter(({ label }) => matches(typed, label)),
      ...patients.items,
      ...people,
    ],
    pending: patients.pending,
    failure: patients.failure ?? failure,
  }
}

/** What is done to the console itself. */
const useOwnItems = (onShortcuts: () => void): readonly PaletteItem[] => {
  const { setColorScheme } = useMantineColorScheme()
  const other = useComputedColorScheme('light') === 'dark' ? 'light' : 'dark'
  return [
    {
      key: 'shortcuts',
      group: 'Do',
      label: 'Keyboard shortcuts',
      hint: '?',
      icon: IconKeyboard,
      run: onShortcuts,
    },
    {
      key: 'scheme',
      group: 'Do',
      label: `Use the ${other} colours`,
      icon: other === 'dark' ? IconMoon : IconSun,
      run: () => setColorScheme(other),
    },
    {
      key: 'sign-out',
      group: 'Do',
      label: 'Sign out',
      icon: IconLogout,
      run: () => void leaveBySigningOut(() => client.auth.signOut.mutate()).catch(quietly),
    },
  ]
}

/** The search that can be made of what is typed, or what it has found. */
const usePatientItems = (
  typed: string,
): { items: readonly PaletteItem[]; pending: boolean; failure: Failure | null } => {
  const navigate = useNavigate()
  const { by, search, pending, answer, failure } = useFoundPatients(typed)
  if (by === null) return { items: [], pending: false, failure: null }
  const offer: PaletteItem = {
    key: 'search-patients',
    group: 'Patients',
    label: `Search patients for “${typed}”`,
    description:
      by === 'mrn' ? 'By medical record number, as a whole. It is logged.' : 'By name. It is logged.',
    icon: IconStethoscope,
    run: search,
    stays: true,
  }
  if (answer === null) return { items: pending ? [] : [offer], pending, failure }
  const hits = answer.items.map((row): PaletteItem => {
    const mrn = identifierText(row.values.mrn)
    return {
      key: row.id,
      group: 'Patients',
      label: patientLine(row),
      ...(mrn === null ? {} : { description: `MRN ${mrn}` }),
      icon: IconStethoscope,
      run: () => void navigate({ to: '/patients/$id', params: { id: row.id } }),
    }
  })
  const none: PaletteItem = { ...offer, label: 'No patient found', description: 'Search again', run: search }
  return { items: hits.length === 0 ? [none] : hits, pending: false, failure: null }
}
