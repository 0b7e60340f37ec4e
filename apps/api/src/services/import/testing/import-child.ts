import { openDatabase } from '@chartward/db'
import { openApp } from '../../../composition/open-app.ts'
import { createLogger } from '../../../core/log.ts'
import { keyFiles } from '../../../keys/key-files.ts'
import { importFile } from '../import-files.ts'

/**
 * Imports what comes on standard input and says each time that patients have been stored: for a test
 * that kills it.
 */
const { IMPORT_URL: url = '', IMPORT_KEYS: keys = '', IMPORT_SPOOL: spoolFolder } = process.env

const app = await openApp({
  db: openDatabase({ url, connections: 4, name: 'import-child' }),
  files: keyFiles(keys),
  log: createLogger('error'),
  publicUrl: 'http://localhost',
  careRelationshipDays: 3650,
  logVerifierKey: '',
})
await importFile(app, 'child', process.stdin, {
  trusted: true,
  author: 'service:import',
  ...(spoolFolder === undefined ? {} : { spoolFolder }),
  onProgress: ({ patients }) => process.stdout.write(`${patients}\n`),
})
await app.close()
