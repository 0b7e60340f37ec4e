import type { Mutant } from '../mutant.ts'

const BACKUPS = 'apps/api/src/services/backups'
const RESTORE = `${BACKUPS}/restore/restore.test.ts`

export const BACKUP_MUTANTS: readonly Mutant[] = [
  {
    name: 'the login of backups reads wrapped keys',
    sql: 'grant select on patient_keys to chartward_backup',
    test: `${BACKUPS}/tables.test.ts`,
    only: 'is what its login may read',
  },
  {
    name: 'what changed while a backup was made is not copied anew',
    file: `${BACKUPS}/dump.ts`,
    from: 'await this.#forget(patients)\n      for (const ids of inParts(patients, MOST_IN_LAST)) await this.#copyPatients(sql, ids)',
    to: '',
    test: RESTORE,
    only: 'is of one moment',
  },
  {
    name: 'a manifest that anybody has signed is taken',
    file: `${BACKUPS}/container/manifest.ts`,
    from: 'await verifyNote(note, verifierKey).catch(',
    to: "await Promise.resolve(note.slice(0, note.lastIndexOf('\\n\\n') + 1)).catch(",
    test: RESTORE,
    only: 'signed by nobody of ours',
  },
  {
    name: 'a backup that is older than the log is restored without being told why',
    file: `${BACKUPS}/restore/plan.ts`,
    from: "if (left.length > 0 && ahead.kind === 'refuse') throw olderThanLog(log.size, left)",
    to: '',
    test: RESTORE,
    only: 'is refused unless told why',
  },
  {
    name: 'a restore goes into a database that has an installation',
    file: `${BACKUPS}/restore/target.ts`,
    from: 'if (row?.rows !== false)',
    to: 'if (row === undefined)',
    test: RESTORE,
    only: 'has an installation in it',
  },
  {
    name: 'sessions of then go on after a restore',
    file: `${BACKUPS}/restore/restore.ts`,
    from: 'const sessionsEnded = await endSessions(tx, vouching, now)',
    to: 'const sessionsEnded = 2',
    test: RESTORE,
    only: 'gives back every row',
  },
  {
    name: 'a fork is taken up for any checkpoint that was kept',
    file: 'apps/api/src/audit/fork.ts',
    from: 'if (!leaves) return false',
    to: '',
    test: `${BACKUPS}/restore/fork.test.ts`,
  },
  {
    name: 'the entry of a fork does not say what it leaves behind',
    file: `${BACKUPS}/restore/fork-log.ts`,
    from: "left: left.map(textOf).join(', ')",
    to: "left: left.map(textOf).join(', ').slice(0, 0)",
    test: `${BACKUPS}/restore/fork.test.ts`,
    only: 'leaves two halves that are both checked',
  },
  {
    name: 'what may be the last chunk of a file of age is taken for one in its middle',
    file: `${BACKUPS}/container/age.ts`,
    from: 'nonce[11] = isLast ? 1 : 0',
    to: 'nonce[11] = 0',
    test: `${BACKUPS}/container/age.test.ts`,
  },
  {
    name: 'wrapped keys are kept for as long as anybody likes',
    sql: 'alter table backups drop constraint backups_keys_expire',
    test: `${BACKUPS}/make-backup.test.ts`,
    only: 'more than 35 days is refused',
  },
  {
    name: 'when a backup expires can be changed',
    sql: 'drop trigger backups_move_on on backups',
    test: `${BACKUPS}/make-backup.test.ts`,
    only: 'can not be taken out of the count unseen',
  },
  {
    name: 'pgBackRest may keep wrapped keys for ever',
    file: `${BACKUPS}/physical/settings.ts`,
    from: '!Number.isInteger(days) || days < 1 || days >= KEY_DAYS',
    to: 'days < 1',
    test: `${BACKUPS}/physical/settings.test.ts`,
  },
]
