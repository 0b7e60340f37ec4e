import { randomBytes } from 'node:crypto'
import { createKeyFile, readKeyFile } from './key-file.ts'
import { RootKms } from './root.ts'
import { KEY_BYTES } from './secret-key.ts'

/**
 * A root key in a file outside the database, for installations without a KMS. Whoever can read the file and
 * the database can read everything; the file is refused unless its owner alone can read it.
 */
export class LocalKms extends RootKms {
  /** Opens an existing root key file. Errors as for `readKeyFile`. */
  constructor(file: string) {
    super('local', readKeyFile(file, KEY_BYTES))
  }

  /** Makes a new root key file (mode 0600) and opens it. Never overwrites: `key-file-exists`. */
  static create(file: string): LocalKms {
    const root = randomBytes(KEY_BYTES)
    createKeyFile(file, root)
    root.fill(0)
    return LocalKms.open(file)
  }

  /** The same as the constructor, in a word that says what it does. */
  static open(file: string): LocalKms {
    return new LocalKms(file)
  }
}
