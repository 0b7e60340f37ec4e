import {
  IconChecklist,
  IconFileExport,
  IconFileImport,
  IconLayoutDashboard,
  IconShieldSearch,
  IconStethoscope,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react'
import type { Place } from '../nav.ts'

export const ICONS: Readonly<Record<Place['to'], typeof IconUsers>> = {
  '/': IconLayoutDashboard,
  '/patients': IconStethoscope,
  '/exports': IconFileExport,
  '/users': IconUsers,
  '/approvals': IconChecklist,
  '/imports': IconFileImport,
  '/audit': IconShieldSearch,
  '/account': IconUserCircle,
}
