import { CryptoError, type CryptoErrorCode } from '../src/errors.ts'

/** The code of the CryptoError that `run` throws, or 'none'; anything else that is thrown goes on. */
export function codeOf(run: () => unknown): CryptoErrorCode | 'none' {
  try {
    run()
  } catch (error) {
    if (error instanceof CryptoError) return error.code
    throw error
  }
  return 'none'
}
