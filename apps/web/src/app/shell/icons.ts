import {
  IconChecklist,
  IconDatabaseExport,
  IconDevices,
  IconFileExport,
  IconFileImport,
  IconLayoutDashboard,
  IconNotes,
  IconProgress,
  IconReceiptDollar,
  IconShieldSearch,
  IconStethoscope,
  IconUrgent,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react'
import type { Place } from '../nav.ts'

export const ICONS: Readonly<Record<Place['to'], typeof IconUsers>> = {
  '/': IconLayoutDashboard,
  '/patients': IconStethoscope,
  '/my-record': IconNotes,
  '/claims': IconReceiptDollar,
  '/exports': IconFileExport,
  '/users': IconUsers,
  '/sessions': IconDevices,
  '/approvals': IconChecklist,
  '/imports': IconFileImport,
  '/break-glass': IconUrgent,
  '/audit': IconShieldSearch,
  '/work': IconProgress,
  '/backups': IconDatabaseExport,
  '/account': IconUserCircle,
}
