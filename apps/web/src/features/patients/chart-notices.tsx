import { Labels } from '../../components/fhir/meant.tsx'
import { Notice } from '../../components/notice.tsx'
import { typePlural } from '../../lib/fhir/labels.ts'
import { countOf } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './patients.module.css'

type Patient = Outputs['patients']['get']

/** What whoever opens a chart has to know before they read on in it. */
export const ChartNotices = ({ patient }: { patient: Patient }) => {
  const { meaning, restrictingConsents, untrustedTypes } = patient
  return (
    <div className={classes.stack}>
      {meaning.labels.length === 0 ? null : (
        <p>
          <Labels meaning={meaning} />
        </p>
      )}
      {restrictingConsents === 0 ? null : (
        <Notice tone="warn" title="A consent restricts the use of this chart">
          {countOf(restrictingConsents, 'consent')} in force {restrictingConsents === 1 ? 'says' : 'say'} what
          may not be done with it. Chartward shows {restrictingConsents === 1 ? 'it' : 'them'} and does not
          enforce {restrictingConsents === 1 ? 'it' : 'them'}: read before you use or pass on what is here.
        </Notice>
      )}
      {untrustedTypes.length === 0 ? null : (
        <Notice tone="bad" title="The index of this chart does not fit its records">
          Order and counts can’t be relied on: {untrustedTypes.map(typePlural).join(', ')}. The lists hold all
          records, in no order. Tell the privacy officer.
        </Notice>
      )}
    </div>
  )
}
