import type { Connection } from '@chartward/db'
import { checkListedPatients } from './check-patients.ts'
import { checkCommittedRecords } from './check-records.ts'
import { checkCommittedRows } from './check-rows.ts'
import { DirectoryWitness } from './directory-rows.ts'
import { ExportWitness } from './export-rows.ts'
import type { Findings } from './findings.ts'
import { InstallationWitness } from './installation-row.ts'
import { KeyWitness } from './key-rows.ts'
import type { LoggedEntry } from './logged-entry.ts'
import { checkNotes } from './note-rows.ts'
import { PatientKeyWitness } from './patient-key-rows.ts'
import { checkNewPatients } from './patient-rows.ts'

/** Compares rows with what the log says of them, as the log is read from its first entry to its last. */
export interface Witness {
  see(entries: readonly LoggedEntry[]): Promise<void>
  /** What only the whole log can tell. */
  end(): Promise<void>
}

const each = (see: Witness['see']): Witness => ({ see, end: async () => undefined })

/** All of them, for one reading of the log. */
export const witnesses = (
  sql: Connection['sql'],
  verifierKey: string,
  findings: Findings,
): readonly Witness[] => [
  each((entries) => checkCommittedRecords(sql, entries, findings)),
  each((entries) => checkListedPatients(sql, entries, findings)),
  each((entries) => checkNotes(sql, entries, findings)),
  each((entries) => checkNewPatients(sql, entries, findings)),
  each((entries) => checkCommittedRows(sql, entries, findings)),
  new InstallationWitness(sql, verifierKey, findings),
  new KeyWitness(sql, findings),
  new PatientKeyWitness(sql, findings),
  new DirectoryWitness(sql, findings),
  new ExportWitness(sql, findings),
]
