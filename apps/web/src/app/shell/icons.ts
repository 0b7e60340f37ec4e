import {
  IconChecklist,
  IconDevices,
  IconFileExport,
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
  '/sessions': IconDevices,
  '/approvals': IconChecklist,
  '/audit': IconShieldSearch,
  '/account': IconUserCircle,
}
