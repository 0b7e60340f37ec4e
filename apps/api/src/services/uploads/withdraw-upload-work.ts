import { withdrawUploadFigures } from '@chartward/contract'
import { chunksOf } from '../import/chunks.ts'
import { Practitioners } from '../import/practitioners.ts'
import { defineJobWork } from '../works/kind.ts'
import { livingPatientsOf } from './patients-written.ts'
import { findUpload } from './upload-row.ts'
import { withdrawDirectory } from './withdraw-directory.ts'
import { withdrawPatient } from './withdraw-patient.ts'

/** So many patients side by side: people wait for answers of the same process. */
const PATIENTS_AT_ONCE = 2

/**
 * Takes back what an upload has brought, patient by patient. Killed anywhere it goes on where it was: what a
 * patient's withdrawal has come to stands in its entry.
 */
export const withdrawUploadWork = defineJobWork({
  kind: 'withdraw-upload',
  sees: { all: 'import:upload:list', own: null },
  // Half of it would leave a chart that nobody has said.
  cancel: 'never',
  oneOf: 'subject',
  result: withdrawUploadFigures,
  show: (stored) => stored,

  run: async ({ app, work, progress, signal }) => {
    const upload = await findUpload(app.db, app, work.subjectId ?? '')
    const withdrawing = { upload, by: work.askedBy, practitioners: new Practitioners(app) }
    const patients = await livingPatientsOf(app, upload.requestId)
    progress.phase('patients', patients.length)
    const sum = { patients: patients.length, withdrawn: 0, restored: 0, kept: 0, careEnded: 0, entries: 0 }
    for (const some of chunksOf(patients, PATIENTS_AT_ONCE)) {
      signal.throwIfAborted()
      for (const counts of await Promise.all(some.map((id) => withdrawPatient(app, id, withdrawing)))) {
        sum.withdrawn += counts.withdrawn
        sum.restored += counts.restored
        sum.kept += counts.kept
        sum.careEnded += counts.careEnded
        progress.advance(1)
      }
    }
    const entries = await withdrawDirectory(app, withdrawing)
    return { ...sum, entries }
  },
})
