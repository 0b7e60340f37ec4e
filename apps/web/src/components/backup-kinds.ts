import type { BackupView } from '@chartward/contract'

/** What a backup holds, in the words of whoever is responsible for it. */
export const BACKUP_KINDS: Readonly<Record<BackupView['kind'], string>> = {
  logical: 'Records and log, no keys',
  keyring: 'Wrapped keys',
  physical: 'Whole server (pgBackRest)',
}
