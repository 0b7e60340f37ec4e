import { type Connection, schema } from '@chartward/db'

/** What a database says of itself, once and for good. */
export interface Installation {
  readonly mode: 'demo' | 'production'
  readonly logOrigin: string
  readonly initialisedAt: Date | null
}

/** The installation that this database is, or null before `chartward init`. */
export const findInstallation = async (db: Connection): Promise<Installation | null> => {
  const [row] = await db.orm.select().from(schema.installation)
  return row === undefined
    ? null
    : { mode: row.mode, logOrigin: row.logOrigin, initialisedAt: row.initialisedAt }
}
