import type { AuditEntryBase } from './entry.ts'

/**
 * The patients whom an entry names beside its own: those that a list or a search has shown, in its `patients`
 * fact. Both the writer of the searchable copy and its check take them from here.
 */
export const shownPatients = ({ facts }: Pick<AuditEntryBase, 'facts'>): string[] => {
  const { patients } = facts
  return Array.isArray(patients) ? patients.filter((id) => typeof id === 'string') : []
}
