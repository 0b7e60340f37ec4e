import { createHash } from 'node:crypto'
import { type Detector, findIdentifiers, type ReleasedFile } from '@chartward/deid/records'
import { BuildRefused } from './failure.ts'
import { MANIFEST_FILE, RELEASE_FORMATS, type ReleaseFormat } from './formats.ts'
import { readPieces } from './pieces.ts'
import type { BuildContext } from './read-records.ts'
import { type UnzippedEntry, unzip } from './unzip.ts'
import type { WrittenRelease } from './write-release.ts'

const refuse = (): never => {
  throw new BuildRefused('not-verified')
}

/** Hands the bytes on as text, and knows in the end what they were. */
class Measured {
  readonly #hash = createHash('sha256')
  bytes = 0

  async *texts(chunks: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    for await (const chunk of chunks) {
      signal.throwIfAborted()
      this.#hash.update(chunk)
      this.bytes += chunk.length
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder.decode()
  }

  sha256(): string {
    return this.#hash.digest('hex')
  }
}

const checkManifest = async (entry: UnzippedEntry, expected: string, signal: AbortSignal): Promise<void> => {
  let text = ''
  for await (const part of new Measured().texts(entry.bytes, signal)) text += part
  if (text !== expected) refuse()
}

const checkFile = async (
  entry: UnzippedEntry,
  file: ReleasedFile,
  format: ReleaseFormat,
  detector: Detector,
  signal: AbortSignal,
): Promise<void> => {
  const measured = new Measured()
  const { findings, total, examined } = await findIdentifiers(measured.texts(entry.bytes, signal), detector, {
    format,
  })
  if (total > 0) {
    const byKind = Object.entries(Object.groupBy(findings, ({ kind }) => kind))
    throw new BuildRefused(
      'identifier-found',
      Object.fromEntries(byKind.map(([kind, found]) => [kind, found.length])),
    )
  }
  // A file of no records is empty (NDJSON); in any other there is something to look at.
  if (examined === 0 && file.bytes > 0) refuse()
  if (measured.bytes !== file.bytes || measured.sha256() !== file.sha256) refuse()
}

/**
 * Reads the stored release as its recipient will (decrypted, unpacked) and refuses it where it is not, byte
 * for byte, what its manifest says, or where one of the source's identifiers stands in it.
 */
export const verifyRelease = async (
  { app, tx, signal, progress }: BuildContext,
  exportId: string,
  { manifest, manifestText }: WrittenRelease,
  detector: Detector,
): Promise<void> => {
  progress.phase('verifying', manifest.files.length)
  for (const format of RELEASE_FORMATS) {
    const missing = new Map(
      manifest.files.filter(({ name }) => name.endsWith(`.${format}`)).map((file) => [file.name, file]),
    )
    let hasManifest = false
    for await (const entry of unzip(readPieces(tx, app.keyring, exportId, format))) {
      const file = missing.get(entry.name)
      if (entry.name === MANIFEST_FILE && !hasManifest) {
        await checkManifest(entry, manifestText, signal)
        hasManifest = true
      } else if (file !== undefined) {
        await checkFile(entry, file, format, detector, signal)
        missing.delete(entry.name)
        progress.advance(1)
      } else refuse()
    }
    if (!hasManifest || missing.size > 0) refuse()
  }
}
