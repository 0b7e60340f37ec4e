import type { Manifest } from './container/manifest.ts'

/** What the row of a backup says of what its manifest says. */
export const madeOf = ({ file, log, tables }: Manifest) =>
  ({
    state: 'made',
    bytes: file.bytes,
    rows: Object.values(tables).reduce((sum, rows) => sum + rows, 0),
    sha256: Buffer.from(file.sha256, 'hex'),
    logSize: log.size,
    logRoot: Buffer.from(log.root, 'hex'),
  }) as const
