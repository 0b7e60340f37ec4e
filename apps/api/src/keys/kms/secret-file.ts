import { CryptoError, readPrivateFile } from '@chartward/crypto'
import { KmsError } from './kms-error.ts'

/**
 * What a secret's file holds, without the line feed at its end. Read anew for each call, so that whoever
 * renews a token or a credential has only to write the file (a new one, moved into its place). Throws
 * KmsError `credentials` for a file that is missing, empty, or that others could read.
 */
export const readSecret = (file: string): string => {
  let bytes: Buffer | undefined
  try {
    bytes = readPrivateFile(file)
    const text = bytes.toString('utf8').replace(/\r?\n$/, '')
    if (text === '') throw new KmsError('credentials')
    return text
  } catch (error) {
    if (error instanceof CryptoError) throw new KmsError('credentials', { cause: error })
    throw error
  } finally {
    bytes?.fill(0)
  }
}
