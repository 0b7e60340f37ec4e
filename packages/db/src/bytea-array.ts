import type postgres from 'postgres'

/** The type of bytea in pg_type: without it the driver takes an array of buffers for one buffer. */
const BYTEA = 17

/** A parameter of type bytea[]. */
export const byteaArray = (sql: postgres.ISql, values: readonly (Uint8Array | null)[]) =>
  sql.array([...values], BYTEA)
