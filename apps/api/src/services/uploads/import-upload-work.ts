import { type ImportUploadReport, importUploadReport } from '@chartward/contract'
import { importFiles } from '../import/import-files.ts'
import type { ImportProblem } from '../import/problem.ts'
import { unzipped } from '../import/unzipped.ts'
import { defineJobWork } from '../works/kind.ts'
import { patientsByRequest } from './patients-written.ts'
import { deletePieces, readPieces } from './pieces.ts'
import { findUpload } from './upload-row.ts'

/** What may come of an upload unzipped, in bytes: eight times as much as one may send. */
const MOST_UNZIPPED_BYTES = 4 * 1024 * 1024 * 1024
/** The first problems are told one by one; all of them are counted. */
const MOST_TOLD = 200
/** People wait for answers of the same process. */
const PATIENTS_AT_ONCE = 2

/**
 * Imports an upload, as untrusted. Taken up again after a kill it begins anew, and finds what it had stored.
 * The bytes are deleted at its end, however that comes: what was stored of them stays.
 */
export const importUploadWork = defineJobWork({
  kind: 'import-upload',
  sees: { all: 'import:upload:list', own: null },
  cancel: 'leaves-whole-parts',
  oneOf: 'subject',
  result: importUploadReport,
  show: ({ problems: _first, ...figures }) => figures,

  run: async ({ app, work, progress, signal }) => {
    const upload = await findUpload(app.db, app, work.subjectId ?? '')
    const told = new Told()
    progress.phase('reading', upload.bytes)
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of readPieces(app.db, app.keyring, upload.id)) {
        signal.throwIfAborted()
        yield piece
        progress.advance(piece.length)
      }
    }
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield* unzipped(bytes(), { isCalledGzip: false, mostBytes: MOST_UNZIPPED_BYTES })
      progress.phase('waiting', null)
    }
    const done = await importFiles(app, [{ name: 'upload', open }], {
      source: upload.source,
      trusted: false,
      author: 'service:import',
      requestId: upload.requestId,
      patientsAtOnce: PATIENTS_AT_ONCE,
      onProblem: (problem) => told.add(problem),
      signal,
    })
    await deletePieces(app, upload.id)
    const { created, updated, unchanged, rejected } = done
    // Also those of an attempt that was cut off.
    const patients = (await patientsByRequest(app, [upload.requestId])).get(upload.requestId) ?? 0
    return { patients, created, updated, unchanged, rejected, ...told.all }
  },

  settle: async ({ app, work }) => {
    await deletePieces(app, work.subjectId ?? '')
    return null
  },
})

/** What is told of problems: never an id, by which a source may know a person. */
class Told {
  readonly #reasons = new Map<string, number>()
  readonly #first: ImportUploadReport['problems'] = []
  #skipped = 0

  add({ kind, line, entry, type, code, message }: ImportProblem): void {
    if (kind === 'skipped') this.#skipped += 1
    this.#reasons.set(code, (this.#reasons.get(code) ?? 0) + 1)
    if (kind === 'rejected' && this.#first.length < MOST_TOLD)
      this.#first.push({ line, entry, type, code, message })
  }

  get all(): Pick<ImportUploadReport, 'skipped' | 'reasons' | 'problems'> {
    const reasons = [...this.#reasons]
      .map(([code, count]) => ({ code, count }))
      .toSorted((a, b) => b.count - a.count)
    return { skipped: this.#skipped, reasons, problems: this.#first }
  }
}
