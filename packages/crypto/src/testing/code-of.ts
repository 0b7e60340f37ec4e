import { CryptoError, type CryptoErrorCode } from '../errors.ts'

/** The code of the CryptoError that `run` throws, or 'none'; anything else that is thrown goes on. */
export const codeOf = (run: () => unknown): CryptoErrorCode | 'none' => {
  try {
    run()
  } catch (error) {
    if (error instanceof CryptoError) return error.code
    throw error
  }
  return 'none'
}
