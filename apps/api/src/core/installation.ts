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
