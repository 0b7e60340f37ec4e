/** Why a file is not imported. */
export type FileProblemCode =
  | 'file-unreadable'
  | 'empty-file'
  | 'not-gzip'
  | 'gzip-damaged'
  | 'missing-file'
  | 'too-large'

/** A file as a whole that is not imported; the message says what to do, and holds nothing of it. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'
  readonly code: FileProblemCode

  constructor(code: FileProblemCode, message: string) {
    super(message)
    this.code = code
  }
}

/** A file that is no FHIR and need not be: it is left out, and nothing is lost by it. */
export class FileSkipped extends Error {
  override readonly name = 'FileSkipped'
  readonly code = 'no-resources'
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** What is wrong with the file, or null where the error is none of a file. */
export const fileProblemOf = (error: unknown): { code: string; message: string } | null => {
  if (error instanceof FileProblem) return error
  const code = codeOf(error)
  if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    const message =
      'The file is cut off or damaged inside its gzip: what came before that went in. Fetch it again and import it again.'
    return { code: 'gzip-damaged', message }
  }
  // The system's own: ENOENT, EACCES, EISDIR, EIO and the like.
  if (/^E[A-Z0-9]+$/.test(code) && error instanceof Error && 'syscall' in error) {
    return {
      code: 'file-unreadable',
      message: `The file can not be read (${code}): check its path and its permissions.`,
    }
  }
  return null
}
