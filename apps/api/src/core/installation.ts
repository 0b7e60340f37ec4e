import { type Connection, schema } from '@chartward/db'

/** What a database says of itself, once and for good. */
export interface Installation {
  readonly mode: 'demo' | 'production'
  readonly logOrigin: string
  /** How many patients name tokens are planned for, and the bits that they have. */
  readonly plannedPatients: number
  readonly nameBits: number
  readonly initialisedAt: Date | null
}

/**
 * What KEKs are bound to: an installation is known for good by the origin of its log. Rejects where there is
 * none.
 */
export const installationName = async (db: Connection): Promise<string> => {
  const installation = await findInstallation(db)
  if (installation === null) throw new Error('This database is not set up: run `chartward init` first.')
  return installation.logOrigin
}

/** The installation that this database is, or null before `chartward init`. */
export const findInstallation = async (db: Connection): Promise<Installation | null> => {
  const [row] = await db.orm.select().from(schema.installation)
  return row === undefined
    ? null
    : {
        mode: row.mode,
        logOrigin: row.logOrigin,
        plannedPatients: row.plannedPatients,
        nameBits: row.nameBits,
        initialisedAt: row.initialisedAt,
      }
}

/** What name tokens are planned for, as the entry of the first key says it. */
export const plannedText = (patients: number, nameBits: number): string =>
  `${patients} patients, ${nameBits} bits`
